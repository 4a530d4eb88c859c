import type { LooseArgs, LooseSyncKernel, Options } from '@wtilde/core-types';
import { isWtildeError, type KernelDescriptor, pick } from '@wtilde/core-types';
import type { Resolver } from '@wtilde/data';
import { median } from './timing.ts';

/** What a lens model changes. */
export const mapping = ['pixIndexesForSubSlimIndex', 'pixWeightsForSubSlimIndex', 'pixels'];

/** What a source mesh that follows the lens model changes besides. */
export const mesh = ['neighbors', 'neighborsSizes'];

/**
 * Median milliseconds of a kernel whose arguments are bound, all but those that `changing` names, with
 * `check: 'shapes'`.
 */
export function boundMedian(
  kernel: LooseSyncKernel,
  args: LooseArgs,
  { changing = mapping, rounds = 9, budget = 400, ...options }: Options & Timing = {},
): number {
  const entries = Object.entries(args);
  const bound = kernel.bind(Object.fromEntries(entries.filter(([name]) => !changing.includes(name))));
  const rest = Object.fromEntries(entries.filter(([name]) => changing.includes(name)));
  const time = median(() => bound(rest, { check: 'shapes', ...options }), { rounds, budget });
  bound.dispose();
  return time;
}

interface Timing {
  readonly changing?: readonly string[];
  readonly rounds?: number;
  readonly budget?: number;
}

/** The method that a kernel chooses by itself. */
export function methodOf(kernel: LooseSyncKernel, args: LooseArgs, options: Options = {}): string {
  return pick(kernel, kernel.sizesOf(args), options).method;
}

/** The arguments of a kernel, or undefined where the fields of a problem do not give them. */
export function argumentsFor(resolver: Resolver, kernel: KernelDescriptor): LooseArgs | undefined {
  try {
    return resolver.argumentsOf(kernel);
  } catch (error) {
    if (isWtildeError(error, 'MissingArgument')) return undefined;
    throw error;
  }
}
