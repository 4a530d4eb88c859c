import { combineRows } from './combineRows';
import { gatherThroughMapping, interweave, LANES } from './mappingGather';
import { madd } from './vector';

/**
 * Columns 8 item to 8 item + 7 of W T, as packed images, interwoven; and rows of F = T^t W T from them where wanted.
 *
 * Column s of W T is the sum, over the entries (j, t) of column s of T, of t times a slice of the table for every row of
 * the image: twice the products of curvatureConvolution, which needs one half of W only.
 *
 * @param entryRow, entryColumn the pixel of every entry
 * @param places its place in a packed image
 * @param table W in both directions (2 rows - 1, 2 columns - 1), 16 numbers to spare on both sides
 * @param rowLow, rowWidth, rowStart first column, padded width and place of the run of every row
 * @param out groups of 8 `packed` numbers from `firstGroup` on
 * @param curvature where F (S, S) is to stand, or 0
 * @param scratch per thread 8 `packed` numbers, and `most` int32, the longest column of T rounded up to two
 */
export function mappedColumns(
  item: i32,
  thread: i32,
  firstGroup: i32,
  columnStart: usize,
  entryRow: usize,
  entryColumn: usize,
  places: usize,
  weights: usize,
  pixels: i32,
  table: usize,
  columns: i32,
  rows: i32,
  rowLow: usize,
  rowWidth: usize,
  rowStart: usize,
  packed: i32,
  most: i32,
  out: usize,
  curvature: usize,
  scratch: usize,
): void {
  const plane = <usize>packed << 3;
  const planes = scratch + <usize>thread * (8 * plane + (<usize>most << 2));
  const offsets = planes + 8 * plane;
  const woven = out + <usize>item * 8 * plane;
  const tableWidth = 2 * columns - 1;
  const group = LANES * (firstGroup + item);
  const lanes = min(LANES, pixels - group);
  if (lanes < LANES) memory.fill(planes, 0, 8 * plane);
  for (let lane = 0; lane < lanes; lane++) {
    const image = planes + <usize>lane * plane;
    const at = columnStart + (<usize>(group + lane) << 2);
    const first = load<i32>(at);
    const count = load<i32>(at, 4) - first;
    for (let n = 0; n < count; n++) {
      const entry = <usize>(first + n) << 2;
      const down = rows - 1 - load<i32>(entryRow + entry);
      const right = columns - 1 - load<i32>(entryColumn + entry);
      store<i32>(offsets + (<usize>n << 2), down * tableWidth + right);
    }
    for (let row = 0; row < rows; row++) {
      const width = load<i32>(rowWidth + (<usize>row << 2));
      if (width == 0) continue;
      const base = row * tableWidth + load<i32>(rowLow + (<usize>row << 2));
      const to = image + (<usize>load<i32>(rowStart + (<usize>row << 2)) << 3);
      combineRows(table + (<usize>base << 3), offsets, weights + (<usize>first << 3), count, to, width);
    }
  }
  interweave(planes, plane, packed, woven);
  if (curvature == 0) return;
  gatherThroughMapping(columnStart, places, weights, pixels, woven, lanes, curvature + (<usize>(group * pixels) << 3));
}

/**
 * Columns of X as they go with a group of W T, row by row: eight numbers of a source pixel in one cache line, and behind
 * them the group's part of two vectors. Zeros beyond the last source pixel.
 */
export function packSlab(
  item: i32,
  _thread: i32,
  firstGroup: i32,
  X: usize,
  s: usize,
  q: usize,
  pixels: i32,
  slabs: usize,
): void {
  const group = LANES * (firstGroup + item);
  const bytes = <usize>min(LANES, pixels - group) << 3;
  const at = <usize>group << 3;
  let to = slabs + (<usize>item * <usize>(pixels + 2) << 6);
  memory.fill(to, 0, <usize>(pixels + 2) << 6);
  const step = <usize>pixels << 3;
  let from = X + at;
  for (let j = 0; j < pixels; j++) {
    memory.copy(to, from, bytes);
    from += step;
    to += 64;
  }
  memory.copy(to, s + at, bytes);
  memory.copy(to + 64, q + at, bytes);
}

/** Image pixels of an item of `mappedProducts`. */
const PIXELS = 256;

export function mappedProductsPixels(): i32 {
  return PIXELS;
}

/**
 * Adds, for 256 image pixels, the products of some groups of W T with X on the entries of T, and with two vectors: as
 * pairs of numbers that are still to be added.
 *
 * @param position the place of every image pixel in a packed image
 * @param indexes (M, perRow), -1 ends a row
 * @param sums (M, perRow + 2) pairs: those of the entries, then those of the vectors
 */
export function mappedProducts(
  item: i32,
  _thread: i32,
  groups: i32,
  woven: usize,
  packed: i32,
  slabs: usize,
  pixels: i32,
  position: usize,
  indexes: usize,
  perRow: i32,
  imagePixels: i32,
  sums: usize,
): void {
  const last = min(imagePixels, PIXELS * (item + 1));
  for (let group = 0; group < groups; group++) {
    const images = woven + (<usize>group * <usize>packed << 6);
    const slab = slabs + (<usize>group * <usize>(pixels + 2) << 6);
    for (let i = PIXELS * item; i < last; i++) {
      const from = images + (<usize>load<i32>(position + (<usize>i << 2)) << 6);
      const p0 = v128.load(from);
      const p1 = v128.load(from, 16);
      const p2 = v128.load(from, 32);
      const p3 = v128.load(from, 48);
      let index = indexes + (<usize>(i * perRow) << 2);
      let to = sums + (<usize>i * <usize>(perRow + 2) << 4);
      for (let b = 0; b < perRow + 2; b++) {
        let j = pixels + b - perRow;
        if (b < perRow) {
          j = load<i32>(index);
          index += 4;
          if (j < 0) {
            to += <usize>(perRow - b) << 4;
            b = perRow - 1;
            continue;
          }
        }
        const at = slab + (<usize>j << 6);
        const even = madd(p0, v128.load(at), f64x2.mul(p1, v128.load(at, 16)));
        const odd = madd(p2, v128.load(at, 32), f64x2.mul(p3, v128.load(at, 48)));
        v128.store(to, f64x2.add(v128.load(to), f64x2.add(even, odd)));
        to += 16;
      }
    }
  }
}
