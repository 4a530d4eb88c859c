import { defineKernel } from '../descriptor.js';
import { pivotTerms } from '../fragments/pivotTerms.js';
import * as is from '../params.js';

const kernel = 'inverseAndLogDetFrom';

/** Of a covariance, this is a prior: H and log det H = -log det C, from one factorization. */
export const inverseAndLogDetFrom = defineKernel({
  name: kernel,
  upstream: 'inverse_and_log_det_from',
  number: 44,
  origin: 'wtilde',
  formula: 'A^-1 and logdet A, from one Cholesky factorization of A, whatever A is made of',
  params: {
    curvatureRegMatrix: is.array(
      'real',
      ['S', 'S'],
      'A, symmetric positive definite, such as F + H or a covariance; only the lower triangle is read',
      { triangle: 'lower' },
    ),
  },
  returns: is.recordResult(
    {
      inverse: is.derivatives(
        ['S', 'S'],
        { kernel, entry: 'logDeterminant', by: 'curvatureRegMatrix' },
        'A^-1, symmetric',
        'inverse',
      ),
      logDeterminant: is.scalarResult('logDeterminant', 'logdet A'),
    },
    'the inverse and the log determinant of A',
  ),
  minimumPrecision: 'float64',
  scale: ({ curvatureRegMatrix: A }, { S }) => ({ inverted: A, terms: pivotTerms(A, S) }),
});
