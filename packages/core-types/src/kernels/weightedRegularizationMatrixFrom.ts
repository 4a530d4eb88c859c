import { defineKernel } from '../descriptor.js';
import { asWeightedGraph, weightedGraph } from '../fragments/weightedGraph.js';
import * as is from '../params.js';

export const weightedRegularizationMatrixFrom = defineKernel({
  name: 'weightedRegularizationMatrixFrom',
  upstream: 'weighted_regularization_matrix_from',
  number: 27,
  origin: 'wtilde',
  formula: 'H_ii = diagonal_i + the sum of the weights of i, H_ij = -weight for the neighbours j of i',
  params: weightedGraph,
  returns: is.arrayResult('real', ['S', 'S'], 'product', 'the regularization matrix H'),
  minimumPrecision: 'float64',
  requires: [...asWeightedGraph],
});
