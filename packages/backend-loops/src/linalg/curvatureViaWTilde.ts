import { curvatureFromDenseW } from './curvatureFromDenseW.js';
import { matmulPacked, packColumns, packRows } from './matmul.js';
import { TILE } from './packedTriangle.js';
import { columnsOfDense } from './sparseColumns.js';

/**
 * Up to this fraction of elements that are not zero the sparse route is the faster one: measured for
 * M, S = 716, 540; 716, 64 and 300, 540.
 */
const SPARSE_DENSITY = 0.6;

/** Rows of W that are packed together, so that W is not held twice. */
const ROWS = 64 * TILE;

/**
 * F = T^t W T from a dense mapping matrix T, which in practice is nearly all zeros: then by
 * `curvatureFromDenseW`, otherwise by {@link curvatureOfDenseMapping}.
 *
 * @param w row-major (M, M)
 * @param mapping T, row-major (M, S)
 * @param m M
 * @param s S
 * @param out (S, S), overwritten; new when left out
 */
export function curvatureViaWTilde(
  w: Float64Array,
  mapping: Float64Array,
  m: number,
  s: number,
  out: Float64Array = new Float64Array(s * s),
): Float64Array {
  const columns = columnsOfDense(m, s, mapping, SPARSE_DENSITY * m * s);
  if (columns !== undefined) return curvatureFromDenseW(w, columns, out);
  return curvatureOfDenseMapping(w, mapping, m, s, out);
}

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
