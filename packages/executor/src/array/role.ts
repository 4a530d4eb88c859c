import { WtildeError } from '@wtilde/core-types';

/** What this process is in an array: the part of this index, or the last step. */
export type ArrayRole =
  | { readonly kind: 'part'; readonly index: number; readonly count: number }
  | { readonly kind: 'last' };

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The role that the environment gives: index and count of a SLURM array (`SLURM_ARRAY_TASK_ID`, `_MIN`, `_COUNT`; an array
 * of step 1), of an indexed job of Kubernetes (`JOB_COMPLETION_INDEX`, with the count in `WTILDE_ARRAY_COUNT`), or
 * `WTILDE_ARRAY_INDEX` and `WTILDE_ARRAY_COUNT`. Without an index it is the last step.
 *
 * `WTILDE_ARRAY_COUNT` wins over SLURM's: an array of which some indexes run again must count as before.
 *
 * @throws InvalidOption where index and count make no sense.
 */
export function arrayRole(env: Environment): ArrayRole {
  const { WTILDE_ARRAY_INDEX, SLURM_ARRAY_TASK_ID, JOB_COMPLETION_INDEX } = env;
  const index = WTILDE_ARRAY_INDEX ?? SLURM_ARRAY_TASK_ID ?? JOB_COMPLETION_INDEX;
  if (index === undefined) return { kind: 'last' };
  const own = env.WTILDE_ARRAY_COUNT;
  const count = own ?? (SLURM_ARRAY_TASK_ID === undefined ? undefined : env.SLURM_ARRAY_TASK_COUNT);
  const least = own === undefined && WTILDE_ARRAY_INDEX === undefined ? Number(env.SLURM_ARRAY_TASK_MIN ?? 0) : 0;
  const role = { kind: 'part', index: Number(index) - least, count: Number(count) } as const;
  const whole = [role.index, role.count].every(Number.isSafeInteger);
  if (whole && role.index >= 0 && role.index < role.count) return role;
  throw new WtildeError('InvalidOption', {
    what: 'index and count of the array make no sense',
    where: 'executor array',
    expected: 'an index from 0 below the count',
    actual: `index ${index}, count ${count ?? 'nowhere'}`,
    remedy: 'set WTILDE_ARRAY_COUNT to the number of parts, and number them from 0',
  });
}
