import { defineKernel } from '../descriptor.js';
import * as is from '../params.js';

export const curvatureRegMatrixInverseFrom = defineKernel({
  name: 'curvatureRegMatrixInverseFrom',
  upstream: 'curvature_reg_matrix_inverse_from',
  number: 41,
  origin: 'wtilde',
  formula: '(F+H)^-1, the covariance of the source: symmetric, its diagonal the variances, d logdet(F+H) / d(F+H)',
  params: {
    curvatureMatrix: is.array(
      'real',
      ['S', 'S'],
      'the curvature matrix F, symmetric; only the lower triangle is read',
      { triangle: 'lower' },
    ),
    regularizationMatrix: is.array(
      'real',
      ['S', 'S'],
      'the regularization matrix H, symmetric; only the lower triangle is read',
      { triangle: 'lower' },
    ),
  },
  returns: is.derivatives(
    ['S', 'S'],
    { kernel: 'evidenceTermsFrom', entry: 'logDetCurvatureRegMatrix', by: 'curvatureMatrix' },
    'the inverse of F + H',
    'inverse',
  ),
  minimumPrecision: 'float64',
  yardsticks: ({ curvatureMatrix: F, regularizationMatrix: H }) => ({
    inverted: { ...F, data: F.data.map((value, at) => value + H.data[at]) },
  }),
});
