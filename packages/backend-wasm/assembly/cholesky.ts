import { subtractTile } from './tile';
import { strips } from './vector';

/**
 * A lower triangle stored as 4 x 4 tiles: strips of four rows, each column by column, so that element (row, column)
 * stands at start(strip) + 4 column + row mod 4 with strip = floor(row / 4), for columns 0 to 4 strip + 3. A product
 * of two strips reads both contiguously. The last strip is padded with rows of the unit matrix.
 */

/** Strips eliminated together: what they give is subtracted from the rest of the matrix once per panel. */
const PANEL = 24;
/** Strips whose part of a panel stays in the first-level cache for all strips below. */
const CHUNK = 8;

/** Where a strip starts, in bytes. */
// @ts-ignore: decorator
@inline
function start(strip: i32): usize {
  return (<usize>strip * <usize>(strip + 1)) << 6;
}

/** Strips of a panel. */
export function choleskyPanel(): i32 {
  return PANEL;
}

/**
 * Packs four rows of the lower triangle of a row-major matrix, or adds them where `more` is not 0.
 *
 * @param step bytes of a row
 */
export function packLower(item: i32, _thread: i32, order: i32, matrix: usize, step: usize, more: i32, packed: usize): void {
  const strip = packed + start(item);
  const width = 4 * item + 4;
  for (let lane = 0; lane < 4; lane++) {
    const row = 4 * item + lane;
    let to = strip + (<usize>lane << 3);
    let from = matrix + <usize>row * step;
    for (let column = 0; column < width; column++) {
      let value = 0.0;
      if (row >= order) value = row == column ? 1 : 0;
      else if (column <= row) value = load<f64>(from) + (more ? load<f64>(to) : 0);
      store<f64>(to, value);
      from += 8;
      to += 32;
    }
  }
}

/**
 * Finishes the diagonal block of a panel, strips first to end - 1.
 *
 * @param failed where the first pivot that is not positive and finite is left
 * @returns its row, or -1
 */
export function factorDiagonal(packed: usize, first: i32, end: i32, failed: usize): i32 {
  for (let strip = first; strip < end; strip++) {
    const row = packed + start(strip);
    const tile = row + (<usize>strip << 7);
    subtractTile(tile, row + (<usize>first << 7), row + (<usize>first << 7), 4 * (strip - first));
    const bad = factorTile(tile, failed);
    if (bad >= 0) return 4 * strip + bad;
    for (let below = strip + 1; below < end; below++) {
      const left = packed + start(below);
      subtractTile(left + (<usize>strip << 7), left + (<usize>first << 7), row + (<usize>first << 7), 4 * (strip - first));
      solveTile(left + (<usize>strip << 7), tile);
    }
  }
  return -1;
}

/** Finishes the columns of a panel in one strip below it. */
export function solvePanel(item: i32, _thread: i32, packed: usize, first: i32, end: i32): void {
  const left = packed + start(end + item);
  for (let strip = first; strip < end; strip++) {
    const row = packed + start(strip);
    const tile = left + (<usize>strip << 7);
    subtractTile(tile, left + (<usize>first << 7), row + (<usize>first << 7), 4 * (strip - first));
    solveTile(tile, row + (<usize>strip << 7));
  }
}

/** Strips of an item of `subtractPanel`. */
export function choleskyGroup(): i32 {
  return CHUNK;
}

/** Subtracts the product of a panel from eight strips of the triangle behind it; long strips come first. */
export function subtractPanel(
  item: i32,
  _thread: i32,
  packed: usize,
  first: i32,
  end: i32,
  total: i32,
  items: i32,
): void {
  const skipped = <usize>first << 7;
  const columns = 4 * (end - first);
  const top = end + CHUNK * (items - 1 - item);
  const bottom = min(top + CHUNK, total);
  for (let chunk = end; chunk < bottom; chunk += CHUNK) {
    for (let strip = max(top, chunk); strip < bottom; strip++) {
      const row = packed + start(strip);
      const last = min(strip, chunk + CHUNK - 1);
      for (let column = chunk; column <= last; column++) {
        subtractTile(row + (<usize>column << 7), row + skipped, packed + start(column) + skipped, columns);
      }
    }
  }
}

/** Factors a diagonal tile in place and clears what stands above its diagonal; the failing pivot or -1. */
function factorTile(tile: usize, failed: usize): i32 {
  for (let column = 0; column < 4; column++) {
    const at = tile + (<usize>column << 5);
    const diagonal = at + (<usize>column << 3);
    let pivot = load<f64>(diagonal);
    for (let k = 0; k < column; k++) {
      const l = load<f64>(tile + (<usize>k << 5) + (<usize>column << 3));
      pivot -= l * l;
    }
    if (!(pivot > 0 && pivot < Infinity)) {
      store<f64>(failed, pivot);
      return column;
    }
    const root = sqrt(pivot);
    store<f64>(diagonal, root);
    for (let row = column + 1; row < 4; row++) {
      let value = load<f64>(at + (<usize>row << 3));
      for (let k = 0; k < column; k++) {
        const left = tile + (<usize>k << 5);
        value -= load<f64>(left + (<usize>row << 3)) * load<f64>(left + (<usize>column << 3));
      }
      store<f64>(at + (<usize>row << 3), value / root);
    }
    for (let row = 0; row < column; row++) store<f64>(at + (<usize>row << 3), 0);
  }
  return -1;
}

