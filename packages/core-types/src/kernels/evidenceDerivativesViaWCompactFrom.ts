import { defineKernel } from '../descriptor.js';
import { evidenceDerivativesRoute, evidenceWithDerivatives } from '../fragments/evidenceDerivatives.js';
import { logDetTerms } from '../fragments/logDetTerms.js';
import { nonZeros, paddedRows, sparseMappingOfMesh } from '../fragments/sparseMapping.js';
import { asWeightedGraph, weightedGraph } from '../fragments/weightedGraph.js';
import { evenCompact, nativeIndexInSquare, wCompact } from '../fragments/wTables.js';
import * as is from '../params.js';

/**
 * An evidence and its derivatives, from one factorization. Those of `regularizationTerm` follow from the others:
 * logEvidence = -1/2 [chiSquared + regularizationTerm + logDetCurvatureRegMatrix - logDetRegularizationMatrix + ...].
 */
export const evidenceDerivativesViaWCompactFrom = defineKernel({
  name: 'evidenceDerivativesViaWCompactFrom',
  upstream: 'evidence_derivatives_via_w_compact_from',
  number: 43,
  origin: 'wtilde',
  formula:
    'the evidence of F = T^t W T, D = T^t d and H of the graph, and d logEvidence / dT_ij = s_j (d - W T s)_i - ' +
    '(W T (F+H)^-1)_ij, d logEvidence / dw_ij = -1/2 [(s_i - s_j)^2 + e^t (F+H)^-1 e - e^t H^-1 e] with e = e_i - e_j',
  params: {
    wCompact,
    nativeIndexForSlimIndex: nativeIndexInSquare,
    dirtyImage: is.array('real', ['M'], 'the dirty image d'),
    ...sparseMappingOfMesh,
    ...weightedGraph,
    chiSquared0: is.scalar('chi-squared of an empty source'),
    noiseNormalization: is.scalar('the noise normalization'),
  },
  returns: evidenceWithDerivatives,
  minimumPrecision: 'float64',
  requires: [evenCompact, paddedRows, ...asWeightedGraph],
  measures: { nonZeros },
  yardsticks: (args, sizes) => ({
    terms: Math.abs(args.chiSquared0) + Math.abs(args.noiseNormalization) + logDetTerms(args, sizes),
  }),
  route: evidenceDerivativesRoute,
});
