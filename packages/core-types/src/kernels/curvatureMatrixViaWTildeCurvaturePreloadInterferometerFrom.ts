import { defineKernel } from '../descriptor.js';
import { nonZeros, paddedRows, sparseMapping } from '../fragments/sparseMapping.js';
import { evenPreload, nativeIndexInBox, preloadDims, preloadDoc } from '../fragments/wTables.js';
import * as is from '../params.js';

export const curvatureMatrixViaWTildeCurvaturePreloadInterferometerFrom = defineKernel({
  name: 'curvatureMatrixViaWTildeCurvaturePreloadInterferometerFrom',
  upstream: 'curvature_matrix_via_w_tilde_curvature_preload_interferometer_from',
  number: 14,
  formula: 'F = T^t W T with W looked up in the preload table, never expanded',
  params: {
    curvaturePreload: is.array('real', preloadDims, preloadDoc, {
      upstream: ['curvature_preload', 'w_tilde_preload'],
    }),
    nativeIndexForSlimIndex: nativeIndexInBox,
    ...sparseMapping,
  },
  returns: is.arrayResult('real', ['S', 'S'], 'product', 'the curvature matrix F'),
  minimumPrecision: 'float32',
  upstreamDifference: 'pix_size_for_sub_slim_index is not an argument: -1 ends a row',
  requires: [evenPreload('curvaturePreload'), paddedRows],
  measures: { nonZeros },
});
