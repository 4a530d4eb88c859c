import { BATCH, fft } from './fft';
import { recordBytes } from './nufftPoints';
import { evaluate } from './nufftSpread';
import { across, madd } from './vector';

/**
 * The field of an image on the fine grid, its modes divided by the transform of the kernel beforehand:
 * field(s, t) = sum image(m, n) factor(m, n) exp(-2 pi i (n s + m t)). Reading it with the kernel gives the type-2
 * non-uniform FFT. As the image is real, the field at (-s, -t) is the conjugate one: half of the rows are enough.
 */

/**
 * Sixteen rows of an image transformed along x, two to a transform, as (blocks of eight cells, re and im, rows, 8).
 *
 * @param row, column the point of mode (0, 0)
 * @param scratch per thread 32 sizeX numbers
 */
export function fieldRows(
  item: i32,
  thread: i32,
  image: usize,
  rows: i32,
  columns: i32,
  row: i32,
  column: i32,
  factorsX: usize,
  factorsY: usize,
  sizeX: i32,
  plan: usize,
  twiddles: usize,
  partial: usize,
  scratch: usize,
): void {
  const length = <usize>(8 * BATCH * sizeX);
  const data = scratch + <usize>thread * 4 * length;
  memory.fill(data, 0, 2 * length);
  const first = 2 * BATCH * item;
  const last = min(rows, first + 2 * BATCH);
  for (let r = first; r < last; r++) {
    const factor = load<f64>(factorsY + (<usize>abs(row - r) << 3));
    const lane = data + <usize>(8 * ((r - first) >> 1)) + (r & 1 ? length : 0);
    const from = image + (<usize>(r * columns) << 3);
    for (let c = 0; c < columns; c++) {
      const n = c - column;
      const value = factor * load<f64>(factorsX + (<usize>abs(n) << 3)) * load<f64>(from + (<usize>c << 3));
      store<f64>(lane + <usize>(8 * BATCH * (n < 0 ? n + sizeX : n)), value);
    }
  }
  const result = fft(plan, twiddles, data, data + 2 * length);
  for (let r = first; r < last; r++) {
    const lane = result + <usize>(8 * ((r - first) >> 1));
    for (let l = 0; l < sizeX; l++) {
      // a + i b = z: a_l = (z_l + conj z_-l) / 2 and b_l = (z_l - conj z_-l) / (2 i).
      const plus = lane + <usize>(8 * BATCH * l);
      const minus = lane + <usize>(8 * BATCH * (l == 0 ? 0 : sizeX - l));
      const re = load<f64>(plus);
      const im = load<f64>(plus + length);
      const mirroredRe = load<f64>(minus);
      const mirroredIm = load<f64>(minus + length);
      const to = partial + <usize>(8 * BATCH) * <usize>(2 * (l >> 3) * rows + r) + <usize>(8 * (l & 7));
      if (r & 1) {
        store<f64>(to, 0.5 * (im + mirroredIm));
        store<f64>(to + <usize>(8 * BATCH * rows), 0.5 * (mirroredRe - re));
      } else {
        store<f64>(to, 0.5 * (re + mirroredRe));
        store<f64>(to + <usize>(8 * BATCH * rows), 0.5 * (im - mirroredIm));
      }
    }
  }
}

/**
 * Eight cells along x transformed along y, to the stored rows of the grid.
 *
 * @param marginX, marginY cells stored before the period along x and before row 0
 * @param stored rows of the grid
 * @param scratch per thread 32 sizeY numbers
 */
