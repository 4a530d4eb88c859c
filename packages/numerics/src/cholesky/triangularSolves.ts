import { STRIP, stripCount, TILE_AREA } from '../strips/stripProduct.js';
import { stripStart } from './packedTriangle.js';

/**
 * Forward substitution in place: x becomes L^-1 x. S^2 operations.
 *
 * @param packed lower triangle L as `factorPacked` leaves it
 * @param x `STRIP * stripCount(order)` numbers, those past the order zero
 */
export function solveLower(packed: Float64Array, order: number, x: Float64Array): void {
  const strips = stripCount(order);
  for (let strip = 0; strip < strips; strip++) {
    const row = STRIP * strip;
    const diagonal = stripStart(strip) + TILE_AREA * strip;
    let x0 = x[row];
    let x1 = x[row + 1];
    let x2 = x[row + 2];
    let i = stripStart(strip) | 0;
    for (let column = 0; column < row; column++) {
      const known = x[column];
      x0 -= packed[i] * known;
      x1 -= packed[(i + 1) | 0] * known;
      x2 -= packed[(i + 2) | 0] * known;
      i = (i + STRIP) | 0;
    }
    x0 /= packed[diagonal];
    x1 = (x1 - packed[diagonal + 1] * x0) / packed[diagonal + 4];
    x2 = (x2 - packed[diagonal + 2] * x0 - packed[diagonal + 5] * x1) / packed[diagonal + 8];
    x[row] = x0;
    x[row + 1] = x1;
    x[row + 2] = x2;
  }
}

/**
 * Backward substitution in place: x becomes L^-t x. S^2 operations.
 *
 * By rows of L, which are contiguous: a found unknown is subtracted from all earlier equations.
 *
 * @param packed lower triangle L as `factorPacked` leaves it
 * @param x `STRIP * stripCount(order)` numbers, those past the order zero
 */
export function solveLowerTransposed(packed: Float64Array, order: number, x: Float64Array): void {
  for (let strip = stripCount(order) - 1; strip >= 0; strip--) {
    const row = STRIP * strip;
    const diagonal = stripStart(strip) + TILE_AREA * strip;
    const x2 = x[row + 2] / packed[diagonal + 8];
    const x1 = (x[row + 1] - packed[diagonal + 5] * x2) / packed[diagonal + 4];
    const x0 = (x[row] - packed[diagonal + 1] * x1 - packed[diagonal + 2] * x2) / packed[diagonal];
    x[row] = x0;
    x[row + 1] = x1;
    x[row + 2] = x2;
    let i = stripStart(strip) | 0;
    for (let column = 0; column < row; column++) {
      x[column] -= packed[i] * x0 + packed[(i + 1) | 0] * x1 + packed[(i + 2) | 0] * x2;
      i = (i + STRIP) | 0;
    }
  }
}