/** Multiplies a tile from the right by the inverse transpose of a factored diagonal tile. */
function solveTile(tile: usize, diagonal: usize): void {
  const l00 = v128.load64_splat(diagonal);
  const l10 = v128.load64_splat(diagonal, 8);
  const l20 = v128.load64_splat(diagonal, 16);
  const l30 = v128.load64_splat(diagonal, 24);
  const l11 = v128.load64_splat(diagonal, 40);
  const l21 = v128.load64_splat(diagonal, 48);
  const l31 = v128.load64_splat(diagonal, 56);
  const l22 = v128.load64_splat(diagonal, 80);
  const l32 = v128.load64_splat(diagonal, 88);
  const l33 = v128.load64_splat(diagonal, 120);
  for (const end = tile + 32; tile < end; tile += 16) {
    const x0 = f64x2.div(v128.load(tile), l00);
    const x1 = f64x2.div(f64x2.sub(v128.load(tile, 32), f64x2.mul(x0, l10)), l11);
    const y2 = f64x2.sub(f64x2.sub(v128.load(tile, 64), f64x2.mul(x0, l20)), f64x2.mul(x1, l21));
    const x2 = f64x2.div(y2, l22);
    const y3 = f64x2.sub(f64x2.sub(v128.load(tile, 96), f64x2.mul(x0, l30)), f64x2.mul(x1, l31));
    const x3 = f64x2.div(f64x2.sub(y3, f64x2.mul(x2, l32)), l33);
    v128.store(tile, x0);
    v128.store(tile, x1, 32);
    v128.store(tile, x2, 64);
    v128.store(tile, x3, 96);
  }
}

/** diagonal[row] = L_row,row. */
export function factorDiagonalOf(packed: usize, order: i32, diagonal: usize): void {
  for (let row = 0; row < order; row++) {
    const from = packed + start(row >> 2) + (<usize>(4 * row + (row & 3)) << 3);
    store<f64>(diagonal + (<usize>row << 3), load<f64>(from));
  }
}

/** x becomes (L L^t)^-1 x by two substitutions; x padded with zeros to whole strips. */
export function solveFactored(packed: usize, order: i32, x: usize): void {
  const total = strips(order);
  for (let strip = 0; strip < total; strip++) forward(packed + start(strip), x, x + (<usize>strip << 5));
  for (let strip = total - 1; strip >= 0; strip--) backward(packed + start(strip), x, x + (<usize>strip << 5));
}

/** The four unknowns at `at` from those before them. */
function forward(row: usize, x: usize, at: usize): void {
  let low = v128.load(at);
  let high = v128.load(at, 16);
  let low2 = f64x2.splat(0);
  let high2 = low2;
  while (x < at) {
    let known = v128.load64_splat(x);
    low = f64x2.sub(low, f64x2.mul(known, v128.load(row)));
    high = f64x2.sub(high, f64x2.mul(known, v128.load(row, 16)));
    known = v128.load64_splat(x, 8);
    low2 = f64x2.sub(low2, f64x2.mul(known, v128.load(row, 32)));
    high2 = f64x2.sub(high2, f64x2.mul(known, v128.load(row, 48)));
    row += 64;
    x += 16;
  }
  low = f64x2.add(low, low2);
  high = f64x2.add(high, high2);
  const x0 = f64x2.extract_lane(low, 0) / load<f64>(row);
  const x1 = (f64x2.extract_lane(low, 1) - load<f64>(row, 8) * x0) / load<f64>(row, 40);
  const y2 = f64x2.extract_lane(high, 0) - load<f64>(row, 16) * x0 - load<f64>(row, 48) * x1;
  const x2 = y2 / load<f64>(row, 80);
  const y3 = f64x2.extract_lane(high, 1) - load<f64>(row, 24) * x0 - load<f64>(row, 56) * x1;
  store<f64>(at, x0);
  store<f64>(at, x1, 8);
  store<f64>(at, x2, 16);
  store<f64>(at, (y3 - load<f64>(row, 88) * x2) / load<f64>(row, 120), 24);
}

/** The four unknowns at `at` from what is left of them, subtracted from all earlier equations. */
function backward(row: usize, x: usize, at: usize): void {
  const tile = row + ((at - x) << 2);
  const x3 = load<f64>(at, 24) / load<f64>(tile, 120);
  const x2 = (load<f64>(at, 16) - load<f64>(tile, 88) * x3) / load<f64>(tile, 80);
  const y1 = load<f64>(at, 8) - load<f64>(tile, 48) * x2 - load<f64>(tile, 56) * x3;
  const x1 = y1 / load<f64>(tile, 40);
  const y0 = load<f64>(at) - load<f64>(tile, 8) * x1 - load<f64>(tile, 16) * x2 - load<f64>(tile, 24) * x3;
  const x0 = y0 / load<f64>(tile);
  store<f64>(at, x0);
  store<f64>(at, x1, 8);
  store<f64>(at, x2, 16);
  store<f64>(at, x3, 24);
  const low = f64x2.replace_lane(f64x2.splat(x0), 1, x1);
  const high = f64x2.replace_lane(f64x2.splat(x2), 1, x3);
  while (x < at) {
    const a = f64x2.add(f64x2.mul(low, v128.load(row)), f64x2.mul(high, v128.load(row, 16)));
    const b = f64x2.add(f64x2.mul(low, v128.load(row, 32)), f64x2.mul(high, v128.load(row, 48)));
    const sums = f64x2.add(v128.shuffle<f64>(a, b, 0, 2), v128.shuffle<f64>(a, b, 1, 3));
    v128.store(x, f64x2.sub(v128.load(x), sums));
    row += 64;
    x += 16;
  }
}
