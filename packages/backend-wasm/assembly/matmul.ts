import { addTile } from './tile';
import { strips } from './vector';

/** Terms of a sum that are taken together: two strips of 192 terms, 12 kB, stay in the first-level cache. */
const DEPTH = 192;
/** Column strips of B, of 6 kB, that stay in the second-level cache while the rows of an item pass. */
const CHUNK = 24;
/** Rows of an item of `unpad`. */
const ROWS = 32;

/**
 * One strip of four columns of a row-major (terms, columns) matrix, with the four numbers of a row side by side;
 * beyond the last column zeros.
 */
export function packColumns(item: i32, _thread: i32, matrix: usize, terms: i32, columns: i32, packed: usize): void {
  const lanes = min(4, columns - 4 * item);
  let from = matrix + (<usize>(4 * item) << 3);
  let to = packed + (<usize>(4 * item * terms) << 3);
  for (let k = 0; k < terms; k++) {
    for (let lane = 0; lane < 4; lane++) {
      store<f64>(to + (<usize>lane << 3), lane < lanes ? load<f64>(from + (<usize>lane << 3)) : 0);
    }
    from += <usize>columns << 3;
    to += 32;
  }
}

/** One strip of four rows of a row-major (rows, terms) matrix: `packColumns` of its transpose. */
export function packRows(item: i32, _thread: i32, matrix: usize, rows: i32, terms: i32, packed: usize): void {
  const lanes = min(4, rows - 4 * item);
  const strip = packed + (<usize>(4 * item * terms) << 3);
  for (let lane = 0; lane < 4; lane++) {
    let from = matrix + (<usize>((4 * item + lane) * terms) << 3);
    let to = strip + (<usize>lane << 3);
    for (let k = 0; k < terms; k++) {
      store<f64>(to, lane < lanes ? load<f64>(from) : 0);
      from += 8;
      to += 32;
    }
  }
}

/**
 * `stripsPerItem` strips of four rows of C = A B. The more there are, the less often B is fetched.
 *
 * @param a A (rows, terms) by `packRows`, or the transpose of A by `packColumns`
 * @param b B (terms, columns) by `packColumns`
 * @param c rows of `step` bytes, padded to whole tiles
 */
export function matmul(
  item: i32,
  _thread: i32,
  a: usize,
  b: usize,
  rows: i32,
  columns: i32,
  terms: i32,
  stripsPerItem: i32,
  c: usize,
  step: usize,
): void {
  const firstStrip = item * stripsPerItem;
  const lastStrip = min(strips(rows), firstStrip + stripsPerItem);
  const columnStrips = strips(columns);
  memory.fill(c + <usize>(4 * firstStrip) * step, 0, <usize>(4 * (lastStrip - firstStrip)) * step);
  for (let depth = 0; depth < terms; depth += DEPTH) {
    const count = min(DEPTH, terms - depth);
    for (let chunk = 0; chunk < columnStrips; chunk += CHUNK) {
      const chunkEnd = min(chunk + CHUNK, columnStrips);
      for (let i = firstStrip; i < lastStrip; i++) {
        const left = a + (<usize>(4 * (i * terms + depth)) << 3);
        let to = c + <usize>(4 * i) * step + (<usize>chunk << 5);
        for (let j = chunk; j < chunkEnd; j++) {
          addTile(to, step, b + (<usize>(4 * (j * terms + depth)) << 3), 32, left, count);
          to += 32;
        }
      }
    }
  }
}

/** Copies the (rows, columns) in rows of `step` bytes to C order, 32 rows an item. */
export function unpad(item: i32, _thread: i32, from: usize, step: usize, rows: i32, columns: i32, out: usize): void {
  const last = min(rows, (item + 1) * ROWS);
  for (let row = item * ROWS; row < last; row++) {
    memory.copy(out + (<usize>(row * columns) << 3), from + <usize>row * step, <usize>columns << 3);
  }
}
