import { madd } from './vector';

/**
 * Adds the visibilities of one band of tiles to the fine grid. Bands of one parity touch different rows, so they may
 * run at once; all even bands come before all odd ones, and within a band the order is that of the points.
 *
 * @param item bands `parity`, parity + 2, ...
 * @param across tiles of a band
 * @param kernel int32 terms per pair of cells, then from `coefficients` on the pairs one after the other, see `evaluate`
 * @param gridIm 0 for real strengths
 */
export function nufftSpread(
  item: i32,
  thread: i32,
  parity: i32,
  across: i32,
  tileStart: usize,
  cells: usize,
  points: usize,
  width: i32,
  terms: usize,
  coefficients: usize,
  stride: i32,
  gridRe: usize,
  gridIm: usize,
  scratch: usize,
): void {
  const band = (2 * item + parity) * across;
  const end = load<i32>(tileStart + <usize>(4 * (band + across)));
  const line = <usize>(8 * width);
  const x0 = scratch + <usize>thread * (4 * line + 128);
  const x1 = x0 + line;
  const y0 = x1 + line;
  const y1 = y0 + line;
  const rowBytes = <usize>stride << 3;
  for (let p = load<i32>(tileStart + <usize>(4 * band)); p < end; p += 2) {
    const point = points + (<usize>p << 5);
    // The partner of an odd last point is whatever stands behind it; it is not spread.
    evaluate(width, terms, coefficients, point, x0, x1, y0, y1);
    spreadBoth(<usize>load<i32>(cells + <usize>(4 * p)) << 3, point, width, rowBytes, x0, y0, gridRe, gridIm);
    if (p + 1 < end) {
      const cell = <usize>load<i32>(cells + <usize>(4 * p), 4) << 3;
      spreadBoth(cell, point + 32, width, rowBytes, x1, y1, gridRe, gridIm);
    }
  }
}

/**
 * The kernel's values in the cells that two points touch along both axes. Cells j and width - 1 - j come from the even
 * and the odd part of one polynomial in the place of the point, two such pairs at a time: coefficients of both even
 * parts, then of both odd ones, from the highest power of the square down.
 */
function evaluate(
  width: i32,
  terms: usize,
  coefficients: usize,
  points: usize,
  x0: usize,
  x1: usize,
  y0: usize,
  y1: usize,
): void {
  const px0 = v128.load64_splat(points);
  const py0 = v128.load64_splat(points, 8);
  const px1 = v128.load64_splat(points, 32);
  const py1 = v128.load64_splat(points, 40);
  const sx0 = f64x2.mul(px0, px0);
  const sy0 = f64x2.mul(py0, py0);
  const sx1 = f64x2.mul(px1, px1);
  const sy1 = f64x2.mul(py1, py1);
  let left: usize = 0;
  for (let right = <usize>(8 * (width - 2)); left <= right; left += 16) {
    let ex0 = v128.load(coefficients);
    let ox0 = v128.load(coefficients, 16);
    let ey0 = ex0;
    let oy0 = ox0;
    let ex1 = ex0;
    let ox1 = ox0;
    let ey1 = ex0;
    let oy1 = ox0;
    coefficients += 32;
    for (let term = load<i32>(terms) - 1; term > 0; term--) {
      const even = v128.load(coefficients);
      const odd = v128.load(coefficients, 16);
      coefficients += 32;
      ex0 = madd(ex0, sx0, even);
      ox0 = madd(ox0, sx0, odd);
      ey0 = madd(ey0, sy0, even);
      oy0 = madd(oy0, sy0, odd);
      ex1 = madd(ex1, sx1, even);
      ox1 = madd(ox1, sx1, odd);
      ey1 = madd(ey1, sy1, even);
      oy1 = madd(oy1, sy1, odd);
    }
    terms += 4;
    storePair(x0, left, right, ex0, f64x2.mul(ox0, px0));
    storePair(y0, left, right, ey0, f64x2.mul(oy0, py0));
    storePair(x1, left, right, ex1, f64x2.mul(ox1, px1));
    storePair(y1, left, right, ey1, f64x2.mul(oy1, py1));
    right -= 16;
  }
}

// @ts-ignore: decorator
@inline
function storePair(to: usize, left: usize, right: usize, even: v128, odd: v128): void {
  v128.store(to + left, f64x2.add(even, odd));
  const mirrored = f64x2.sub(even, odd);
  v128.store(to + right, v128.shuffle<f64>(mirrored, mirrored, 1, 0));
}

