import type { KernelRunArgs } from '@wtilde/core-types';

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
export type MappingArgs = Omit<KernelRunArgs<'sparseMappingMatrixTransposeMatmul'>, 'matrix'>;

export function sparseMappingOf(args: MappingArgs): SparseMapping {
  return {
    pixIndexes: args.pixIndexesForSubSlimIndex.data,
    pixWeights: args.pixWeightsForSubSlimIndex.data,
    pixels: args.pixels,
  };
}
