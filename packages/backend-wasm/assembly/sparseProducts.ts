import { combineRows } from './combineRows';
import { gatherThroughMapping, interweave, LANES } from './mappingGather';

/**
 * T (M, S) by columns: entries columnStart[s] to columnStart[s + 1] - 1 are those of column s, with the row of each
 * times a width, and its weight.
 */

/** Rows 8 item to 8 item + 7 of T^t X: row s is the combination of the rows of X that column s of T names. */
export function transposeMatmul(
  item: i32,
  _thread: i32,
  columnStart: usize,
  offsets: usize,
  weights: usize,
  pixels: i32,
  matrix: usize,
  width: i32,
  out: usize,
): void {
  const last = min(pixels, LANES * (item + 1));
  for (let s = LANES * item; s < last; s++) {
    const first = load<i32>(columnStart + (<usize>s << 2));
    const count = load<i32>(columnStart + (<usize>s << 2), 4) - first;
    const to = out + (<usize>(s * width) << 3);
    combineRows(matrix, offsets + (<usize>first << 2), weights + (<usize>first << 3), count, to, width);
  }
}

/**
 * Rows 8 item to 8 item + 7 of F = T^t W T from a dense W: eight rows of T^t W, interwoven, then gathered through T.
 * Every element is computed for whatever W is.
 *
 * @param offsets M times the row of every entry
 * @param places the row of every entry
 * @param scratch per thread 16 `padded` numbers, `padded` at least M and a multiple of 8
 */
export function curvatureFromDenseW(
  item: i32,
  thread: i32,
  columnStart: usize,
  offsets: usize,
  places: usize,
  weights: usize,
  pixels: i32,
  matrix: usize,
  imagePixels: i32,
  padded: i32,
  out: usize,
  scratch: usize,
): void {
  const plane = <usize>padded << 3;
  const planes = scratch + <usize>thread * 16 * plane;
  const woven = planes + 8 * plane;
  const first = LANES * item;
  const lanes = min(LANES, pixels - first);
  for (let lane = 0; lane < lanes; lane++) {
    const at = columnStart + (<usize>(first + lane) << 2);
    const entry = load<i32>(at);
    const count = load<i32>(at, 4) - entry;
    const to = planes + <usize>lane * plane;
    combineRows(matrix, offsets + (<usize>entry << 2), weights + (<usize>entry << 3), count, to, imagePixels);
  }
  interweave(planes, plane, imagePixels, woven);
  gatherThroughMapping(columnStart, places, weights, pixels, woven, lanes, out + (<usize>(first * pixels) << 3));
}
