/** W by displacement from the arguments of the kernels that take it as a table. */

import type { NdArray, Sizes } from '@wtilde/core-types';
import { displacementTableFromCompact, displacementTableFromPreload } from '@wtilde/numerics';
import type { Arena } from '../engine/arena.js';
import { type CurvatureOperator, curvatureOperator } from '../fourier/curvatureOperator.js';

/** How a kernel's arguments give W by displacement: a table and the pixel positions, worth making once. */
export interface OperatorSource<A> {
  /** The arguments that the operator is made of. */
  readonly from: readonly string[];
  operatorOf(arena: Arena, args: A, sizes: Sizes): CurvatureOperator;
  /** W without displacement. */
  sumOfWeights(args: A, sizes: Sizes): number;
  tableBytes(sizes: Sizes): number;
}

interface Positions {
  readonly nativeIndexForSlimIndex: NdArray<'index'>;
}

export const compactSource: OperatorSource<Positions & { readonly wCompact: NdArray<'real'> }> = {
  from: ['wCompact', 'nativeIndexForSlimIndex'],
  operatorOf: (arena, { wCompact, nativeIndexForSlimIndex }, { N }) =>
    curvatureOperator(arena, displacementTableFromCompact(wCompact.data, N), nativeIndexForSlimIndex.data),
  sumOfWeights: ({ wCompact }, { N }) => wCompact.data[N - 1],
  tableBytes: ({ N, M }) => 16 * N * N + 8 * M,
};

/** @param argument the name of the argument that holds the table */
export function preloadSource<const T extends string>(
  argument: T,
): OperatorSource<Positions & { readonly [name in T]: NdArray<'real'> }> {
  return {
    from: [argument, 'nativeIndexForSlimIndex'],
    operatorOf(arena, args, { Ny, Nx }) {
      const table = displacementTableFromPreload(args[argument].data, Ny, Nx);
      return curvatureOperator(arena, table, args.nativeIndexForSlimIndex.data);
    },
    sumOfWeights: (args) => args[argument].data[0],
    tableBytes: ({ Ny, Nx, M }) => 32 * Ny * Nx + 8 * M,
  };
}
