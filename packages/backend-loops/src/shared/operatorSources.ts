/** W by displacement from the arguments of the kernels that take it as a table. */

import type { NdArray } from '@wtilde/core-types';
import { displacementTableFromCompact, displacementTableFromPreload } from '@wtilde/numerics';
import { curvatureOperator } from '../fourier/curvatureOperator.js';
import type { OperatorSource } from './curvatureMethods.js';

interface Positions {
  readonly nativeIndexForSlimIndex: NdArray<'index'>;
}

export const compactSource: OperatorSource<Positions & { readonly wCompact: NdArray<'real'> }> = {
  from: ['wCompact', 'nativeIndexForSlimIndex'],
  operatorOf: ({ wCompact, nativeIndexForSlimIndex }, { N }) =>
    curvatureOperator(displacementTableFromCompact(wCompact.data, N), nativeIndexForSlimIndex.data),
  rowsOf: ({ N }) => N,
  columnsOf: ({ N }) => N,
  sumOfWeights: ({ wCompact }, { N }) => wCompact.data[N - 1],
  tableBytes: ({ N, M }) => 16 * N * N + 8 * M,
};

/** @param argument the name of the argument that holds the table */
export function preloadSource<const T extends string>(
  argument: T,
): OperatorSource<Positions & { readonly [name in T]: NdArray<'real'> }> {
  return {
    from: [argument, 'nativeIndexForSlimIndex'],
    operatorOf: (args, { Ny, Nx }) =>
      curvatureOperator(displacementTableFromPreload(args[argument].data, Ny, Nx), args.nativeIndexForSlimIndex.data),
    rowsOf: ({ Ny }) => Ny,
    columnsOf: ({ Nx }) => Nx,
    sumOfWeights: (args) => args[argument].data[0],
    tableBytes: ({ Ny, Nx, M }) => 32 * Ny * Nx + 8 * M,
  };
}
