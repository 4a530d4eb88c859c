import { WtildeError } from '@wtilde/core-types';

/**
 * The Cholesky factor L of a symmetric positive definite matrix A = L L^t (size, size), row by row. Only the lower
 * triangle of A is read. Throws NumericalFailure at the first pivot that is not positive and finite.
 */
export function cholesky(a: Float64Array, size: number): Float64Array {
  const l = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i * size + j];
      for (let k = 0; k < j; k++) sum -= l[i * size + k] * l[j * size + k];
      if (i > j) l[i * size + j] = sum / l[j * size + j];
      else if (sum > 0 && Number.isFinite(sum)) l[i * size + i] = Math.sqrt(sum);
      else throw notPositiveDefinite(i, sum);
    }
  }
  return l;
}

/** x of A x = b for a symmetric positive definite A: A = L L^t, then forward and backward substitution. */
export function solvePositiveDefinite(a: Float64Array, b: Float64Array): Float64Array {
  return substitute(cholesky(a, b.length), b);
}

/** x of L L^t x = b. */
export function substitute(l: Float64Array, b: Float64Array): Float64Array {
  const size = b.length;
  const x = Float64Array.from(b);
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) x[i] -= l[i * size + k] * x[k];
    x[i] /= l[i * size + i];
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) x[i] -= l[k * size + i] * x[k];
    x[i] /= l[i * size + i];
  }
  return x;
}

/** (L L^t)^-1 = L^-t L^-1 (size, size), of which the lower triangle is filled. */
export function inverseOf(l: Float64Array, size: number): Float64Array {
  const m = new Float64Array(size * size);
  for (let j = 0; j < size; j++) {
    for (let i = j; i < size; i++) {
      let sum = i === j ? 1 : 0;
      for (let k = j; k < i; k++) sum -= l[i * size + k] * m[k * size + j];
      m[i * size + j] = sum / l[i * size + i];
    }
  }
  const inverse = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = i; k < size; k++) sum += m[k * size + i] * m[k * size + j];
      inverse[i * size + j] = sum;
    }
  }
  return inverse;
}

function notPositiveDefinite(row: number, pivot: number): WtildeError {
  return new WtildeError('NumericalFailure', {
    what: 'the matrix is not positive definite',
    where: `Cholesky factorization, row ${row}`,
    expected: 'a positive and finite pivot',
    actual: `${pivot}`,
    remedy: 'use a larger regularization coefficient if F outweighs H, a smaller one if H outweighs F',
  });
}
