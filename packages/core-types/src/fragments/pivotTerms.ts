/** The yardstick of the log determinant of a dense matrix. */
import type { NdArray } from '../arrays.js';
import { tolerances } from '../numericClasses.js';

/**
 * The sum of |log pivot| of a Cholesky factorization, and of what rounding may make of each: a pivot is what is left of a
 * diagonal element after i subtractions of up to its size, so that its logarithm is known to i eps A_ii / pivot_i.
 */
export function pivotTerms({ data: A }: NdArray<'real'>, S: number): number {
  const L = new Float64Array(S * S);
  let terms = 0;
  for (let i = 0; i < S; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = A[i * S + j];
      for (let k = 0; k < j; k++) sum -= L[i * S + k] * L[j * S + k];
      L[i * S + j] = i > j ? sum / L[j * S + j] : Math.sqrt(sum);
    }
    const pivot = L[i * S + i] ** 2;
    const rounding = ((i + 1) * Number.EPSILON * A[i * S + i]) / pivot;
    terms += Math.abs(Math.log(pivot)) + rounding / tolerances.logDeterminant.float64;
  }
  return terms;
}
