import { defineKernel } from '../descriptor.js';
import { mutualNeighbors, neighbors, neighborsSizes } from '../fragments/neighbors.js';
import * as is from '../params.js';

export const constantRegularizationMatrixFrom = defineKernel({
  name: 'constantRegularizationMatrixFrom',
  upstream: 'constant_regularization_matrix_from',
  number: 16,
  formula: 'H_ii = 1e-8 + c^2 neighborsSizes_i, H_ij = -c^2 for the neighbours j of i',
  params: {
    coefficient: is.scalar('regularization coefficient c'),
    neighbors,
    neighborsSizes,
  },
  returns: is.arrayResult('real', ['S', 'S'], 'fewAdditions', 'the regularization matrix H'),
  minimumPrecision: 'float64',
  requires: [mutualNeighbors],
});
