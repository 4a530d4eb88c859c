import { defineKernel } from '../descriptor.js';
import { mapsEverywhere, nonZeros, paddedRows, sparseMapping } from '../fragments/sparseMapping.js';
import { wTilde } from '../fragments/wTables.js';
import * as is from '../params.js';

export const curvatureMatrixViaWTildeSparseMappingMatrixFrom = defineKernel({
  name: 'curvatureMatrixViaWTildeSparseMappingMatrixFrom',
  upstream: 'curvature_matrix_via_w_wilde_sparse_mapping_matrix_from',
  number: 12,
  formula: 'F = T^t W T',
  params: { wTilde, ...sparseMapping },
  returns: is.arrayResult('real', ['S', 'S'], 'product', 'the curvature matrix F'),
  minimumPrecision: 'float32',
  shownByResult: (args) => (mapsEverywhere(args) ? ['wTilde'] : []),
  upstreamDifference: "upstream's name has a typo, w_wilde",
  requires: [paddedRows],
  measures: { nonZeros },
});
