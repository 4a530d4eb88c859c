import { sparseMapping } from './fragments/sparseMapping.js';
import type { LooseArgs } from './loose.js';
import type { LooseKernel, LooseOptions } from './looseKernel.js';

/** The arguments of a sparse mapping: what changes from one lens model to the next on a mesh that stays. */
export const mappingNames: readonly string[] = Object.keys(sparseMapping);

/** The same call again and again. */
export interface DatasetCall<R> {
  (options?: LooseOptions): R;
  dispose(): void;
}

/**
 * The same call again and again, as a fit makes it: all is bound but what a lens model changes.
 *
 * @param changing the names of that; the mapping where left out
 */
export function bindDataset<R>(
  kernel: LooseKernel<R>,
  args: LooseArgs,
  changing: readonly string[] = mappingNames,
): DatasetCall<R> {
  const part = (changes: boolean) =>
    Object.fromEntries(Object.entries(args).filter(([name]) => changing.includes(name) === changes));
  const bound = kernel.bind(part(false));
  const rest = part(true);
  return Object.assign((options?: LooseOptions) => bound(rest, options), { dispose: () => bound.dispose() });
}
