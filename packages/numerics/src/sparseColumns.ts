import { WtildeError } from '@wtilde/core-types';
import { freshMemory, type Scratch } from './scratch.js';

/**
 * A sparse (M, S) matrix by columns: column s holds the entries `starts[s]` to `starts[s + 1] - 1`,
 * in the order in which its rows were visited. An entry that occurs twice counts twice.
 */
export interface SparseColumns {
  /** M. */
  readonly rowCount: number;
  /** S. */
  readonly columnCount: number;
  /** (S + 1). */
  readonly starts: Int32Array;
  /** The row of every entry. */
  readonly rows: Int32Array;
  /** The value of every entry. */
  readonly values: Float64Array;
}

/**
 * The sparse mapping T: T[i, indexes[i, b]] += weights[i, b] up to the first -1 of row i.
 *
 * A counting sort, 2 M B + S steps. What follows a -1 is not looked at.
 *
 * @param indexes (M, B)
 * @param weights (M, B)
 * @param visit the order (M) in which the rows are taken, each once; from the first to the last when left out
 * @param scratch what the columns live in
 * @throws IndexOutOfRange for an index outside -1 to S - 1
 */
export function columnsOfMapping(
  rowCount: number,
  columnCount: number,
  indexes: Int32Array,
  weights: Float64Array,
  visit?: Int32Array,
  scratch: Scratch = freshMemory,
): SparseColumns {
  const width = rowCount === 0 ? 0 : indexes.length / rowCount;
  const starts = scratch.i32(columnCount + 1).fill(0);
  for (let row = 0; row < rowCount; row++) {
    for (let slot = row * width; slot < (row + 1) * width && indexes[slot] !== -1; slot++) {
      const column = indexes[slot];
      if (!(column >= 0 && column < columnCount)) throw outside(row, column, columnCount);
      starts[column + 1]++;
    }
  }
  sumUp(starts);
  const next = scratch.i32(columnCount + 1);
  next.set(starts);
  const rows = scratch.i32(starts[columnCount]);
  const values = scratch.f64(starts[columnCount]);
  for (let n = 0; n < rowCount; n++) {
    const row = visit === undefined ? n : visit[n];
    for (let slot = row * width; slot < (row + 1) * width && indexes[slot] !== -1; slot++) {
      const entry = next[indexes[slot]]++;
      rows[entry] = row;
      values[entry] = weights[slot];
    }
  }
  return { rowCount, columnCount, starts, rows, values };
}

/**
 * The elements of a row-major (M, S) matrix that are not zero, the rows of a column rising. One scan of
 * the matrix, which is most of the cost.
 */
export function columnsOfDense(rowCount: number, columnCount: number, matrix: Float64Array): SparseColumns {
  const places = nonZeroPlaces(matrix);
  const starts = new Int32Array(columnCount + 1);
  for (let found = 0; found < places.length; found++) starts[(places[found] % columnCount) + 1]++;
  sumUp(starts);
  const next = starts.slice();
  const rows = new Int32Array(places.length);
  const values = new Float64Array(places.length);
  for (let found = 0; found < places.length; found++) {
    const column = places[found] % columnCount;
    const entry = next[column]++;
    rows[entry] = (places[found] - column) / columnCount;
    values[entry] = matrix[places[found]];
  }
  return { rowCount, columnCount, starts, rows, values };
}

/** The places of the elements that are not zero; zeros, which most of them are, are passed over by fours. */
function nonZeroPlaces(matrix: Float64Array): Int32Array {
  let places = new Int32Array(1024);
  let found = 0;
  const { length } = matrix;
  for (let first = 0; first < length; first += 4) {
    const whole = first + 4 <= length;
    if (whole && matrix[first] === 0 && matrix[first + 1] === 0 && matrix[first + 2] === 0 && matrix[first + 3] === 0) {
      continue;
    }
    if (found + 4 > places.length) places = twiceAsLong(places);
    for (let place = first; place < Math.min(first + 4, length); place++) {
      if (matrix[place] !== 0) places[found++] = place;
    }
  }
  return places.subarray(0, found);
}

function twiceAsLong(places: Int32Array): Int32Array<ArrayBuffer> {
  const longer = new Int32Array(2 * places.length);
  longer.set(places);
  return longer;
}

/** Turns the counts at [s + 1] into starts. */
function sumUp(starts: Int32Array): void {
  for (let column = 1; column < starts.length; column++) starts[column] += starts[column - 1];
}

function outside(row: number, index: number, columnCount: number): WtildeError {
  return new WtildeError('IndexOutOfRange', {
    what: 'a mapping points outside the source pixels',
    where: `pixIndexesForSubSlimIndex, row ${row}`,
    expected: `-1 or 0 to ${columnCount - 1}`,
    actual: `${index}`,
    remedy: 'pass the mapper and `pixels` of the same mesh',
  });
}
