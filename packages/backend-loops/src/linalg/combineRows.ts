import type { SparseColumns } from './sparseColumns.js';

/**
 * One row of T^t X: out[j] += sum over the entries of column s of T of value * X[row, j].
 *
 * Rows are taken four, two or one at a time, so that a sum is loaded and stored less often than
 * once per row. 2 `width` operations per entry, all reading contiguous memory.
 *
 * @param matrix row-major (M, width)
 * @param out element j is at `from + stride j`
 */
export function combineRows(
  { starts, rows, values }: SparseColumns,
  column: number,
  matrix: Float64Array,
  width: number,
  out: Float64Array,
  from: number,
  stride: number,
): void {
  const end = starts[column + 1];
  let entry = starts[column];
  for (; entry + 4 <= end; entry += 4) {
    addFourRows(matrix, width, rows, values, entry, out, from, stride);
  }
  if (entry + 2 <= end) {
    addTwoRows(matrix, width, rows, values, entry, out, from, stride);
    entry += 2;
  }
  if (entry < end) addRow(matrix, width, rows[entry], values[entry], out, from, stride);
}

function addFourRows(
  matrix: Float64Array,
  width: number,
  rows: Int32Array,
  values: Float64Array,
  entry: number,
  out: Float64Array,
  from: number,
  stride: number,
): void {
  const value0 = values[entry];
  const value1 = values[entry + 1];
  const value2 = values[entry + 2];
  const value3 = values[entry + 3];
  let i0 = (rows[entry] * width) | 0;
  let i1 = (rows[entry + 1] * width) | 0;
  let i2 = (rows[entry + 2] * width) | 0;
  let i3 = (rows[entry + 3] * width) | 0;
  let to = from | 0;
  const step = stride | 0;
  for (const end = (i0 + width) | 0; i0 < end; ) {
    out[to] += value0 * matrix[i0] + value1 * matrix[i1] + (value2 * matrix[i2] + value3 * matrix[i3]);
    i0 = (i0 + 1) | 0;
    i1 = (i1 + 1) | 0;
    i2 = (i2 + 1) | 0;
    i3 = (i3 + 1) | 0;
    to = (to + step) | 0;
  }
}

function addTwoRows(
  matrix: Float64Array,
  width: number,
  rows: Int32Array,
  values: Float64Array,
  entry: number,
  out: Float64Array,
  from: number,
  stride: number,
): void {
  const value0 = values[entry];
  const value1 = values[entry + 1];
  let i0 = (rows[entry] * width) | 0;
  let i1 = (rows[entry + 1] * width) | 0;
  let to = from | 0;
  const step = stride | 0;
  for (const end = (i0 + width) | 0; i0 < end; ) {
    out[to] += value0 * matrix[i0] + value1 * matrix[i1];
    i0 = (i0 + 1) | 0;
    i1 = (i1 + 1) | 0;
    to = (to + step) | 0;
  }
}

function addRow(
  matrix: Float64Array,
  width: number,
  row: number,
  value: number,
  out: Float64Array,
  from: number,
  stride: number,
): void {
  let i = (row * width) | 0;
  let to = from | 0;
  const step = stride | 0;
  for (const end = (i + width) | 0; i < end; ) {
    out[to] += value * matrix[i];
    i = (i + 1) | 0;
    to = (to + step) | 0;
  }
}
