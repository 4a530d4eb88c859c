import { combineRows } from './combineRows';

/** Rows of an item: what they add to a few columns stays in registers. */
const ROWS = 32;

/** Rows of an item of `dataVectorParts`. */
export function dataVectorRows(): i32 {
  return ROWS;
}

/**
 * What 32 rows of a (rows, columns) matrix T add to T^t d.
 *
 * @param offsets int32: where each row starts, in numbers
 * @param parts (items, columns)
 */
export function dataVectorParts(
  item: i32,
  _thread: i32,
  matrix: usize,
  offsets: usize,
  vector: usize,
  rows: i32,
  columns: i32,
  parts: usize,
): void {
  const first = ROWS * item;
  const count = min(ROWS, rows - first);
  const to = parts + (<usize>(item * columns) << 3);
  combineRows(matrix, offsets + (<usize>first << 2), vector + (<usize>first << 3), count, to, columns);
}
