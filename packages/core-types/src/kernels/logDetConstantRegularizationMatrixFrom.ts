import { defineKernel } from '../descriptor.js';
import { mutualNeighbors, neighbors, neighborsSizes } from '../fragments/neighbors.js';
import * as is from '../params.js';

export const logDetConstantRegularizationMatrixFrom = defineKernel({
  name: 'logDetConstantRegularizationMatrixFrom',
  upstream: 'log_det_constant_regularization_matrix_from',
  number: 24,
  origin: 'wtilde',
  formula: 'logdet of constantRegularizationMatrixFrom',
  params: {
    coefficient: is.scalar('regularization coefficient c'),
    neighbors,
    neighborsSizes,
  },
  returns: is.scalarResult('logDeterminant', 'logdet H'),
  minimumPrecision: 'float64',
  requires: [mutualNeighbors],
  yardsticks: ({ coefficient, neighborsSizes }) => ({
    terms: neighborsSizes.data.reduce((sum, count) => sum + Math.abs(Math.log(1e-8 + coefficient ** 2 * count)), 0),
  }),
});
