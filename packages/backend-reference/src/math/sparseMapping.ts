import type { NdArray } from '@wtilde/core-types';

/** One entry of the mapping matrix: T[row, column] += weight. */
export interface Entry {
  readonly row: number;
  readonly column: number;
  readonly weight: number;
}

/** The entries of a sparse mapping in the order in which they are listed; a -1 ends a row. */
export function entriesOf(pixIndexes: NdArray<'index'>, pixWeights: NdArray<'real'>): Entry[] {
  const [rows, width] = pixIndexes.shape;
  const entries: Entry[] = [];
  for (let row = 0; row < rows; row++) {
    for (let b = 0; b < width && pixIndexes.data[row * width + b] >= 0; b++) {
      const at = row * width + b;
      entries.push({ row, column: pixIndexes.data[at], weight: pixWeights.data[at] });
    }
  }
  return entries;
}

/** F = T^t W T: F[s,t] = sum over entries (i,s) and (j,t) of T_is W_ij T_jt. */
export function curvatureMatrix(
  entries: readonly Entry[],
  wTilde: (i: number, j: number) => number,
  pixels: number,
): Float64Array {
  const f = new Float64Array(pixels * pixels);
  for (const { row: i, column: s, weight: left } of entries) {
    for (const { row: j, column: t, weight: right } of entries) {
      f[s * pixels + t] += left * wTilde(i, j) * right;
    }
  }
  return f;
}
