import { addTile } from './tile';
import { strips } from './vector';

/** W - U U^t in the place of W: what F and the products of W T lose, with X = T^t U. */

/** Strips of four rows of an item, and strips of columns that stay in the first-level cache while they pass. */
const GROUP = 8;
const CHUNK = 12;
/** Terms of a sum that are taken together: 192 rows of four numbers stay in the first-level cache. */
const DEPTH = 192;

/** Strips of an item of both functions here. */
export function lostGroup(): i32 {
  return GROUP;
}

/**
 * F -= X X^t in the lower triangle of F (order, order), eight strips of four rows an item; long ones come first.
 *
 * @param packed X (order, terms) by `packRows`
 * @param negated -X likewise
 */
export function subtractSquare(
  item: i32,
  thread: i32,
  packed: usize,
  negated: usize,
  terms: i32,
  order: i32,
  F: usize,
  scratch: usize,
  items: i32,
): void {
  const tile = scratch + (<usize>thread * <usize>lostScratch() << 3);
  const step = <usize>order << 3;
  const top = GROUP * (items - 1 - item);
  const bottom = min(top + GROUP, strips(order));
  const strip = <usize>terms << 5;
  for (let chunk = 0; chunk < bottom; chunk += CHUNK) {
    for (let row = max(top, chunk); row < bottom; row++) {
      const last = min(row, chunk + CHUNK - 1);
      for (let column = chunk; column <= last; column++) {
        const to = F + <usize>(4 * row) * step + (<usize>column << 5);
        const a = packed + <usize>column * strip;
        const b = negated + <usize>row * strip;
        if (row > column && 4 * row + 4 <= order) {
          addTile(to, step, a, 32, b, terms);
          continue;
        }
        memory.fill(tile, 0, 128);
        addTile(tile, 32, a, 32, b, terms);
        addPart(tile, to, step, order - 4 * row, row == column);
      }
    }
  }
}

/** Adds the rows of a tile that there are; of one on the diagonal nothing above it. */
// @ts-ignore: decorator
@inline
function addPart(tile: usize, to: usize, step: usize, rows: i32, diagonal: bool): void {
  const count = min(4, rows);
  for (let i = 0; i < count; i++) {
    if (diagonal) {
      for (let j: usize = 0; j <= <usize>i; j++) {
        store<f64>(to + (j << 3), load<f64>(to + (j << 3)) + load<f64>(tile + (j << 3)));
      }
    } else {
      v128.store(to, f64x2.add(v128.load(to), v128.load(tile)));
      v128.store(to, f64x2.add(v128.load(to, 16), v128.load(tile, 16)), 16);
    }
    tile += 32;
    to += step;
  }
}

/** Numbers of scratch that every thread needs. */
export function lostScratch(): i32 {
  return 16 + 4 * GROUP * DEPTH;
}

/**
 * Rows of A X of a symmetric A (order, order) and X (order, terms), eight strips of four an item, as slabs: groups of eight
 * columns, the eight numbers of a row side by side, with room for two rows more. A is read in columns, 192 of its rows at
 * a time.
 *
 * @param packed X by `packColumns`
 */
export function symmetricTimes(
  item: i32,
  thread: i32,
  A: usize,
  order: i32,
  packed: usize,
  terms: i32,
  slabs: usize,
  scratch: usize,
): void {
  const tile = scratch + (<usize>thread * <usize>lostScratch() << 3);
  const block = tile + 128;
  const length = <usize>(order + 2) << 6;
  const first = GROUP * item;
  const last = min(first + GROUP, strips(order));
  const width = min(4 * last, order) - 4 * first;
  for (let group = 0; group < (terms + 7) >> 3; group++) {
    memory.fill(slabs + <usize>group * length + (<usize>first << 8), 0, <usize>width << 6);
  }
  for (let depth = 0; depth < order; depth += DEPTH) {
    const count = min(DEPTH, order - depth);
    packBlock(A + (<usize>(depth * order + 4 * first) << 3), <usize>order << 3, width, count, block);
    for (let row = first; row < last; row++) {
      const from = block + <usize>(row - first) * (DEPTH << 5);
      const rows = min(4, order - 4 * row);
      for (let column = 0; column < strips(terms); column++) {
        const to = slabs + <usize>(column >> 1) * length + (<usize>row << 8) + (<usize>(column & 1) << 5);
        const a = packed + (<usize>(4 * (column * order + depth)) << 3);
        if (rows == 4) {
          addTile(to, 64, a, 32, from, count);
          continue;
        }
        memory.fill(tile, 0, 128);
        addTile(tile, 32, a, 32, from, count);
        addPart(tile, to, 64, rows, false);
      }
    }
  }
}

/** Up to 32 columns by strips of four, beyond the last what was there before. */
// @ts-ignore: decorator
@inline
function packBlock(from: usize, step: usize, width: i32, count: i32, block: usize): void {
  for (let k = 0; k < count; k++) {
    let to = block + (<usize>k << 5);
    let left = width;
    let at = from;
    for (; left >= 4; left -= 4) {
      v128.store(to, v128.load(at));
      v128.store(to, v128.load(at, 16), 16);
      at += 32;
      to += DEPTH << 5;
    }
    memory.copy(to, at, <usize>left << 3);
    from += step;
  }
}
