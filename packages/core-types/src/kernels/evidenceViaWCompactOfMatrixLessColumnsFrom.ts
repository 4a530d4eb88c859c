import { defineKernel } from '../descriptor.js';
import { evidenceRecord, knownErrors, preparedSums, regularizationAsMatrix } from '../fragments/evidence.js';
import { elementOfCompact, evidenceYardsticks, lowerMirrored } from '../fragments/evidenceYardsticks.js';
import { elementLessColumns, lostColumns } from '../fragments/lostColumns.js';
import { nonZeros, paddedRows, sparseMappingOfMesh } from '../fragments/sparseMapping.js';
import { evenCompact, nativeIndexInSquare, wCompact } from '../fragments/wTables.js';

export const evidenceViaWCompactOfMatrixLessColumnsFrom = defineKernel({
  name: 'evidenceViaWCompactOfMatrixLessColumnsFrom',
  upstream: 'evidence_via_w_compact_of_matrix_less_columns_from',
  number: 49,
  origin: 'wtilde',
  formula: 'as evidenceViaWCompactLessColumnsFrom, H a matrix with its log determinant',
  params: {
    wCompact,
    nativeIndexForSlimIndex: nativeIndexInSquare,
    lostColumns,
    ...preparedSums,
    ...sparseMappingOfMesh,
    ...regularizationAsMatrix,
    ...knownErrors,
  },
  returns: evidenceRecord,
  minimumPrecision: 'float64',
  requires: [evenCompact, paddedRows],
  measures: { nonZeros },
  yardsticks: (args) =>
    evidenceYardsticks(
      args,
      elementLessColumns(elementOfCompact(args.wCompact, args.nativeIndexForSlimIndex), args.lostColumns),
      lowerMirrored(args.regularizationMatrix.data, args.pixels),
      args.logDetRegularizationMatrix,
    ),
});
