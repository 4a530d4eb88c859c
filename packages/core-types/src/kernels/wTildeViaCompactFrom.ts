import { defineKernel } from '../descriptor.js';
import { nativeIndexInSquare, wCompact } from '../fragments/wTables.js';
import * as is from '../params.js';

export const wTildeViaCompactFrom = defineKernel({
  name: 'wTildeViaCompactFrom',
  upstream: 'w_tilde_via_compact_from',
  number: 7,
  formula: 'W_ij = C[|p0|, (p0 >= 0 ? p1 : -p1) + N-1], p = native_i - native_j',
  params: { wCompact, nativeIndexForSlimIndex: nativeIndexInSquare },
  returns: is.arrayResult('real', ['M', 'M'], 'exact', 'the precision matrix W'),
  minimumPrecision: 'float32',
});
