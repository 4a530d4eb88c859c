import { type CholeskyFactor, solve } from '../cholesky/cholesky.js';
import { packedIndex, stripStart } from '../cholesky/packedTriangle.js';
import type { SourceBasis } from '../evidence/sourceBasis.js';
import { addStripProduct, STRIP, stripCount, TILE_AREA } from '../strips/stripProduct.js';
import type { SupportFactor } from './positiveSystem.js';

/**
 * A factored support, in the basis in which it was factored. A coupled row costs P^2 operations, three of them at a
 * time as fast as the factorization: v = L^-1 B^t c, and products of these.
 *
 * @param diagonal (P) of B^t A B before it was factored
 */
export function supportFactor(
  factor: CholeskyFactor,
  basis: Pick<SourceBasis, 'project' | 'sourceOf'>,
  diagonal: Float64Array,
): SupportFactor {
  const { order, packed } = factor;
  const strips = stripCount(order);
  const length = TILE_AREA * strips;
  /** A strip of three solved rows each, and how many of its rows count. */
  const solved: { readonly values: Float64Array; readonly rows: number }[] = [];
  let coupled = 0;
  return {
    leastPivot: diagonal.reduce(
      (least, value, i) => Math.min(least, packed[packedIndex(i, i)] ** 2 / value),
      Number.POSITIVE_INFINITY,
    ),
    solve: (b) => basis.sourceOf(solve(factor, basis.project(b))).source,
    couple(rows) {
      const before = coupled;
      coupled += rows.length;
      const products = new Float64Array(rows.length * coupled);
      const tile = new Float64Array(TILE_AREA);
      for (let first = 0; first < rows.length; first += STRIP) {
        const strip = rows.slice(first, first + STRIP);
        const values = new Float64Array(length);
        strip.forEach((row, lane) => {
          const projected = basis.project(row);
          for (let column = 0; column < order; column++) values[STRIP * column + lane] = projected[column];
        });
        solveStrip(packed, strips, values);
        solved.push({ values, rows: strip.length });
        let column = 0;
        for (const other of solved) {
          addStripProduct(values, 0, other.values, 0, STRIP * strips, tile.fill(0), 0);
          for (let i = 0; i < strip.length; i++) {
            for (let j = 0; j < other.rows; j++) {
              const product = tile[STRIP * i + j];
              products[(first + i) * coupled + column + j] = product;
              // Rows of the same batch that came before see it too.
              if (column + j >= before && column + j < before + first) {
                products[(column + j - before) * coupled + before + first + i] = product;
              }
            }
          }
          column += other.rows;
        }
      }
      return products;
    },
  };
}

/** Three rows times L^-t in place, tile by tile: what the factorization does to three rows more. */
function solveStrip(packed: Float64Array, strips: number, values: Float64Array): void {
  const tile = new Float64Array(TILE_AREA);
  for (let strip = 0; strip < strips; strip++) {
    const at = TILE_AREA * strip;
    const row = stripStart(strip);
    addStripProduct(packed, row, values, 0, STRIP * strip, tile.fill(0), 0);
    const diagonal = row + at;
    for (let lane = 0; lane < STRIP; lane++) {
      const x0 = (values[at + lane] - tile[lane]) / packed[diagonal];
      const y1 = values[at + 3 + lane] - tile[3 + lane] - x0 * packed[diagonal + 1];
      const x1 = y1 / packed[diagonal + 4];
      const y2 = values[at + 6 + lane] - tile[6 + lane] - x0 * packed[diagonal + 2] - x1 * packed[diagonal + 5];
      values[at + lane] = x0;
      values[at + 3 + lane] = x1;
      values[at + 6 + lane] = y2 / packed[diagonal + 8];
    }
  }
}
