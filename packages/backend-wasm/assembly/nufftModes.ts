import { BATCH, fft } from './fft';

/** Where cell l of a period that starts at 0 is stored: the grid is stored from -size / 2 on. */
// @ts-ignore: decorator
@inline
function storedCell(l: i32, size: i32, margin: i32): i32 {
  const half = size >> 1;
  return margin + half + (l < size - half ? l : l - size);
}

/** Adds what was spread beyond the period to where it belongs, along both axes, in place. */
export function nufftFold(grid: usize, sizeX: i32, marginX: i32, sizeY: i32, marginY: i32, stride: i32): void {
  const rows = sizeY + 2 * marginY;
  for (let row = 0; row < rows; row++) {
    const start = grid + (<usize>(row * stride + marginX) << 3);
    const period = <usize>sizeX << 3;
    for (let n = 0; n < marginX; n++) {
      const low = <usize>n << 3;
      store<f64>(start + low, load<f64>(start + low) + load<f64>(start + period + low));
      const high = start + period - 8 - low;
      store<f64>(high, load<f64>(high) + load<f64>(start - 8 - low));
    }
  }
  const period = <usize>(sizeY * stride) << 3;
  const inside = <usize>(marginY * stride) << 3;
  for (let n: usize = 0; n < inside; n += 8) {
    const low = grid + inside + n;
    store<f64>(low, load<f64>(low) + load<f64>(low + period));
    const high = grid + inside + period - 8 - n;
    store<f64>(high, load<f64>(high) + load<f64>(high - period));
  }
}

/** The modes n = lowN to highN of eight rows of a complex grid, or of sixteen of a real one, two to a transform. */
export function nufftRows(
  item: i32,
  thread: i32,
  gridRe: usize,
  gridIm: usize,
  sizeX: i32,
  marginX: i32,
  sizeY: i32,
  marginY: i32,
  stride: i32,
  plan: usize,
  twiddles: usize,
  lowN: i32,
  highN: i32,
  partial: usize,
  scratch: usize,
): void {
  const length = <usize>(8 * BATCH * sizeX);
  const data = scratch + <usize>thread * 4 * length;
  const isReal = gridIm == 0;
  const perLane = isReal ? 2 : 1;
  const first = item * BATCH * perLane;
  for (let lane = 0; lane < BATCH; lane++) {
    const row = first + perLane * lane;
    loadLine(gridRe, row, sizeX, marginX, sizeY, marginY, stride, data + <usize>(8 * lane));
    const to = data + length + <usize>(8 * lane);
    if (isReal) loadLine(gridRe, row + 1, sizeX, marginX, sizeY, marginY, stride, to);
    else loadLine(gridIm, row, sizeX, marginX, sizeY, marginY, stride, to);
  }
  const result = fft(plan, twiddles, data, data + 2 * length);
  for (let lane = 0; lane < BATCH; lane++) {
    const row = first + perLane * lane;
    const z = result + <usize>(8 * lane);
    for (let n = lowN; n <= highN; n++) {
      const plus = z + <usize>(8 * BATCH * (n < 0 ? n + sizeX : n));
      const re = load<f64>(plus);
      const im = load<f64>(plus + length);
      if (isReal) {
        // a + i b = z: a_n = (z_n + conj z_-n) / 2 and b_n = (z_n - conj z_-n) / (2 i).
        const minus = z + <usize>(8 * BATCH * (n == 0 ? 0 : sizeX - n));
        const mirroredRe = load<f64>(minus);
        const mirroredIm = load<f64>(minus + length);
        if (row < sizeY) storeMode(partial, sizeY, row, n - lowN, 0.5 * (re + mirroredRe), 0.5 * (im - mirroredIm));
        if (row + 1 < sizeY) {
          storeMode(partial, sizeY, row + 1, n - lowN, 0.5 * (im + mirroredIm), 0.5 * (mirroredRe - re));
        }
      } else if (row < sizeY) {
        storeMode(partial, sizeY, row, n - lowN, re, im);
      }
    }
  }
}

/** One row of the grid to every eighth number; zeros for rows behind the last. */
function loadLine(
  grid: usize,
  row: i32,
  sizeX: i32,
  marginX: i32,
  sizeY: i32,
  marginY: i32,
  stride: i32,
  to: usize,
): void {
  if (row >= sizeY) {
    for (let l = 0; l < sizeX; l++) {
      store<f64>(to, 0);
      to += 8 * BATCH;
    }
    return;
  }
  const line = grid + (<usize>(storedCell(row, sizeY, marginY) * stride) << 3);
  for (let l = 0; l < sizeX; l++) {
    store<f64>(to, load<f64>(line + (<usize>storedCell(l, sizeX, marginX) << 3)));
    to += 8 * BATCH;
  }
}

/** Mode `at` of a row, where the transform along y will look for it: eight modes together. */
// @ts-ignore: decorator
@inline
function storeMode(partial: usize, sizeY: i32, row: i32, at: i32, re: f64, im: f64): void {
  const block = partial + <usize>((at >> 3) * sizeY) * (16 * BATCH);
  const to = block + <usize>(8 * (BATCH * row + (at & 7)));
  store<f64>(to, re);
  store<f64>(to + <usize>(8 * BATCH * sizeY), im);
}

/**
 * Eight modes n transformed along y, deconvolved and stored: point (r, c) of the target is mode n = c - column along
 * x and m = row - r along y. For an even target (`even` not 0) row is 0, and (-m, -n) is (m, n).
 *
 * @param factorsX, factorsY what mode |n| is multiplied by
 * @param scratch per thread 16 sizeY numbers
 */
export function nufftColumns(
  item: i32,
  thread: i32,
  sizeY: i32,
  plan: usize,
  twiddles: usize,
  lowN: i32,
  highN: i32,
  lowM: i32,
  highM: i32,
  factorsX: usize,
  factorsY: usize,
  row: i32,
  column: i32,
  columns: i32,
  even: i32,
  partial: usize,
  out: usize,
  scratch: usize,
): void {
  const length = <usize>(8 * BATCH * sizeY);
  const block = partial + <usize>item * 2 * length;
  const result = fft(plan, twiddles, block, scratch + <usize>thread * 2 * length);
  const first = lowN + item * BATCH;
  const lanes = min(BATCH, highN - first + 1);
  for (let m = lowM; m <= highM; m++) {
    const factor = load<f64>(factorsY + (<usize>abs(m) << 3));
    const from = result + <usize>(8 * BATCH * (m < 0 ? m + sizeY : m));
    for (let lane = 0; lane < lanes; lane++) {
      const n = first + lane;
      const value = factor * load<f64>(factorsX + (<usize>abs(n) << 3)) * load<f64>(from + (<usize>lane << 3));
      if (!even) store<f64>(out + (<usize>((row - m) * columns + column + n) << 3), value);
      else {
        if (m <= 0) store<f64>(out + (<usize>(-m * columns + column + n) << 3), value);
        if (m >= 0) store<f64>(out + (<usize>(m * columns + column - n) << 3), value);
      }
    }
  }
}
