import type { NdArray } from '@wtilde/core-types';

/** Where entry (i, j) of W is in a table. */
export type Lookup = (i: number, j: number) => number;

/** In wCompact (N, 2N-1): p = native_i - native_j, at [abs(p0), (p0 >= 0 ? p1 : -p1) + N - 1]. */
export function inCompact({ shape: [N] }: NdArray<'real'>, { data: native }: NdArray<'index'>): Lookup {
  return (i, j) => {
    const down = native[2 * i] - native[2 * j];
    const right = native[2 * i + 1] - native[2 * j + 1];
    return down >= 0 ? down * (2 * N - 1) + right + N - 1 : -down * (2 * N - 1) - right + N - 1;
  };
}

/** In a preload table (2Ny, 2Nx), at [(row_j - row_i) mod 2Ny, (column_j - column_i) mod 2Nx]. */
export function inPreload({ shape: [height, width] }: NdArray<'real'>, { data: native }: NdArray<'index'>): Lookup {
  return (i, j) => {
    const down = native[2 * j] - native[2 * i];
    const right = native[2 * j + 1] - native[2 * i + 1];
    return (down < 0 ? down + height : down) * width + (right < 0 ? right + width : right);
  };
}
