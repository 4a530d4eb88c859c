import { addTile } from './tile';
import { strips } from './vector';

/** Strips of an item, and strips of columns that stay in the first-level cache while they pass. */
const GROUP = 8;
const CHUNK = 12;

/** Strips of an item of `subtractSquare`. */
export function squareGroup(): i32 {
  return GROUP;
}

/**
 * F -= X X^t in the lower triangle of F (order, order), eight strips of four rows an item; long ones come first.
 *
 * @param packed X (order, terms) by `packRows`
 * @param scratch a tile for every thread
 */
export function subtractSquare(
  item: i32,
  thread: i32,
  packed: usize,
  terms: i32,
  order: i32,
  F: usize,
  scratch: usize,
  items: i32,
): void {
  const tile = scratch + (<usize>thread << 7);
  const step = <usize>order << 3;
  const top = GROUP * (items - 1 - item);
  const bottom = min(top + GROUP, strips(order));
  const strip = <usize>terms << 5;
  for (let chunk = 0; chunk < bottom; chunk += CHUNK) {
    for (let row = max(top, chunk); row < bottom; row++) {
      const last = min(row, chunk + CHUNK - 1);
      for (let column = chunk; column <= last; column++) {
        memory.fill(tile, 0, 128);
        addTile(tile, 32, packed + <usize>column * strip, 32, packed + <usize>row * strip, terms);
        subtractPart(tile, F + <usize>(4 * row) * step + (<usize>column << 5), step, order - 4 * row, row == column);
      }
    }
  }
}

/** Subtracts the rows of a tile that there are; of one on the diagonal nothing above it. */
// @ts-ignore: decorator
@inline
function subtractPart(tile: usize, to: usize, step: usize, rows: i32, diagonal: bool): void {
  const count = min(4, rows);
  for (let i = 0; i < count; i++) {
    if (diagonal) {
      for (let j: usize = 0; j <= <usize>i; j++) {
        store<f64>(to + (j << 3), load<f64>(to + (j << 3)) - load<f64>(tile + (j << 3)));
      }
    } else {
      v128.store(to, f64x2.sub(v128.load(to), v128.load(tile)));
      v128.store(to, f64x2.sub(v128.load(to, 16), v128.load(tile, 16)), 16);
    }
    tile += 32;
    to += step;
  }
}
