import type { NdArray } from '@wtilde/core-types';

/** What keeps H from being singular. */
export const ridge = 1e-8;

/** H of the constant regularization: H_ii = 1e-8 + c^2 neighborsSizes_i, H_ij = -c^2 for the neighbours j of i. */
export function regularizationMatrix(
  coefficient: number,
  neighbors: NdArray<'index'>,
  neighborsSizes: NdArray<'index'>,
): Float64Array {
  const [size, slots] = neighbors.shape;
  const h = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    h[i * size + i] += ridge + coefficient ** 2 * neighborsSizes.data[i];
    for (let slot = 0; slot < neighborsSizes.data[i]; slot++) {
      h[i * size + neighbors.data[i * slots + slot]] -= coefficient ** 2;
    }
  }
  return h;
}

/**
 * logdet H by Gaussian elimination that never subtracts: the rows of H sum to the ridge, so a pivot is the sum of what
 * is left of its row's ridge and of its off-diagonals, all of one sign. Every pivot keeps full relative accuracy, where
 * a factorization of the dense H loses digits to cancellation.
 */
export function logDetRegularizationMatrix(
  coefficient: number,
  neighbors: NdArray<'index'>,
  neighborsSizes: NdArray<'index'>,
): number {
  const [size, slots] = neighbors.shape;
  const coupling = new Float64Array(size * size);
  const excess = new Float64Array(size).fill(ridge);
  for (let i = 0; i < size; i++) {
    for (let slot = 0; slot < neighborsSizes.data[i]; slot++) {
      coupling[i * size + neighbors.data[i * slots + slot]] = coefficient ** 2;
    }
  }
  let logDet = 0;
  for (let k = size - 1; k >= 0; k--) {
    let pivot = excess[k];
    for (let j = 0; j < k; j++) pivot += coupling[k * size + j];
    logDet += Math.log(pivot);
    for (let i = 0; i < k; i++) {
      const share = coupling[i * size + k] / pivot;
      if (share === 0) continue;
      excess[i] += share * excess[k];
      for (let j = 0; j < k; j++) {
        if (j !== i) coupling[i * size + j] += share * coupling[k * size + j];
      }
    }
  }
  return logDet;
}
