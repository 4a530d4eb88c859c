import { index, type NdArray, real } from '@wtilde/core-types';

/** A sparse mapping (M, S) times a matrix (S, Q), as a sparse mapping again: every image pixel maps to all Q columns. */
export function compressMapping(
  indexes: NdArray<'index'>,
  weights: NdArray<'real'>,
  columns: NdArray<'real'>,
): {
  readonly pixIndexesForSubSlimIndex: NdArray<'index'>;
  readonly pixWeightsForSubSlimIndex: NdArray<'real'>;
  readonly pixels: number;
} {
  const [rows, width] = indexes.shape;
  const [, count] = columns.shape;
  const to = new Int32Array(rows * count);
  const products = new Float64Array(rows * count);
  for (let row = 0; row < rows; row++) {
    for (let q = 0; q < count; q++) to[row * count + q] = q;
    for (let at = row * width; at < (row + 1) * width && indexes.data[at] >= 0; at++) {
      const from = indexes.data[at] * count;
      for (let q = 0; q < count; q++) products[row * count + q] += weights.data[at] * columns.data[from + q];
    }
  }
  return {
    pixIndexesForSubSlimIndex: index(to, [rows, count]),
    pixWeightsForSubSlimIndex: real(products, [rows, count]),
    pixels: count,
  };
}
