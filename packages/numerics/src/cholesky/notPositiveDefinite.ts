import { WtildeError } from '@wtilde/core-types';

/** The error of a Cholesky factorization at its first pivot, counted from 0, that is not positive and finite. */
export function notPositiveDefinite(pivot: number, value: number): WtildeError {
  return new WtildeError('NumericalFailure', {
    what: 'the matrix is not positive definite in float64',
    where: `Cholesky pivot ${pivot}`,
    expected: 'a positive finite number',
    actual: `${value}`,
    remedy:
      'use a larger regularization coefficient if F outweighs H, a smaller one if H outweighs F, and look for NaN and ' +
      'for visibilities of far too small noise',
  });
}
