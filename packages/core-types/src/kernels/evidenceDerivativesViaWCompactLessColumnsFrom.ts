import { defineKernel } from '../descriptor.js';
import { evidenceWithDerivatives } from '../fragments/evidenceDerivatives.js';
import { logDetTerms } from '../fragments/logDetTerms.js';
import { lostColumns } from '../fragments/lostColumns.js';
import { nonZeros, paddedRows, sparseMappingOfMesh } from '../fragments/sparseMapping.js';
import { asWeightedGraph, weightedGraph } from '../fragments/weightedGraph.js';
import { evenCompact, nativeIndexInSquare, wCompact } from '../fragments/wTables.js';
import * as is from '../params.js';

/**
 * The evidence of evidenceViaWCompactLessColumnsFrom and its derivatives, from one factorization.
 * evidenceDerivativesViaWCompactFrom is the case Q = 0. Cost: 3 S^2 Q beside that.
 */
export const evidenceDerivativesViaWCompactLessColumnsFrom = defineKernel({
  name: 'evidenceDerivativesViaWCompactLessColumnsFrom',
  upstream: 'evidence_derivatives_via_w_compact_less_columns_from',
  number: 48,
  origin: 'wtilde',
  formula: 'as evidenceDerivativesViaWCompactFrom, with W - U U^t in the place of W',
  params: {
    wCompact,
    nativeIndexForSlimIndex: nativeIndexInSquare,
    lostColumns,
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
});
