import { addTile } from './tile';
import { cosSinOfTurns } from './turns';
import { strips } from './vector';

/** Visibilities per block. */
const BLOCK = 128;

/** Visibilities of a block of `pointTables`. */
export function pointBlock(): i32 {
  return BLOCK;
}

/** Numbers of the tables of `points` points. */
export function pointTablesLength(points: i32): i32 {
  return 16 * BLOCK * strips(points);
}

/**
 * The factors of four points for a block of visibilities, a = 2 pi (x u + y v) with the point taken relative to the
 * first: cos a and sin a one after the other, then both times w, in strips of four points.
 *
 * @param tables for every strip 8 BLOCK plain, then 8 BLOCK weighted numbers: cosines first, then sines
 * @param scratch per thread 2 BLOCK + 16 numbers
 */
export function pointTables(
  item: i32,
  thread: i32,
  uv: usize,
  weight: usize,
  count: i32,
  grid: usize,
  points: i32,
  tables: usize,
  scratch: usize,
): void {
  const cos = scratch + <usize>(thread * 8 * (2 * BLOCK + 16));
  const sin = cos + 8 * (BLOCK + 8);
  const plain = tables + <usize>item * (128 * BLOCK);
  const weighted = plain + 64 * BLOCK;
  for (let lane = 0; lane < 4; lane++) {
    const at = <usize>lane << 3;
    // The last strip is filled up with the last point.
    const point = grid + (<usize>min(4 * item + lane, points - 1) << 4);
    const y = load<f64>(point) - load<f64>(grid);
    const x = load<f64>(point, 8) - load<f64>(grid, 8);
    for (let k = 0; k < count; k++) {
      const from = uv + (<usize>k << 4);
      store<f64>(cos + (<usize>k << 3), x * load<f64>(from) + y * load<f64>(from, 8));
    }
    cosSinOfTurns(cos, count, cos, sin);
    for (let k = 0; k < count; k++) {
      const w = load<f64>(weight + (<usize>k << 3));
      const c = load<f64>(cos + (<usize>k << 3));
      const s = load<f64>(sin + (<usize>k << 3));
      const to = at + (<usize>k << 5);
      store<f64>(plain + to, c);
      store<f64>(plain + to + 32 * BLOCK, s);
      store<f64>(weighted + to, w * c);
      store<f64>(weighted + to + 32 * BLOCK, w * s);
    }
  }
}

/**
 * W += weighted tables times tables, on and below the diagonal, for four rows.
 *
 * @param w (4 strips, step bytes a row), padded to whole tiles
 */
export function addPointProducts(item: i32, _thread: i32, tables: usize, count: i32, w: usize, step: usize): void {
  const weighted = tables + <usize>item * (128 * BLOCK) + 64 * BLOCK;
  const row = w + <usize>(4 * item) * step;
  for (let j = 0; j <= item; j++) {
    const plain = tables + <usize>j * (128 * BLOCK);
    const c = row + (<usize>j << 5);
    addTile(c, step, plain, 32, weighted, count);
    addTile(c, step, plain + 32 * BLOCK, 32, weighted + 32 * BLOCK, count);
  }
}
