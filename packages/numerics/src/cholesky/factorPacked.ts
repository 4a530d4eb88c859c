import { STRIP, stripCount, TILE_AREA } from '../strips/stripProduct.js';
import { subtractStripProduct } from '../strips/subtractStripProduct.js';
import { notPositiveDefinite } from './notPositiveDefinite.js';
import { stripStart } from './packedTriangle.js';

/**
 * Strips eliminated together. What has been eliminated is subtracted from the rest of the matrix
 * once per panel: a wide panel saves passes over memory, a narrow one stays in the cache. From 16
 * to 43 strips and chunks of 6 to 32 the time varies by 8 %; these are at its flat minimum.
 */
const PANEL = 32;

/** Strips, of 96 columns or 2.3 kB each, that stay in the first-level cache for all strips below. */
const CHUNK = 8;

/**
 * Cholesky factorization in place, A = L L^t: the packed lower triangle of A becomes that of L.
 *
 * Panel by panel: the columns of a panel are eliminated from left to right, then their product is
 * subtracted from the triangle that remains (right-looking between panels, left-looking within).
 * Cost S^3 / 3 operations, all but S^2 of them in {@link subtractStripProduct}. Backward stable:
 * L L^t = A + E with |E| <= (S + 1) eps |L| |L^t| (Higham, Accuracy and Stability, theorem 10.3).
 *
 * @throws NumericalFailure when a pivot is not positive and finite; `packed` is then undefined
 */
export function factorPacked(packed: Float64Array, order: number): void {
  const strips = stripCount(order);
  for (let first = 0; first < strips; first += PANEL) {
    const end = Math.min(first + PANEL, strips);
    eliminatePanel(packed, first, end, strips);
    subtractPanel(packed, first, end, strips);
  }
}

/** Finishes the columns of the strips first to end - 1, for the rows from there to the bottom. */
function eliminatePanel(values: Float64Array, first: number, end: number, strips: number): void {
  const skipped = TILE_AREA * first;
  for (let strip = first; strip < end; strip++) {
    const pivotRow = stripStart(strip);
    const diagonal = pivotRow + TILE_AREA * strip;
    const columns = STRIP * (strip - first);
    subtractStripProduct(values, diagonal, pivotRow + skipped, pivotRow + skipped, columns);
    factorTile(values, diagonal, strip);
    for (let below = strip + 1; below < strips; below++) {
      const row = stripStart(below);
      const tile = row + TILE_AREA * strip;
      subtractStripProduct(values, tile, row + skipped, pivotRow + skipped, columns);
      solveTile(values, tile, diagonal);
    }
  }
}

/** Subtracts the product of the panel first to end - 1 from the triangle behind it. */
function subtractPanel(values: Float64Array, first: number, end: number, strips: number): void {
  const skipped = TILE_AREA * first;
  const columns = STRIP * (end - first);
  for (let chunk = end; chunk < strips; chunk += CHUNK) {
    for (let strip = chunk; strip < strips; strip++) {
      const row = stripStart(strip);
      const last = Math.min(strip, chunk + CHUNK - 1);
      for (let column = chunk; column <= last; column++) {
        const tile = row + TILE_AREA * column;
        subtractStripProduct(values, tile, row + skipped, stripStart(column) + skipped, columns);
      }
    }
  }
}

/** Factors the diagonal tile of a strip in place and clears what stands above its diagonal. */
function factorTile(values: Float64Array, tile: number, strip: number): void {
  const l00 = Math.sqrt(pivot(values[tile], STRIP * strip));
  const l10 = values[tile + 1] / l00;
  const l20 = values[tile + 2] / l00;
  const l11 = Math.sqrt(pivot(values[tile + 4] - l10 * l10, STRIP * strip + 1));
  const l21 = (values[tile + 5] - l20 * l10) / l11;
  const l22 = Math.sqrt(pivot(values[tile + 8] - l20 * l20 - l21 * l21, STRIP * strip + 2));
  values[tile] = l00;
  values[tile + 1] = l10;
  values[tile + 2] = l20;
  values[tile + 3] = 0;
  values[tile + 4] = l11;
  values[tile + 5] = l21;
  values[tile + 6] = 0;
  values[tile + 7] = 0;
  values[tile + 8] = l22;
}

/** Multiplies a tile from the right by the inverse transpose of a factored diagonal tile. */
function solveTile(values: Float64Array, tile: number, diagonal: number): void {
  const l00 = values[diagonal];
  const l10 = values[diagonal + 1];
  const l20 = values[diagonal + 2];
  const l11 = values[diagonal + 4];
  const l21 = values[diagonal + 5];
  const l22 = values[diagonal + 8];
  for (let row = tile; row < tile + STRIP; row++) {
    const x0 = values[row] / l00;
    const x1 = (values[row + 3] - x0 * l10) / l11;
    values[row] = x0;
    values[row + 3] = x1;
    values[row + 6] = (values[row + 6] - x0 * l20 - x1 * l21) / l22;
  }
}

/** The pivot when it is positive and finite; a NaN is neither. */
function pivot(value: number, index: number): number {
  if (value > 0 && value < Infinity) return value;
  throw notPositiveDefinite(index, value);
}
