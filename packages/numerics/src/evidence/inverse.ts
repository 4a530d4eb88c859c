import { type CholeskyFactor, lowerFactor } from '../cholesky/cholesky.js';
import type { FactoredEvidence } from './evidenceTerms.js';

/** (F + H)^-1 = B (L L^t)^-1 B^t as a row-major, symmetric (S, S) matrix. 2/3 S^3 operations. */
export function inverseOf({
  basis,
  factor,
}: Pick<FactoredEvidence, 'basis'> & { readonly factor: CholeskyFactor }): Float64Array {
  const { order } = factor;
  const columns = inverseColumns(lowerFactor(factor), order);
  const inverse = new Float64Array(order * order);
  for (let i = 0; i < order; i++) {
    for (let j = 0; j <= i; j++) {
      // Columns i and j of L^-1 are zero above their own row.
      let sum = 0;
      for (let k = i; k < order; k++) sum += columns[i * order + k] * columns[j * order + k];
      inverse[i * order + j] = sum;
      inverse[j * order + i] = sum;
    }
  }
  return inSources(inverse, order, basis);
}

/** The columns of L^-1, one after the other. */
function inverseColumns(L: Float64Array, order: number): Float64Array {
  const columns = new Float64Array(order * order);
  for (let j = 0; j < order; j++) {
    const column = j * order;
    columns[column + j] = 1 / L[j * order + j];
    for (let i = j + 1; i < order; i++) {
      let sum = 0;
      for (let k = j; k < i; k++) sum += L[i * order + k] * columns[column + k];
      columns[column + i] = -sum / L[i * order + i];
    }
  }
  return columns;
}

/** B X B^t, row by row and then column by column. */
function inSources(matrix: Float64Array, order: number, basis: FactoredEvidence['basis']): Float64Array {
  if (!basis.levels) return matrix;
  const half = new Float64Array(order * order);
  for (let i = 0; i < order; i++) {
    const { source } = basis.sourceOf(matrix.subarray(i * order, (i + 1) * order));
    for (let j = 0; j < order; j++) half[j * order + i] = source[j];
  }
  const whole = new Float64Array(order * order);
  for (let j = 0; j < order; j++) {
    whole.set(basis.sourceOf(half.subarray(j * order, (j + 1) * order)).source, j * order);
  }
  return whole;
}
