import { defineKernel } from '../descriptor.js';
import { wTilde } from '../fragments/wTables.js';
import * as is from '../params.js';

export const curvatureMatrixViaWTildeFrom = defineKernel({
  name: 'curvatureMatrixViaWTildeFrom',
  upstream: 'curvature_matrix_via_w_tilde_from',
  number: 11,
  formula: 'F = T^t W T',
  params: { wTilde, mappingMatrix: is.array('real', ['M', 'S'], 'the mapping matrix T') },
  returns: is.arrayResult('real', ['S', 'S'], 'product', 'the curvature matrix F'),
  minimumPrecision: 'float32',
  measures: {
    nonZeros: {
      doc: 'entries of T that are not zero',
      of: ({ mappingMatrix }) => mappingMatrix.data.reduce((count, value) => (value === 0 ? count : count + 1), 0),
    },
  },
});
