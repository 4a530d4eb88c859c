import { defineKernel } from '../descriptor.js';
import { evidenceParams, evidenceRoute, evidenceScale } from '../fragments/evidence.js';
import { mutualNeighbors } from '../fragments/neighbors.js';
import { nonZeros, paddedRows } from '../fragments/sparseMapping.js';
import { evenPreload, nativeIndexInBox, preloadDims, preloadDoc } from '../fragments/wTables.js';
import * as is from '../params.js';

export const logLikelihoodFunctionViaPreloadFrom = defineKernel({
  name: 'logLikelihoodFunctionViaPreloadFrom',
  upstream: 'log_likelihood_function_via_preload_from',
  number: 21,
  origin: 'wtilde',
  formula: '-1/2 [chi2_0 - s^t D + logdet(F+H) - logdet(H) + noise normalization], F from the preload table',
  params: {
    wTildePreload: is.array('real', preloadDims, preloadDoc, { upstream: ['w_tilde_preload', 'curvature_preload'] }),
    nativeIndexForSlimIndex: nativeIndexInBox,
    ...evidenceParams,
  },
  returns: is.scalarResult('evidence', 'the log evidence'),
  minimumPrecision: 'float64',
  upstreamDifference: 'upstream overloads the name log_likelihood_function_via_w_compact_from with a preload table',
  requires: [evenPreload('wTildePreload'), paddedRows, mutualNeighbors],
  measures: { nonZeros },
  scale: evidenceScale,
  route: evidenceRoute('curvatureMatrixViaWTildeCurvaturePreloadInterferometerFrom', {
    curvaturePreload: 'wTildePreload',
    nativeIndexForSlimIndex: 'nativeIndexForSlimIndex',
  }),
});
