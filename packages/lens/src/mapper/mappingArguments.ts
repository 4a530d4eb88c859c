import type { Mapper } from './mapper.js';

/** A mapping under the names of the kernels' arguments. */
export type MappingArgs = Pick<Mapper, 'pixels' | 'pixIndexesForSubSlimIndex' | 'pixWeightsForSubSlimIndex'>;

/** What a mapper, or arguments with more among them, has of a mapping. */
export function mappingOf({ pixels, pixIndexesForSubSlimIndex, pixWeightsForSubSlimIndex }: MappingArgs): MappingArgs {
  return { pixels, pixIndexesForSubSlimIndex, pixWeightsForSubSlimIndex };
}
