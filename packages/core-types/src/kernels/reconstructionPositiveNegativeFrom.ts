import { defineKernel } from '../descriptor.js';
import * as is from '../params.js';

export const reconstructionPositiveNegativeFrom = defineKernel({
  name: 'reconstructionPositiveNegativeFrom',
  upstream: 'reconstruction_positive_negative_from',
  number: 17,
  formula: 's = (F+H)^-1 D by Cholesky factorization',
  params: {
    dataVector: is.array('real', ['S'], 'the data vector D'),
    curvatureRegMatrix: is.array('real', ['S', 'S'], 'F + H, positive definite; only the lower triangle is read', {
      triangle: 'lower',
    }),
  },
  returns: is.arrayResult('real', ['S'], 'solve', 'the reconstruction s'),
  minimumPrecision: 'float64',
  upstreamDifference: 'a matrix that is not positive definite is a NumericalFailure, upstream solves it by LU',
  yardsticks: ({ dataVector, curvatureRegMatrix }) => ({ system: { matrix: curvatureRegMatrix, vector: dataVector } }),
});
