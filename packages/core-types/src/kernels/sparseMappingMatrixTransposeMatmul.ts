import { defineKernel } from '../descriptor.js';
import { mapsEverywhere, paddedRows, sparseMapping } from '../fragments/sparseMapping.js';
import * as is from '../params.js';

export const sparseMappingMatrixTransposeMatmul = defineKernel({
  name: 'sparseMappingMatrixTransposeMatmul',
  upstream: 'sparse_mapping_matrix_transpose_matmul',
  number: 15,
  formula: 'T^t X',
  params: { matrix: is.array('real', ['M', 'S2'], 'any matrix X over the image pixels'), ...sparseMapping },
  returns: is.arrayResult('real', ['S', 'S2'], 'product', 'T^t X'),
  minimumPrecision: 'float32',
  shownByResult: (args) => (mapsEverywhere(args) ? ['matrix'] : []),
  requires: [paddedRows],
});
