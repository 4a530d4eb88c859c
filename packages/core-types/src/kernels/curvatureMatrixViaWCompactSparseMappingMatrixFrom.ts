import { defineKernel } from '../descriptor.js';
import { nonZeros, paddedRows, sparseMapping } from '../fragments/sparseMapping.js';
import { evenCompact, nativeIndexInSquare, wCompact } from '../fragments/wTables.js';
import * as is from '../params.js';

export const curvatureMatrixViaWCompactSparseMappingMatrixFrom = defineKernel({
  name: 'curvatureMatrixViaWCompactSparseMappingMatrixFrom',
  upstream: 'curvature_matrix_via_w_compact_sparse_mapping_matrix_from',
  number: 13,
  formula: 'F = T^t W T with W looked up in wCompact, never expanded',
  params: { wCompact, nativeIndexForSlimIndex: nativeIndexInSquare, ...sparseMapping },
  returns: is.arrayResult('real', ['S', 'S'], 'product', 'the curvature matrix F'),
  minimumPrecision: 'float32',
  upstreamDifference:
    'curvature_matrix_via_w_compact_sparse_mapping_matrix_direct_from is the method direct of this kernel',
  requires: [evenCompact, paddedRows],
  measures: { nonZeros },
});
