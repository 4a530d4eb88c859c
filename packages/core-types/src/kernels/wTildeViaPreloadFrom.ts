import { defineKernel } from '../descriptor.js';
import { nativeIndexInBox, preloadDims, preloadDoc } from '../fragments/wTables.js';
import * as is from '../params.js';

export const wTildeViaPreloadFrom = defineKernel({
  name: 'wTildeViaPreloadFrom',
  upstream: 'w_tilde_via_preload_from',
  number: 8,
  formula: 'W_ij = table[(row_j-row_i) mod 2Ny, (col_j-col_i) mod 2Nx]',
  params: {
    wTildePreload: is.array('real', preloadDims, preloadDoc),
    nativeIndexForSlimIndex: nativeIndexInBox,
  },
  returns: is.arrayResult('real', ['M', 'M'], 'exact', 'the precision matrix W'),
  minimumPrecision: 'float32',
});
