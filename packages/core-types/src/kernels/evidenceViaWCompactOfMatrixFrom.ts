import { defineKernel } from '../descriptor.js';
import {
  evidenceOfMatrixRoute,
  evidenceRecord,
  knownErrors,
  preparedSums,
  regularizationAsMatrix,
} from '../fragments/evidence.js';
import { elementOfCompact, evidenceYardsticks, lowerMirrored } from '../fragments/evidenceYardsticks.js';
import { nonZeros, paddedRows, sparseMappingOfMesh } from '../fragments/sparseMapping.js';
import { curvatureViaWCompact, evenCompact, nativeIndexInSquare, wCompact } from '../fragments/wTables.js';

export const evidenceViaWCompactOfMatrixFrom = defineKernel({
  name: 'evidenceViaWCompactOfMatrixFrom',
  upstream: 'evidence_via_w_compact_of_matrix_from',
  number: 39,
  origin: 'wtilde',
  formula: 'as evidenceViaWCompactFrom, H a matrix with its log determinant',
  params: {
    wCompact,
    nativeIndexForSlimIndex: nativeIndexInSquare,
    ...preparedSums,
    ...sparseMappingOfMesh,
    ...regularizationAsMatrix,
    ...knownErrors,
  },
  returns: evidenceRecord,
  minimumPrecision: 'float64',
  solves: ['unrestricted', 'positive'],
  requires: [evenCompact, paddedRows],
  measures: { nonZeros },
  yardsticks: (args) =>
    evidenceYardsticks(
      args,
      elementOfCompact(args.wCompact, args.nativeIndexForSlimIndex),
      lowerMirrored(args.regularizationMatrix.data, args.pixels),
      args.logDetRegularizationMatrix,
    ),
  route: evidenceOfMatrixRoute(curvatureViaWCompact),
});
