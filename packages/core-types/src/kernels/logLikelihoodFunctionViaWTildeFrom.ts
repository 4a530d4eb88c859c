import { defineKernel } from '../descriptor.js';
import { logLikelihoodParams, logLikelihoodRoute, logLikelihoodYardsticks } from '../fragments/evidence.js';
import { mutualNeighbors } from '../fragments/neighbors.js';
import { nonZeros, paddedRows } from '../fragments/sparseMapping.js';
import { curvatureViaWTilde, wTilde } from '../fragments/wTables.js';
import * as is from '../params.js';

export const logLikelihoodFunctionViaWTildeFrom = defineKernel({
  name: 'logLikelihoodFunctionViaWTildeFrom',
  upstream: 'log_likelihood_function_via_w_tilde_from',
  number: 19,
  formula: '-1/2 [chi2_0 - s^t D + logdet(F+H) - logdet(H) + noise normalization], F from W',
  params: { wTilde, ...logLikelihoodParams },
  returns: is.scalarResult('evidence', 'the log evidence'),
  minimumPrecision: 'float64',
  upstreamDifference:
    'takes the sparse mapping instead of the dense mapping_matrix; the coefficient, 1 upstream, is an argument',
  requires: [paddedRows, mutualNeighbors],
  measures: { nonZeros },
  yardsticks: logLikelihoodYardsticks,
  route: logLikelihoodRoute(curvatureViaWTilde),
});
