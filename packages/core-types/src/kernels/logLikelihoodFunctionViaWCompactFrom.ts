import { defineKernel } from '../descriptor.js';
import { logLikelihoodParams, logLikelihoodRoute, logLikelihoodYardsticks } from '../fragments/evidence.js';
import { mutualNeighbors } from '../fragments/neighbors.js';
import { nonZeros, paddedRows } from '../fragments/sparseMapping.js';
import { curvatureViaWCompact, evenCompact, nativeIndexInSquare, wCompact } from '../fragments/wTables.js';
import * as is from '../params.js';

export const logLikelihoodFunctionViaWCompactFrom = defineKernel({
  name: 'logLikelihoodFunctionViaWCompactFrom',
  upstream: 'log_likelihood_function_via_w_compact_from',
  number: 20,
  formula: '-1/2 [chi2_0 - s^t D + logdet(F+H) - logdet(H) + noise normalization], F from wCompact',
  params: { wCompact, nativeIndexForSlimIndex: nativeIndexInSquare, ...logLikelihoodParams },
  returns: is.scalarResult('evidence', 'the log evidence'),
  minimumPrecision: 'float64',
  upstreamDifference: 'the coefficient, 1 upstream, is an argument',
  requires: [evenCompact, paddedRows, mutualNeighbors],
  measures: { nonZeros },
  yardsticks: logLikelihoodYardsticks,
  route: logLikelihoodRoute(curvatureViaWCompact),
});
