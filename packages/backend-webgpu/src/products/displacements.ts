import type { Sizes } from '@wtilde/core-types';
import type { Argument } from '../device/hostArray.js';
import type { OperatorSource } from './operatorMethod.js';

/** A table of W by displacement, as kernels receive it. */
export interface Displacements {
  /** How programs look things up in it. */
  readonly lookup: 'half' | 'wrapped';
  /** Rows and columns of the image. */
  extent(sizes: Sizes): readonly [rows: number, columns: number];
  /** Of the table. */
  shape(sizes: Sizes): readonly [rows: number, columns: number];
}

/** wCompact (N, 2 N - 1). */
export const compact: Displacements = {
  lookup: 'half',
  extent: ({ N }) => [N, N],
  shape: ({ N }) => [N, 2 * N - 1],
};

/** The preload (2 Ny, 2 Nx). */
export const preload: Displacements = {
  lookup: 'wrapped',
  extent: ({ Ny, Nx }) => [Ny, Nx],
  shape: ({ Ny, Nx }) => [2 * Ny, 2 * Nx],
};

interface Positions {
  readonly nativeIndexForSlimIndex: Argument<'index'>;
}

/** The table and the pixel positions. */
export function tableSource<const T extends string>(
  table: T,
): OperatorSource<Positions & { readonly [name in T]: Argument<'real'> }> {
  return {
    from: [table, 'nativeIndexForSlimIndex'],
    arrays: (args) => ({ table: args[table], native: args.nativeIndexForSlimIndex }),
  };
}
