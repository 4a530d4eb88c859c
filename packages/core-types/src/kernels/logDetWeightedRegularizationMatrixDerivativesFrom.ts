import { defineKernel } from '../descriptor.js';
import { asWeightedGraph, weightedGraph } from '../fragments/weightedGraph.js';
import * as is from '../params.js';

const kernel = 'logDetWeightedRegularizationMatrixFrom';

export const logDetWeightedRegularizationMatrixDerivativesFrom = defineKernel({
  name: 'logDetWeightedRegularizationMatrixDerivativesFrom',
  upstream: 'log_det_weighted_regularization_matrix_derivatives_from',
  number: 42,
  origin: 'wtilde',
  formula: 'd logdet H / dw_ij = e^t H^-1 e with e = e_i - e_j, d logdet H / ddiagonal_i = (H^-1)_ii',
  params: weightedGraph,
  returns: is.recordResult(
    {
      byWeights: is.derivatives(
        ['S', 'P'],
        { kernel, by: 'weights', edges: true },
        'by the weight of every edge, the same from both ends; 0 beyond neighborsSizes',
      ),
      byDiagonal: is.derivatives(['S'], { kernel, by: 'diagonal' }, 'by the diagonal of the graph'),
    },
    'the derivatives of logdet H',
  ),
  minimumPrecision: 'float64',
  requires: [...asWeightedGraph],
});
