import { defineKernel } from '../descriptor.js';
import { logLikelihoodParams, logLikelihoodRoute, logLikelihoodYardsticks } from '../fragments/evidence.js';
import { mutualNeighbors } from '../fragments/neighbors.js';
import { nonZeros, paddedRows } from '../fragments/sparseMapping.js';
import { curvatureViaPreload, evenPreload, nativeIndexInBox, wTildePreload } from '../fragments/wTables.js';
import * as is from '../params.js';

export const logLikelihoodFunctionViaPreloadFrom = defineKernel({
  name: 'logLikelihoodFunctionViaPreloadFrom',
  upstream: 'log_likelihood_function_via_preload_from',
  number: 21,
  origin: 'wtilde',
  formula: '-1/2 [chi2_0 - s^t D + logdet(F+H) - logdet(H) + noise normalization], F from the preload table',
  params: {
    wTildePreload,
    nativeIndexForSlimIndex: nativeIndexInBox,
    ...logLikelihoodParams,
  },
  returns: is.scalarResult('evidence', 'the log evidence'),
  minimumPrecision: 'float64',
  upstreamDifference: 'upstream overloads the name log_likelihood_function_via_w_compact_from with a preload table',
  requires: [evenPreload('wTildePreload'), paddedRows, mutualNeighbors],
  measures: { nonZeros },
  yardsticks: logLikelihoodYardsticks,
  route: logLikelihoodRoute(curvatureViaPreload),
});
