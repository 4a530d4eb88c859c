import { defineKernel } from '../descriptor.js';
import { logDetTerms } from '../fragments/logDetTerms.js';
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
  yardsticks: (args, sizes) => ({ terms: logDetTerms(args, sizes) }),
});
