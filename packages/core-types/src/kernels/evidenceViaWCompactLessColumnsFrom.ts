import { defineKernel } from '../descriptor.js';
import { evidenceRecord, knownErrors, preparedSums } from '../fragments/evidence.js';
import { elementOfCompact, evidenceYardsticks, matrixOfGraph } from '../fragments/evidenceYardsticks.js';
import { elementLessColumns, lostColumns } from '../fragments/lostColumns.js';
import { nonZeros, paddedRows, sparseMappingOfMesh } from '../fragments/sparseMapping.js';
import { asWeightedGraph, weightedGraph } from '../fragments/weightedGraph.js';
import { evenCompact, nativeIndexInSquare, wCompact } from '../fragments/wTables.js';

/**
 * The evidence where linear nuisance parameters have been averaged over, such as the gains of antennas: W is W - U U^t, and
 * the other sums are what is left of them. evidenceViaWCompactFrom is the case Q = 0. Cost: S^2 Q beside that.
 */
export const evidenceViaWCompactLessColumnsFrom = defineKernel({
  name: 'evidenceViaWCompactLessColumnsFrom',
  upstream: 'evidence_via_w_compact_less_columns_from',
  number: 47,
  origin: 'wtilde',
  formula: 'as evidenceViaWCompactFrom, F = T^t (W - U U^t) T',
  params: {
    wCompact,
    nativeIndexForSlimIndex: nativeIndexInSquare,
    lostColumns,
    ...preparedSums,
    ...sparseMappingOfMesh,
    ...weightedGraph,
    ...knownErrors,
  },
  returns: evidenceRecord,
  minimumPrecision: 'float64',
  requires: [evenCompact, paddedRows, ...asWeightedGraph],
  measures: { nonZeros },
  yardsticks: (args) =>
    evidenceYardsticks(
      args,
      elementLessColumns(elementOfCompact(args.wCompact, args.nativeIndexForSlimIndex), args.lostColumns),
      matrixOfGraph(args),
    ),
});
