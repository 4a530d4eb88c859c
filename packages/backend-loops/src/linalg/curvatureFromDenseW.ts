import { combineRows } from './combineRows.js';
import type { SparseColumns } from './sparseColumns.js';

/** Rows of F made at a time: eight sums share every index and weight that is read. */
const LANES = 8;

/**
 * F = T^t W T from a dense W and a sparse T, eight rows of F at a time.
 *
 * A strip X = (T^t W)[s .. s + 7, :] is a combination of rows of W, kept with the eight numbers of
 * an image pixel side by side; F[s .. s + 7, s2] is then a gathered sum over column s2 of T. The
 * strip stays in the cache and no (M, S) intermediate is made.
 *
 * Every element is computed for whatever W is. Of a symmetric W half of the second step could be
 * saved, which is 5 to 10 % of the whole; testing W for symmetry takes twice as long as that.
 *
 * Cost with E entries in T: 2 E M operations on contiguous rows and 2 E S gathered ones.
 *
 * @param w row-major (M, M)
 * @param out (S, S), overwritten; new when left out
 */
export function curvatureFromDenseW(
  w: Float64Array,
  mapping: SparseColumns,
  out: Float64Array = new Float64Array(mapping.columnCount * mapping.columnCount),
): Float64Array {
  const { rowCount, columnCount } = mapping;
  const strip = new Float64Array(LANES * rowCount);
  for (let first = 0; first < columnCount; first += LANES) {
    const lanes = Math.min(LANES, columnCount - first);
    strip.fill(0);
    for (let lane = 0; lane < lanes; lane++) {
      combineRows(mapping, first + lane, w, rowCount, strip, lane, LANES);
    }
    if (lanes === LANES) {
      gatherColumns(mapping, strip, out, first * columnCount);
    } else {
      const rows = new Float64Array(LANES * columnCount);
      gatherColumns(mapping, strip, rows, 0);
      out.set(rows.subarray(0, lanes * columnCount), first * columnCount);
    }
  }
  return out;
}

/**
 * Eight rows of a product with T:
 * out[from + S lane + s] = sum over column s of T of value * strip[8 row + lane].
 */
function gatherColumns(
  { columnCount, starts, rows, values }: SparseColumns,
  strip: Float64Array,
  out: Float64Array,
  from: number,
): void {
  let entry = 0;
  for (let column = 0; column < columnCount; column++) {
    let sum0 = 0;
    let sum1 = 0;
    let sum2 = 0;
    let sum3 = 0;
    let sum4 = 0;
    let sum5 = 0;
    let sum6 = 0;
    let sum7 = 0;
    for (const end = starts[column + 1]; entry < end; entry++) {
      const value = values[entry];
      const i = (LANES * rows[entry]) | 0;
      sum0 += value * strip[i];
      sum1 += value * strip[(i + 1) | 0];
      sum2 += value * strip[(i + 2) | 0];
      sum3 += value * strip[(i + 3) | 0];
      sum4 += value * strip[(i + 4) | 0];
      sum5 += value * strip[(i + 5) | 0];
      sum6 += value * strip[(i + 6) | 0];
      sum7 += value * strip[(i + 7) | 0];
    }
    let to = (from + column) | 0;
    out[to] = sum0;
    to = (to + columnCount) | 0;
    out[to] = sum1;
    to = (to + columnCount) | 0;
    out[to] = sum2;
    to = (to + columnCount) | 0;
    out[to] = sum3;
    to = (to + columnCount) | 0;
    out[to] = sum4;
    to = (to + columnCount) | 0;
    out[to] = sum5;
    to = (to + columnCount) | 0;
    out[to] = sum6;
    to = (to + columnCount) | 0;
    out[to] = sum7;
  }
}
