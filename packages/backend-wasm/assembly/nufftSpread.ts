import { recordBytes } from './nufftPoints';
import { madd } from './vector';

/**
 * Adds the visibilities of one tile to the fine grids. A tile touches itself and the next ones along both axes: those
 * that are two apart may run at once, a quarter of them in each of four turns. Within a tile the order is that of the
 * records.
 *
 * @param item tiles of the turn, band by band
 * @param turn whether bands, and tiles of a band, are the even or the odd ones: bits 1 and 0
 * @param across tiles of a band, an even number
 * @param kernel int32 terms per pair of cells, then from `coefficients` on the pairs one after the other, see `evaluate`
 * @param records see `nufftScatter`; one more than there are is read
 * @param planes how many grids there are, of `first`, `second` and `third`
 */
export function nufftSpread(
  item: i32,
  thread: i32,
  turn: i32,
  across: i32,
  tileStart: usize,
  records: usize,
  width: i32,
  terms: usize,
  coefficients: usize,
  stride: i32,
  planes: i32,
  first: usize,
  second: usize,
  third: usize,
  scratch: usize,
): void {
  const half = across >> 1;
  const band = 2 * (item / half) + (turn >> 1);
  const tile = band * across + 2 * (item % half) + (turn & 1);
  const end = load<i32>(tileStart + <usize>(4 * (tile + 1)));
  const line = <usize>(8 * width);
  const x0 = scratch + <usize>thread * (4 * line + 128);
  const x1 = x0 + line;
  const y0 = x1 + line;
  const y1 = y0 + line;
  const rowBytes = <usize>stride << 3;
  const bytes = recordBytes(planes);
  for (let p = load<i32>(tileStart + <usize>(4 * tile)); p < end; p += 2) {
    const record = records + <usize>p * bytes;
    // The partner of an odd last point is whatever stands behind it; it is not spread.
    evaluate(width, terms, coefficients, record, record + bytes, x0, x1, y0, y1);
    spreadAll(record, width, rowBytes, x0, y0, planes, first, second, third);
    if (p + 1 < end) spreadAll(record + bytes, width, rowBytes, x1, y1, planes, first, second, third);
  }
}

/**
 * The kernel's values in the cells that two points touch along both axes. Cells j and width - 1 - j come from the even
 * and the odd part of one polynomial in the place of the point, two such pairs at a time: coefficients of both even
 * parts, then of both odd ones, from the highest power of the square down.
 */
export function evaluate(
  width: i32,
  terms: usize,
  coefficients: usize,
  point0: usize,
  point1: usize,
  x0: usize,
  x1: usize,
  y0: usize,
  y1: usize,
): void {
  const px0 = v128.load64_splat(point0);
  const py0 = v128.load64_splat(point0, 8);
  const px1 = v128.load64_splat(point1);
  const py1 = v128.load64_splat(point1, 8);
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

/** A point on every grid. */
function spreadAll(
  record: usize,
  width: i32,
  rowBytes: usize,
  x: usize,
  y: usize,
  planes: i32,
  first: usize,
  second: usize,
  third: usize,
): void {
  const cell = <usize>load<u32>(record, 16);
  spread(first + cell, v128.load64_splat(record, 24), width, rowBytes, x, y);
  if (planes > 1) spread(second + cell, v128.load64_splat(record, 32), width, rowBytes, x, y);
  if (planes > 2) spread(third + cell, v128.load64_splat(record, 40), width, rowBytes, x, y);
}

/** grid[row, column] += strength y[row] x[column], as many columns at once as the width has. */
function spread(grid: usize, strength: v128, width: i32, rowBytes: usize, x: usize, y: usize): void {
  const end = y + <usize>(8 * width);
  if (width == 10) spread10(grid, strength, rowBytes, x, y, end);
  else if (width == 12) spread12(grid, strength, rowBytes, x, y, end);
  else if (width == 14) spread14(grid, strength, rowBytes, x, y, end);
  else if (width == 8) spread8(grid, strength, rowBytes, x, y, end);
  else if (width == 6) spread6(grid, strength, rowBytes, x, y, end);
  else if (width == 4) spread4(grid, strength, rowBytes, x, y, end);
  else {
    spread8(grid, strength, rowBytes, x, y, end);
    spread8(grid + 64, strength, rowBytes, x + 64, y, end);
  }
}

function spread10(grid: usize, strength: v128, rowBytes: usize, x: usize, y: usize, end: usize): void {
  const a = v128.load(x);
  const b = v128.load(x, 16);
  const c = v128.load(x, 32);
  const d = v128.load(x, 48);
  const e = v128.load(x, 64);
  for (; y < end; y += 8) {
    const factor = f64x2.mul(strength, v128.load64_splat(y));
    v128.store(grid, madd(factor, a, v128.load(grid)));
    v128.store(grid, madd(factor, b, v128.load(grid, 16)), 16);
    v128.store(grid, madd(factor, c, v128.load(grid, 32)), 32);
    v128.store(grid, madd(factor, d, v128.load(grid, 48)), 48);
    v128.store(grid, madd(factor, e, v128.load(grid, 64)), 64);
    grid += rowBytes;
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

function spread6(grid: usize, strength: v128, rowBytes: usize, x: usize, y: usize, end: usize): void {
  const a = v128.load(x);
  const b = v128.load(x, 16);
  const c = v128.load(x, 32);
  for (; y < end; y += 8) {
    const factor = f64x2.mul(strength, v128.load64_splat(y));
    v128.store(grid, madd(factor, a, v128.load(grid)));
    v128.store(grid, madd(factor, b, v128.load(grid, 16)), 16);
    v128.store(grid, madd(factor, c, v128.load(grid, 32)), 32);
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
