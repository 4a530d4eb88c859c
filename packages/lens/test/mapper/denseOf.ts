import { createReferenceBackend } from '@wtilde/backend-reference';
import type { Mapper } from '../../src/index.js';

const { mappingMatrixFrom } = createReferenceBackend().kernels;

/** The mapping matrix (M, S), which also says that the kernels take the mapper's arrays. */
export function denseOf({
  pixels,
  pixIndexesForSubSlimIndex,
  pixWeightsForSubSlimIndex,
}: Pick<Mapper, 'pixels' | 'pixIndexesForSubSlimIndex' | 'pixWeightsForSubSlimIndex'>): Float64Array {
  return mappingMatrixFrom({ pixels, pixIndexesForSubSlimIndex, pixWeightsForSubSlimIndex }).data;
}

export function furthest(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Array.from(a).reduce((most, value, at) => Math.max(most, Math.abs(value - b[at])), 0);
}
