import type { NdArray } from '@wtilde/core-types';

/** W_ij from wCompact (N, 2N-1): only displacements with a non-negative row are stored, W(-d) = W(d). */
export function lookUpCompact(wCompact: NdArray<'real'>, native: NdArray<'index'>): (i: number, j: number) => number {
  const [N, width] = wCompact.shape;
  return (i, j) => {
    const rows = native.data[2 * i] - native.data[2 * j];
    const columns = native.data[2 * i + 1] - native.data[2 * j + 1];
    return wCompact.data[Math.abs(rows) * width + (rows >= 0 ? columns : -columns) + N - 1];
  };
}

/** (W - U U^t)_ij, U (M, Q). */
export function lessColumns(
  wTilde: (i: number, j: number) => number,
  { data: U, shape: [, Q] }: NdArray<'real'>,
): (i: number, j: number) => number {
  return (i, j) => {
    let element = wTilde(i, j);
    for (let q = 0; q < Q; q++) element -= U[i * Q + q] * U[j * Q + q];
    return element;
  };
}

/** W_ij from the preload table (2Ny, 2Nx): displacements wrap around. */
export function lookUpPreload(table: NdArray<'real'>, native: NdArray<'index'>): (i: number, j: number) => number {
  const [height, width] = table.shape;
  return (i, j) => {
    const rows = native.data[2 * j] - native.data[2 * i];
    const columns = native.data[2 * j + 1] - native.data[2 * i + 1];
    return table.data[((rows + height) % height) * width + ((columns + width) % width)];
  };
}
