import { type NdArray, real, WtildeError } from '@wtilde/core-types';

/** The diagonal (S) of the inverse of a symmetric positive definite matrix (S, S). Cost: 2/3 S^3 flops. */
export function inverseDiagonal(matrix: NdArray<'real'>): NdArray<'real'> {
  const [size] = matrix.shape;
  const L = choleskyOf(matrix.data, size);
  const diagonal = new Float64Array(size);
  const column = new Float64Array(size);
  // A^-1 = L^-t L^-1, so that its diagonal is the squared norms of the columns of L^-1.
  for (let j = 0; j < size; j++) {
    column[j] = 1 / L[j * size + j];
    let squared = column[j] * column[j];
    for (let i = j + 1; i < size; i++) {
      const row = i * size;
      let sum = 0;
      for (let k = j; k < i; k++) sum += L[row + k] * column[k];
      column[i] = -sum / L[row + i];
      squared += column[i] * column[i];
    }
    diagonal[j] = squared;
  }
  return real(diagonal);
}

function choleskyOf(matrix: Float64Array, size: number): Float64Array {
  const L = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * size + j];
      for (let k = 0; k < j; k++) sum -= L[i * size + k] * L[j * size + k];
      if (j < i) L[i * size + j] = sum / L[j * size + j];
      else if (sum > 0) L[i * size + i] = Math.sqrt(sum);
      else throw notPositive(i, sum);
    }
  }
  return L;
}

function notPositive(pivot: number, value: number): WtildeError {
  return new WtildeError('NumericalFailure', {
    what: 'F + H is not positive definite',
    where: `reconstructionNoiseMap, pivot ${pivot}`,
    expected: 'a number above 0',
    actual: String(value),
    remedy: 'regularize more',
  });
}
