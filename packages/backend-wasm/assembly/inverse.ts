import { addTile, subtractTile } from './tile';

/**
 * The inverse of a factored matrix. L stands in the packed triangle of cholesky.ts; L^-1 is stored by strips of four of
 * its columns, each from its own diagonal down, row by row: element (k, column) with strip C = floor(column / 4) stands
 * at columns(C) + 4 (k - 4 C) + column mod 4. A product of two strips reads both contiguously.
 */

/** Strips of an item: they pass together over L, and over L^-1. */
const GROUP = 8;
/** Strips whose part of a strip of columns stays in the first-level cache. */
const PANEL = 24;

/** Strips of an item of both functions here. */
export function inverseGroup(): i32 {
  return GROUP;
}

/** Where a strip of L starts, in bytes. */
// @ts-ignore: decorator
@inline
function rows(strip: i32): usize {
  return (<usize>strip * <usize>(strip + 1)) << 6;
}

/** Where a strip of columns of L^-1 starts, in bytes. */
// @ts-ignore: decorator
@inline
function columns(strip: i32, total: i32): usize {
  const s = <usize>strip;
  return (s * <usize>total - ((s * (s - 1)) >> 1)) << 7;
}

/** Eight strips of columns of L^-1, by forward substitution, panel by panel. */
export function invertFactor(item: i32, _thread: i32, packed: usize, total: i32, inverse: usize): void {
  const from = GROUP * item;
  const to = min(from + GROUP, total);
  for (let column = from; column < to; column++) {
    const strip = inverse + columns(column, total);
    memory.fill(strip, 0, <usize>(total - column) << 7);
    for (let lane: usize = 0; lane < 4; lane++) store<f64>(strip + 40 * lane, 1);
  }
  for (let first = from; first < total; first += PANEL) {
    const end = min(first + PANEL, total);
    for (let row = first; row < total; row++) {
      const left = packed + rows(row);
      const known = min(row, end);
      for (let column = from; column < min(to, end); column++) {
        if (column > row) break;
        const start = max(first, column);
        const strip = inverse + columns(column, total);
        const tile = strip + (<usize>(row - column) << 7);
        subtractTile(tile, strip + (<usize>(start - column) << 7), left + (<usize>start << 7), 4 * (known - start));
        if (row < end) solveRows(tile, left + (<usize>row << 7));
      }
    }
  }
}

/** Multiplies a tile from the left by the inverse of a factored diagonal tile. */
function solveRows(tile: usize, diagonal: usize): void {
  for (let half: usize = 0; half < 32; half += 16) {
    const x0 = f64x2.div(v128.load(tile + half), v128.load64_splat(diagonal));
    let y = f64x2.sub(v128.load(tile + half, 32), f64x2.mul(x0, v128.load64_splat(diagonal, 8)));
    const x1 = f64x2.div(y, v128.load64_splat(diagonal, 40));
    y = f64x2.sub(v128.load(tile + half, 64), f64x2.mul(x0, v128.load64_splat(diagonal, 16)));
    y = f64x2.sub(y, f64x2.mul(x1, v128.load64_splat(diagonal, 48)));
    const x2 = f64x2.div(y, v128.load64_splat(diagonal, 80));
    y = f64x2.sub(v128.load(tile + half, 96), f64x2.mul(x0, v128.load64_splat(diagonal, 24)));
    y = f64x2.sub(y, f64x2.mul(x1, v128.load64_splat(diagonal, 56)));
    y = f64x2.sub(y, f64x2.mul(x2, v128.load64_splat(diagonal, 88)));
    const x3 = f64x2.div(y, v128.load64_splat(diagonal, 120));
    v128.store(tile + half, x0);
    v128.store(tile + half, x1, 32);
    v128.store(tile + half, x2, 64);
    v128.store(tile + half, x3, 96);
  }
}

/**
 * Eight strips of rows of L^-t L^-1, on and left of the diagonal.
 *
 * @param out rows of `step` bytes, padded to whole tiles
 */
export function multiplyInverse(item: i32, _thread: i32, inverse: usize, total: i32, out: usize, step: usize): void {
  const from = GROUP * item;
  const to = min(from + GROUP, total);
  memory.fill(out + <usize>(4 * from) * step, 0, <usize>(4 * (to - from)) * step);
  for (let first = from; first < total; first += PANEL) {
    const end = min(first + PANEL, total);
    for (let column = 0; column < to; column++) {
      const right = inverse + columns(column, total);
      for (let row = max(from, column); row < min(to, end); row++) {
        const start = max(first, row);
        const left = inverse + columns(row, total) + (<usize>(start - row) << 7);
        const tile = out + <usize>(4 * row) * step + (<usize>column << 5);
        addTile(tile, step, right + (<usize>(start - column) << 7), 32, left, 4 * (end - start));
      }
    }
  }
}
