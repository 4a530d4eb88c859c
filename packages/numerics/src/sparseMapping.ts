import type { NdArray } from '@wtilde/core-types';

/** A sparse mapping T (M, S): -1 ends a row, duplicates add up. */
export interface SparseMapping {
  /** (M, B) source pixels. */
  readonly pixIndexes: Int32Array;
  /** (M, B). */
  readonly pixWeights: Float64Array;
  /** S. */
  readonly pixels: number;
}

/** The mapping as kernels take it. */
export interface MappingArgs {
  readonly pixIndexesForSubSlimIndex: NdArray<'index'>;
  readonly pixWeightsForSubSlimIndex: NdArray<'real'>;
  readonly pixels: number;
}

export function sparseMappingOf(args: MappingArgs): SparseMapping {
  return {
    pixIndexes: args.pixIndexesForSubSlimIndex.data,
    pixWeights: args.pixWeightsForSubSlimIndex.data,
    pixels: args.pixels,
  };
}
