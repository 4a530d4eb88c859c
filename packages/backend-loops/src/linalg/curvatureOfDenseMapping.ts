import { STRIP } from '@wtilde/numerics';
import { matmulPacked, packColumns, packRows } from './matmul.js';

/** Rows of W that are packed together, so that W is not held twice. */
const ROWS = 64 * STRIP;

/** F = T^t (W T) by dense products; 2 M^2 S + 2 M S^2 operations, whatever T and W hold. */
export function curvatureOfDenseMapping(
  w: Float64Array,
  mapping: Float64Array,
  m: number,
  s: number,
  out: Float64Array = new Float64Array(s * s),
): Float64Array {
  const packedMapping = packColumns(mapping, m, s);
  const wMapping = new Float64Array(m * s);
  for (let row = 0; row < m; row += ROWS) {
    const rows = Math.min(ROWS, m - row);
    const packedW = packRows(w.subarray(row * m, (row + rows) * m), rows, m);
    const part = wMapping.subarray(row * s, (row + rows) * s);
    matmulPacked(packedW, packedMapping, rows, s, m, part);
  }
  return matmulPacked(packedMapping, packColumns(wMapping, m, s), s, s, m, out);
}
