/** W by displacement from the arguments of the kernels that take it as a table. */
import type { NdArray, Sizes } from '@wtilde/core-types';
import {
  type DisplacementTable,
  displacementTableFromCompact,
  displacementTableFromPreload,
} from './displacementTable.js';

/** Where the image pixels are: what every kernel with a table takes besides it. */
export interface ImagePositions {
  readonly nativeIndexForSlimIndex: NdArray<'index'>;
}

/** How a kernel's arguments give W by displacement, for image pixels at their positions. */
export interface TableSource<A> {
  /** The arguments that the table and the positions are made of. */
  readonly from: readonly string[];
  tableOf(args: A, sizes: Sizes): DisplacementTable;
  rowsOf(sizes: Sizes): number;
  columnsOf(sizes: Sizes): number;
  /** W without displacement. */
  sumOfWeights(args: A, sizes: Sizes): number;
  bytes(sizes: Sizes): number;
}

export type TableArgs<A> = A & ImagePositions;

export const compactSource: TableSource<{ readonly wCompact: NdArray<'real'> }> = {
  from: ['wCompact', 'nativeIndexForSlimIndex'],
  tableOf: ({ wCompact }, { N }) => displacementTableFromCompact(wCompact.data, N),
  rowsOf: ({ N }) => N,
  columnsOf: ({ N }) => N,
  sumOfWeights: ({ wCompact }, { N }) => wCompact.data[N - 1],
  bytes: ({ N, M }) => 16 * N * N + 8 * M,
};

/** @param argument the name of the argument that holds the table */
export function preloadSource<const T extends string>(
  argument: T,
): TableSource<{ readonly [name in T]: NdArray<'real'> }> {
  return {
    from: [argument, 'nativeIndexForSlimIndex'],
    tableOf: (args, { Ny, Nx }) => displacementTableFromPreload(args[argument].data, Ny, Nx),
    rowsOf: ({ Ny }) => Ny,
    columnsOf: ({ Nx }) => Nx,
    sumOfWeights: (args) => args[argument].data[0],
    bytes: ({ Ny, Nx, M }) => 32 * Ny * Nx + 8 * M,
  };
}