function spreadBoth(
  cell: usize,
  point: usize,
  width: i32,
  rowBytes: usize,
  x: usize,
  y: usize,
  gridRe: usize,
  gridIm: usize,
): void {
  spread(gridRe + cell, v128.load64_splat(point, 16), width, rowBytes, x, y);
  if (gridIm != 0) spread(gridIm + cell, v128.load64_splat(point, 24), width, rowBytes, x, y);
}

/** grid[row, column] += strength y[row] x[column]: twelve, fourteen or sixteen columns at once, or four and two. */
function spread(grid: usize, strength: v128, width: i32, rowBytes: usize, x: usize, y: usize): void {
  const end = y + <usize>(8 * width);
  if (width == 12) spread12(grid, strength, rowBytes, x, y, end);
  else if (width == 14) spread14(grid, strength, rowBytes, x, y, end);
  else if (width == 16) {
    spread8(grid, strength, rowBytes, x, y, end);
    spread8(grid + 64, strength, rowBytes, x + 64, y, end);
  } else {
    let left = width;
    for (; left >= 4; left -= 4) {
      spread4(grid, strength, rowBytes, x, y, end);
      grid += 32;
      x += 32;
    }
    if (left > 0) spread2(grid, strength, rowBytes, x, y, end);
  }
}

function spread12(grid: usize, strength: v128, rowBytes: usize, x: usize, y: usize, end: usize): void {
  const a = v128.load(x);
  const b = v128.load(x, 16);
  const c = v128.load(x, 32);
  const d = v128.load(x, 48);
  const e = v128.load(x, 64);
  const f = v128.load(x, 80);
  for (; y < end; y += 8) {
    const factor = f64x2.mul(strength, v128.load64_splat(y));
    v128.store(grid, madd(factor, a, v128.load(grid)));
    v128.store(grid, madd(factor, b, v128.load(grid, 16)), 16);
    v128.store(grid, madd(factor, c, v128.load(grid, 32)), 32);
    v128.store(grid, madd(factor, d, v128.load(grid, 48)), 48);
    v128.store(grid, madd(factor, e, v128.load(grid, 64)), 64);
    v128.store(grid, madd(factor, f, v128.load(grid, 80)), 80);
    grid += rowBytes;
  }
}

function spread14(grid: usize, strength: v128, rowBytes: usize, x: usize, y: usize, end: usize): void {
  const a = v128.load(x);
  const b = v128.load(x, 16);
  const c = v128.load(x, 32);
  const d = v128.load(x, 48);
  const e = v128.load(x, 64);
  const f = v128.load(x, 80);
  const g = v128.load(x, 96);
  for (; y < end; y += 8) {
    const factor = f64x2.mul(strength, v128.load64_splat(y));
    v128.store(grid, madd(factor, a, v128.load(grid)));
    v128.store(grid, madd(factor, b, v128.load(grid, 16)), 16);
    v128.store(grid, madd(factor, c, v128.load(grid, 32)), 32);
    v128.store(grid, madd(factor, d, v128.load(grid, 48)), 48);
    v128.store(grid, madd(factor, e, v128.load(grid, 64)), 64);
    v128.store(grid, madd(factor, f, v128.load(grid, 80)), 80);
    v128.store(grid, madd(factor, g, v128.load(grid, 96)), 96);
    grid += rowBytes;
  }
}

function spread8(grid: usize, strength: v128, rowBytes: usize, x: usize, y: usize, end: usize): void {
  const a = v128.load(x);
  const b = v128.load(x, 16);
  const c = v128.load(x, 32);
  const d = v128.load(x, 48);
  for (; y < end; y += 8) {
    const factor = f64x2.mul(strength, v128.load64_splat(y));
    v128.store(grid, madd(factor, a, v128.load(grid)));
    v128.store(grid, madd(factor, b, v128.load(grid, 16)), 16);
    v128.store(grid, madd(factor, c, v128.load(grid, 32)), 32);
    v128.store(grid, madd(factor, d, v128.load(grid, 48)), 48);
    grid += rowBytes;
  }
}

function spread4(grid: usize, strength: v128, rowBytes: usize, x: usize, y: usize, end: usize): void {
  const a = v128.load(x);
  const b = v128.load(x, 16);
  for (; y < end; y += 8) {
    const factor = f64x2.mul(strength, v128.load64_splat(y));
    v128.store(grid, madd(factor, a, v128.load(grid)));
    v128.store(grid, madd(factor, b, v128.load(grid, 16)), 16);
    grid += rowBytes;
  }
}

function spread2(grid: usize, strength: v128, rowBytes: usize, x: usize, y: usize, end: usize): void {
  const a = v128.load(x);
  for (; y < end; y += 8) {
    const factor = f64x2.mul(strength, v128.load64_splat(y));
    v128.store(grid, madd(factor, a, v128.load(grid)));
    grid += rowBytes;
  }
}
