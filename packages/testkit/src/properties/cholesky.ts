import type { NdArray } from '@wtilde/core-types';

/** The pivots of the Cholesky factorization of A + shift I, or undefined where one is not positive. */
export function choleskyPivots({ data, shape }: NdArray, shift: number): readonly number[] | undefined {
  const size = shape[0];
  const factor = Float64Array.from(data);
  const pivots: number[] = [];
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let sum = factor[row * size + column] + (row === column ? shift : 0);
      for (let k = 0; k < column; k++) sum -= factor[row * size + k] * factor[column * size + k];
      if (row > column) {
        factor[row * size + column] = sum / factor[column * size + column];
      } else {
        if (!(sum > 0)) return undefined;
        pivots.push(sum);
        factor[row * size + row] = Math.sqrt(sum);
      }
    }
  }
  return pivots;
}
