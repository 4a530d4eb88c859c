import { STRIP, stripCount, TILE_AREA } from '../strips/stripProduct.js';

/**
 * A lower triangle stored as square tiles, the layout in which the Cholesky factorization runs.
 *
 * Rows are taken three at a time into strips, and a strip is stored column by column: element
 * (row, column) stands at `stripStart(strip) + 3 column + row mod 3` with strip = floor(row / 3),
 * for columns 0 to 3 strip + 2. So a strip is a run of 3 x 3 tiles, the last one on the diagonal,
 * as `stripProduct.ts` reads them.
 *
 * The last strip is padded with rows of the unit matrix, which leave a factorization, its
 * determinant and its solutions as they are. Above the diagonal of a tile stand zeros.
 */

/** Where a strip starts; for `stripCount(order)` the length of the whole packed triangle. */
export function stripStart(strip: number): number {
  return (TILE_AREA * strip * (strip + 1)) / 2;
}

/** Numbers in the packed triangle of an (order, order) matrix: about order^2 / 2. */
export function packedLength(order: number): number {
  return stripStart(stripCount(order));
}

/**
 * Packs the sum of lower triangles: packed = sum over the terms, on and below the diagonal.
 *
 * @param order rows and columns S
 * @param terms row-major (S, S) matrices, at least one; nothing above their diagonals is read
 * @param packed `packedLength(order)` numbers, overwritten; new when left out
 */
export function packLowerTriangle(
  order: number,
  terms: readonly Float64Array[],
  packed: Float64Array = new Float64Array(packedLength(order)),
): Float64Array {
  packed.fill(0);
  for (const term of terms) {
    for (let row = 0; row < order; row++) {
      const strip = Math.floor(row / STRIP);
      const from = row * order;
      let to = stripStart(strip) + (row - strip * STRIP);
      for (let column = 0; column <= row; column++, to += STRIP) {
        packed[to] += term[from + column];
      }
    }
  }
  for (let row = order; row < stripCount(order) * STRIP; row++) {
    packed[packedIndex(row, row)] = 1;
  }
  return packed;
}

/**
 * Unpacks into a row-major (S, S) matrix with zeros above the diagonal.
 *
 * @param out (S, S), overwritten; new when left out
 */
export function unpackLowerTriangle(
  order: number,
  packed: Float64Array,
  out: Float64Array = new Float64Array(order * order),
): Float64Array {
  for (let row = 0; row < order; row++) {
    const to = row * order;
    let from = packedIndex(row, 0);
    for (let column = 0; column <= row; column++, from += STRIP) out[to + column] = packed[from];
    out.fill(0, to + row + 1, to + order);
  }
  return out;
}

/** Where the element of a row and a column, column <= 3 floor(row / 3) + 2, is stored. */
export function packedIndex(row: number, column: number): number {
  const strip = Math.floor(row / STRIP);
  return stripStart(strip) + STRIP * column + (row - strip * STRIP);
}
