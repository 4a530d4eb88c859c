import { allKernels, kernelNames, kernelOf, type SyncBackend } from '@wtilde/core-types';
import { derivativeMutants } from './derivatives.js';
import { lostColumnsMutants } from './lostColumns.js';
import { mannersMutants } from './manners.js';
import { mappingMutants } from './mapping.js';
import type { Mutant } from './mutant.js';
import { positiveMutants } from './positive.js';
import { shortcutMutants } from './shortcuts.js';
import { visibilityMutants } from './visibilities.js';

/** Every mistake that a suite is expected to find, besides `sizeMutants`. */
export const mutants: readonly Mutant[] = [
  ...visibilityMutants,
  ...mappingMutants,
  ...derivativeMutants,
  ...lostColumnsMutants,
  ...mannersMutants,
  ...positiveMutants,
  ...shortcutMutants,
];

/** The kernels in which the mistake can be made. */
export function affectedBy({ affects }: Mutant): readonly string[] {
  return allKernels()
    .filter(affects)
    .map(({ name }) => name);
}

/** A backend like the given one with the mistake in every kernel in which it can be made. */
export function mutate(backend: SyncBackend, mutant: Mutant): SyncBackend;
export function mutate(backend: SyncBackend, { affects, spoil }: Mutant): object {
  const kernels = kernelNames().flatMap((name) => {
    const kernel = kernelOf(backend, name);
    if (kernel === undefined) return [];
    return [[name, affects(kernel.descriptor) ? spoil(kernel) : kernel]];
  });
  return { ...backend, kernels: Object.fromEntries(kernels) };
}