export function fieldColumns(
  item: i32,
  thread: i32,
  rows: i32,
  row: i32,
  sizeX: i32,
  marginX: i32,
  sizeY: i32,
  marginY: i32,
  stored: i32,
  stride: i32,
  plan: usize,
  twiddles: usize,
  partial: usize,
  gridRe: usize,
  gridIm: usize,
  scratch: usize,
): void {
  const length = <usize>(8 * BATCH * sizeY);
  const data = scratch + <usize>thread * 4 * length;
  memory.fill(data, 0, 2 * length);
  const from = partial + <usize>(16 * BATCH * item * rows);
  for (let r = 0; r < rows; r++) {
    const m = row - r;
    const to = data + <usize>(8 * BATCH * (m < 0 ? m + sizeY : m));
    memory.copy(to, from + <usize>(8 * BATCH * r), 8 * BATCH);
    memory.copy(to + length, from + <usize>(8 * BATCH * (rows + r)), 8 * BATCH);
  }
  const result = fft(plan, twiddles, data, data + 2 * length);
  const lanes = min(BATCH, sizeX - BATCH * item);
  const half = sizeX >> 1;
  for (let q = 0; q < stored; q++) {
    let l = q - marginY;
    if (l < 0) l += sizeY;
    else if (l >= sizeY) l -= sizeY;
    const values = result + <usize>(8 * BATCH * l);
    for (let lane = 0; lane < lanes; lane++) {
      const x = BATCH * item + lane;
      // The period is stored from -size / 2 on.
      const cell = marginX + half + (x < sizeX - half ? x : x - sizeX);
      const at = <usize>(q * stride + cell) << 3;
      store<f64>(gridRe + at, load<f64>(values + (<usize>lane << 3)));
      store<f64>(gridIm + at, load<f64>(values + length + (<usize>lane << 3)));
    }
  }
}

/** Repeats the ends of the period of a row beyond the other end. */
export function fieldMargins(row: i32, _thread: i32, grid: usize, sizeX: i32, marginX: i32, stride: i32): void {
  const start = grid + (<usize>(row * stride) << 3);
  const margin = <usize>marginX << 3;
  const period = <usize>sizeX << 3;
  memory.copy(start, start + period, margin);
  memory.copy(start + margin + period, start + margin, margin);
}

/**
 * Reads the visibilities of one band of tiles off the fine grid.
 *
 * @param records of two strengths: the number of the visibility, and 1, or -1 where it was turned around
 * @param first the number of the visibility that is written first
 * @param im becomes the negative imaginary part
 */
export function fieldRead(
  band: i32,
  thread: i32,
  tilesAcross: i32,
  tileStart: usize,
  records: usize,
  width: i32,
  terms: usize,
  coefficients: usize,
  stride: i32,
  gridRe: usize,
  gridIm: usize,
  first: i32,
  re: usize,
  im: usize,
  scratch: usize,
): void {
  const end = load<i32>(tileStart + <usize>(4 * (band + 1) * tilesAcross));
  const line = <usize>(8 * width);
  const x0 = scratch + <usize>thread * (4 * line + 128);
  const x1 = x0 + line;
  const y0 = x1 + line;
  const y1 = y0 + line;
  const rowBytes = <usize>stride << 3;
  const bytes = recordBytes(2);
  for (let p = load<i32>(tileStart + <usize>(4 * band * tilesAcross)); p < end; p += 2) {
    const record = records + <usize>p * bytes;
    // The partner of an odd last point is whatever stands behind it; it is not read.
    evaluate(width, terms, coefficients, record, record + bytes, x0, x1, y0, y1);
    read(record, width, rowBytes, x0, y0, gridRe, gridIm, first, re, im);
    if (p + 1 < end) read(record + bytes, width, rowBytes, x1, y1, gridRe, gridIm, first, re, im);
  }
}

function read(
  record: usize,
  width: i32,
  rowBytes: usize,
  x: usize,
  y: usize,
  gridRe: usize,
  gridIm: usize,
  first: i32,
  re: usize,
  im: usize,
): void {
  const cell = <usize>load<u32>(record, 16);
  let sumRe = f64x2.splat(0);
  let sumIm = sumRe;
  gridRe += cell;
  gridIm += cell;
  const columns = <usize>(8 * width);
  for (const end = y + columns; y < end; y += 8) {
    let rowRe = f64x2.mul(v128.load(x), v128.load(gridRe));
    let rowIm = f64x2.mul(v128.load(x), v128.load(gridIm));
    for (let at: usize = 16; at < columns; at += 16) {
      const factor = v128.load(x + at);
      rowRe = madd(factor, v128.load(gridRe + at), rowRe);
      rowIm = madd(factor, v128.load(gridIm + at), rowIm);
    }
    const factor = v128.load64_splat(y);
    sumRe = madd(factor, rowRe, sumRe);
    sumIm = madd(factor, rowIm, sumIm);
    gridRe += rowBytes;
    gridIm += rowBytes;
  }
  const to = <usize>(<i32>load<f64>(record, 24) - first) << 3;
  store<f64>(re + to, across(sumRe));
  store<f64>(im + to, -load<f64>(record, 32) * across(sumIm));
}
