import type { SparseColumns } from '@wtilde/numerics';
import { freshMemory, type Scratch } from '@wtilde/numerics';
import { entryPlaces, gatherColumns, LANES } from '../sparse/gatherColumns.js';
import { addSlices, createSlices, rowSlices } from '../sparse/slices.js';

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
  scratch: Scratch = freshMemory,
): Float64Array {
  const { rowCount, columnCount } = mapping;
  const places = entryPlaces(mapping, undefined, scratch);
  const slices = createSlices(mapping, scratch);
  const strip = scratch.f64(LANES * rowCount);
  const aside = scratch.f64(LANES * columnCount);
  for (let first = 0; first < columnCount; first += LANES) {
    const lanes = Math.min(LANES, columnCount - first);
    strip.fill(0);
    for (let lane = 0; lane < lanes; lane++) {
      rowSlices(mapping, first + lane, rowCount, slices);
      addSlices(w, 0, slices, strip, lane, LANES, rowCount);
    }
    gatherColumns(mapping, places, strip, lanes, out, first * columnCount, aside);
  }
  return out;
}
