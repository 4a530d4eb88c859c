import type { LooseArgs, LooseKernel, Options } from '@wtilde/core-types';

/** What changes from one lens model to the next; everything else stays as it is for a dataset and a mesh. */
const changing: ReadonlySet<string> = new Set(['pixIndexesForSubSlimIndex', 'pixWeightsForSubSlimIndex', 'pixels']);

/** The same call again and again, as a fit makes it: with all but the mapping bound. */
export function bindDataset<R>(kernel: LooseKernel<R>, args: LooseArgs): (options: Options) => R {
  const entries = Object.entries(args);
  const bound = kernel.bind(Object.fromEntries(entries.filter(([name]) => !changing.has(name))));
  const mapping = Object.fromEntries(entries.filter(([name]) => changing.has(name)));
  return (options) => bound(mapping, options);
}
