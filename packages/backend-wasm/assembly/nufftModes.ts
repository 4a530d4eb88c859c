import { BATCH, fft } from './fft';

/**
 * The modes n = lowN to highN of eight rows of a complex grid, or of sixteen of a real one, two to a transform. What was
 * spread beyond the period along x is added to where it belongs first.
 *
 * @param gridIm 0 for a real grid
 * @param rows that are stored
 * @param partial see `storeMode`
 * @param scratch per thread 32 sizeX numbers
 */
export function nufftRows(
  item: i32,
  thread: i32,
  gridRe: usize,
  gridIm: usize,
  sizeX: i32,
  margin: i32,
  rows: i32,
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
    loadLine(gridRe, row, sizeX, margin, rows, stride, data + <usize>(8 * lane));
    const to = data + length + <usize>(8 * lane);
    if (isReal) loadLine(gridRe, row + 1, sizeX, margin, rows, stride, to);
    else loadLine(gridIm, row, sizeX, margin, rows, stride, to);
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
        if (row < rows) storeMode(partial, rows, row, n - lowN, 0.5 * (re + mirroredRe), 0.5 * (im - mirroredIm));
        if (row + 1 < rows) {
          storeMode(partial, rows, row + 1, n - lowN, 0.5 * (im + mirroredIm), 0.5 * (mirroredRe - re));
        }
      } else if (row < rows) {
        storeMode(partial, rows, row, n - lowN, re, im);
      }
    }
    // What fills the last block of modes meets others in the transform along y.
    for (let at = highN - lowN + 1; (at & 7) != 0; at++) {
      for (let r = row; r < min(row + perLane, rows); r++) storeMode(partial, rows, r, at, 0, 0);
    }
  }
}

/** One row of the grid to every eighth number, from mode 0 on; zeros for rows behind the last. */
function loadLine(grid: usize, row: i32, sizeX: i32, margin: i32, rows: i32, stride: i32, to: usize): void {
  if (row >= rows) {
    for (let l = 0; l < sizeX; l++) {
      store<f64>(to, 0);
      to += 8 * BATCH;
    }
    return;
  }
  const line = grid + (<usize>(row * stride + margin) << 3);
  const period = <usize>sizeX << 3;
  for (let n = 0; n < margin; n++) {
    const low = line + (<usize>n << 3);
    store<f64>(low, load<f64>(low) + load<f64>(low + period));
    const high = line + period - 8 - (<usize>n << 3);
    store<f64>(high, load<f64>(high) + load<f64>(high - period));
  }
  // The period is stored from -size / 2 on.
  const half = sizeX >> 1;
  for (let l = half; l < sizeX; l++) {
    store<f64>(to, load<f64>(line + (<usize>l << 3)));
    to += 8 * BATCH;
  }
  for (let l = 0; l < half; l++) {
    store<f64>(to, load<f64>(line + (<usize>l << 3)));
    to += 8 * BATCH;
  }
}

/** Mode `at` of a row, where the transform along y will look for it: (blocks of eight modes, re and im, rows, 8). */
// @ts-ignore: decorator
@inline
function storeMode(partial: usize, rows: i32, row: i32, at: i32, re: f64, im: f64): void {
  const block = partial + <usize>((at >> 3) * rows) * (16 * BATCH);
  const to = block + <usize>(8 * (BATCH * row + (at & 7)));
  store<f64>(to, re);
  store<f64>(to + <usize>(8 * BATCH * rows), im);
}

/**
 * Sixteen modes n transformed along y, deconvolved and stored: point (r, c) of the target is mode n = c - column along
 * x and m = row - r along y. For an even target (`even` not 0) row is 0, and (-m, -n) is (m, n).
 *
 * Only real parts are wanted, which are the transforms of c(l) + conj(c(-l)): modes n and n + 8 are the real and the
 * imaginary part of one transform.
 *
 * @param margin rows stored before that of mode 0
 * @param factorsX, factorsY what mode |n| is multiplied by
 * @param scratch per thread 32 sizeY numbers
 */
export function nufftColumns(
  item: i32,
  thread: i32,
  sizeY: i32,
  margin: i32,
  rows: i32,
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
  const data = scratch + <usize>thread * 4 * length;
  memory.fill(data, 0, 2 * length);
  const block = 16 * BATCH * <usize>rows;
  const firstN = lowN + 2 * item * BATCH;
  addColumns(partial + <usize>(2 * item) * block, rows, margin, sizeY, data, length, false);
  if (firstN + BATCH <= highN) {
    addColumns(partial + <usize>(2 * item + 1) * block, rows, margin, sizeY, data, length, true);
  }
  const result = fft(plan, twiddles, data, data + 2 * length);
  for (let m = lowM; m <= highM; m++) {
    const factor = 0.5 * load<f64>(factorsY + (<usize>abs(m) << 3));
    let from = result + <usize>(8 * BATCH * (m < 0 ? m + sizeY : m));
    for (let part = 0; part < 2; part++) {
      const first = firstN + part * BATCH;
      const lanes = min(BATCH, highN - first + 1);
      for (let lane = 0; lane < lanes; lane++) {
        const n = first + lane;
        const value = factor * load<f64>(factorsX + (<usize>abs(n) << 3)) * load<f64>(from + (<usize>lane << 3));
        if (!even) store<f64>(out + (<usize>((row - m) * columns + column + n) << 3), value);
        else {
          if (m <= 0) store<f64>(out + (<usize>(-m * columns + column + n) << 3), value);
          if (m >= 0) store<f64>(out + (<usize>(m * columns + column - n) << 3), value);
        }
      }
      from += length;
    }
  }
}

/** Adds c(l) + conj(c(-l)) of the rows l of eight columns, times i for those that become the imaginary part. */
function addColumns(
  block: usize,
  rows: i32,
  margin: i32,
  size: i32,
  data: usize,
  length: usize,
  imaginary: bool,
): void {
  const toIm = <usize>(8 * BATCH * rows);
  for (let row = 0; row < rows; row++) {
    const l = row < margin ? row - margin + size : row - margin;
    const at = data + <usize>(8 * BATCH * (l < size ? l : l - size));
    const opposite = data + <usize>(8 * BATCH * (l == 0 || l == size ? 0 : l < size ? size - l : 2 * size - l));
    for (let lane: usize = 0; lane < 8 * BATCH; lane += 16) {
      const re = v128.load(block + lane);
      const im = v128.load(block + toIm + lane);
      if (imaginary) {
        add(at + lane, f64x2.neg(im));
        add(at + length + lane, re);
        add(opposite + lane, im);
        add(opposite + length + lane, re);
      } else {
        add(at + lane, re);
        add(at + length + lane, im);
        add(opposite + lane, re);
        add(opposite + length + lane, f64x2.neg(im));
      }
    }
    block += 8 * BATCH;
  }
}

// @ts-ignore: decorator
@inline
function add(to: usize, value: v128): void {
  v128.store(to, f64x2.add(v128.load(to), value));
}
