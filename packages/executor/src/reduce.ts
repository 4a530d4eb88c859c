import { createPairwiseSum, WtildeError } from '@wtilde/core-types';
import type { Crew, HowToRun, Outcome } from './executor.js';

/**
 * Adds the results of all jobs in the fixed binary tree over their indexes: the same bits for any number of workers and
 * any order of arrival. Results that come early wait for those before them.
 *
 * Undefined where this process does only a part of the jobs.
 *
 * @param read makes a value of a result; `add` must not change its arguments.
 * @throws the failure of the first job that failed, which ends the others; what `map` throws; InvalidValue for no jobs.
 */
export async function mapReduce<T>(
  crew: Crew,
  jobs: readonly Uint8Array[],
  read: (result: Uint8Array) => T,
  add: (a: T, b: T) => T,
  how: Omit<HowToRun, 'onOutcome'> = {},
): Promise<T | undefined> {
  const sum = createPairwiseSum(add);
  const early = new Map<number, T>();
  let next = 0;
  const onOutcome = (outcome: Outcome, index: number) => {
    if (outcome.failure !== undefined) throw outcome.failure;
    early.set(index, read(outcome.result));
    for (let value = early.get(next); value !== undefined; value = early.get(next)) {
      early.delete(next);
      sum.add(value);
      next += 1;
    }
  };
  const outcomes = await crew.map(jobs, { ...how, onOutcome });
  if (outcomes === undefined) return undefined;
  const total = sum.total();
  if (total !== undefined && next === jobs.length) return total;
  throw new WtildeError('InvalidValue', {
    what: 'there is nothing to add',
    where: 'mapReduce',
    expected: 'at least one job',
    actual: `${jobs.length} jobs, ${next} results`,
    remedy: 'pass jobs',
  });
}
