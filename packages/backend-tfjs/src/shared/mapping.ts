import type { MappingArgs } from '@wtilde/numerics';

type MappingRows = Omit<MappingArgs, 'pixels'>;

/** Calls back for every non-zero (image pixel, source pixel, weight) of a sparse mapping. */
function eachNonZero(
  { pixIndexesForSubSlimIndex: indexes, pixWeightsForSubSlimIndex: weights }: MappingRows,
  put: (row: number, column: number, weight: number) => void,
): void {
  const [rows, width] = indexes.shape;
  for (let row = 0; row < rows; row++) {
    for (let at = row * width; at < (row + 1) * width && indexes.data[at] >= 0; at++) {
      put(row, indexes.data[at], weights.data[at]);
    }
  }
}

/** T (M, S). */
export function denseMapping(mapping: MappingRows, pixels: number): Float64Array {
  const dense = new Float64Array(mapping.pixIndexesForSubSlimIndex.shape[0] * pixels);
  eachNonZero(mapping, (row, column, weight) => {
    dense[row * pixels + column] += weight;
  });
  return dense;
}

/** Rows of a matrix as columns: (to - from, width) to (width, to - from). */
export function transposed(matrix: ArrayLike<number>, width: number, from: number, to: number): Float32Array {
  const height = to - from;
  const result = new Float32Array(width * height);
  for (let row = 0; row < height; row++) {
    const start = (from + row) * width;
    for (let column = 0; column < width; column++) result[column * height + row] = matrix[start + column];
  }
  return result;
}
