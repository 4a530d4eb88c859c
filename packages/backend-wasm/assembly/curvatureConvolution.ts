import { combineRows } from './combineRows';
import { gatherThroughMapping, interweave, LANES } from './mappingGather';

/**
 * Rows 8 item to 8 item + 7 of G = T^t L T from W by displacement, with W = L + L^t: L_ij holds the pairs with pixel
 * i in a row below that of j, and half of the pairs in one row; F = G + G^t.
 *
 * Column s of L T is the sum, over the entries (j, t) of column s of T and the rows from j's downwards, of t times a
 * contiguous slice of the table. Packed images hold one run of columns per row, of a width that is a multiple of
 * four: what stands beside the pixels is never read.
 *
 * @param entryRow, entryColumn the pixel of every entry, rows rising within a column of T
 * @param places its place in a packed image
 * @param rowLow, rowWidth, rowStart first column, padded width and place of the run of every row
 * @param table (rows, 2 columns - 1), 16 numbers to spare on both sides
 * @param scratch per thread 16 `packed` numbers and 2 `most`, the longest column of T rounded up to two
 */
export function curvatureConvolution(
  item: i32,
  thread: i32,
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
  scratch: usize,
): void {
  const plane = <usize>packed << 3;
  const planes = scratch + <usize>thread * (16 * plane + (<usize>most << 4));
  const woven = planes + 8 * plane;
  const sliceWeights = woven + 8 * plane;
  const sliceOffsets = sliceWeights + (<usize>most << 3);
  const tableWidth = 2 * columns - 1;
  const group = LANES * item;
  const lanes = min(LANES, pixels - group);
  for (let lane = 0; lane < lanes; lane++) {
    const image = planes + <usize>lane * plane;
    const at = columnStart + (<usize>(group + lane) << 2);
    const end = load<i32>(at, 4);
    let entry = load<i32>(at);
    const top = entry < end ? load<i32>(entryRow + (<usize>entry << 2)) : rows;
    memory.fill(image, 0, <usize>load<i32>(rowStart + (<usize>top << 2)) << 3);
    let count = 0;
    for (let row = top; row < rows; row++) {
      const known = count;
      while (entry < end && load<i32>(entryRow + (<usize>entry << 2)) == row) {
        const offset = columns - 1 - load<i32>(entryColumn + (<usize>entry << 2)) - row * tableWidth;
        store<i32>(sliceOffsets + (<usize>count << 2), offset);
        store<f64>(sliceWeights + (<usize>count << 3), 0.5 * load<f64>(weights + (<usize>entry << 3)));
        count++;
        entry++;
      }
      const width = load<i32>(rowWidth + (<usize>row << 2));
      if (width > 0) {
        const base = row * tableWidth + load<i32>(rowLow + (<usize>row << 2));
        const to = image + (<usize>load<i32>(rowStart + (<usize>row << 2)) << 3);
        combineRows(table + (<usize>base << 3), sliceOffsets, sliceWeights, count, to, width);
      }
      for (let n = known; n < count; n++) {
        const weight = sliceWeights + (<usize>n << 3);
        store<f64>(weight, 2 * load<f64>(weight));
      }
    }
  }
  interweave(planes, plane, packed, woven);
  gatherThroughMapping(columnStart, places, weights, pixels, woven, lanes, out + (<usize>(group * pixels) << 3));
}
