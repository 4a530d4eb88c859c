import { defineKernel } from '../descriptor.js';
import { asWeightedGraph, weightedGraph } from '../fragments/weightedGraph.js';
import * as is from '../params.js';

export const logDetWeightedRegularizationMatrixFrom = defineKernel({
  name: 'logDetWeightedRegularizationMatrixFrom',
  upstream: 'log_det_weighted_regularization_matrix_from',
  number: 28,
  origin: 'wtilde',
  formula: 'logdet of weightedRegularizationMatrixFrom; a connected part without diagonal is a NumericalFailure',
  params: weightedGraph,
  returns: is.scalarResult('logDeterminant', 'logdet H'),
  minimumPrecision: 'float64',
  requires: [...asWeightedGraph],
  scale: ({ neighborsSizes, weights, diagonal }, { S, P }) => {
    let terms = 0;
    for (let i = 0; i < S; i++) {
      let element = diagonal.data[i];
      for (let slot = 0; slot < neighborsSizes.data[i]; slot++) element += weights.data[i * P + slot];
      terms += Math.abs(Math.log(element));
    }
    return { terms };
  },
});
