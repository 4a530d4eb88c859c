import { WtildeError } from '@wtilde/core-types';

/**
 * A sparse (M, S) matrix by columns: column s holds the entries `starts[s]` to `starts[s + 1] - 1`,
 * in the order of their rows. An entry that occurs twice counts twice.
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
 * A counting sort, 2 M B + S steps.
 *
 * @param indexes (M, B)
 * @param weights (M, B)
 * @throws IndexOutOfRange for an index outside -1 to S - 1
 */
export function columnsOfMapping(
  rowCount: number,
  columnCount: number,
  indexes: Int32Array,
  weights: Float64Array,
): SparseColumns {
  const width = rowCount === 0 ? 0 : indexes.length / rowCount;
  const starts = new Int32Array(columnCount + 1);
  for (let row = 0; row < rowCount; row++) {
    for (let slot = row * width; slot < (row + 1) * width && indexes[slot] !== -1; slot++) {
      const column = indexes[slot];
      if (!(column >= 0 && column < columnCount)) throw outside(row, column, columnCount);
      starts[column + 1]++;
    }
  }
  const next = startsFromCounts(starts);
  const rows = new Int32Array(starts[columnCount]);
  const values = new Float64Array(starts[columnCount]);
  for (let row = 0; row < rowCount; row++) {
    for (let slot = row * width; slot < (row + 1) * width && indexes[slot] !== -1; slot++) {
      const entry = next[indexes[slot]]++;
      rows[entry] = row;
      values[entry] = weights[slot];
    }
  }
  return { rowCount, columnCount, starts, rows, values };
}

/**
 * The elements of a row-major (M, S) matrix that are not zero, or undefined when there are more than
 * `limit` of them. One scan of the matrix, which is most of the cost.
 */
export function columnsOfDense(
  rowCount: number,
  columnCount: number,
  matrix: Float64Array,
  limit: number,
): SparseColumns | undefined {
  const places = nonZeroPlaces(matrix, limit);
  if (places === undefined) return undefined;
  const starts = new Int32Array(columnCount + 1);
  for (const place of places) starts[(place % columnCount) + 1]++;
  const next = startsFromCounts(starts);
  const rows = new Int32Array(places.length);
  const values = new Float64Array(places.length);
  for (const place of places) {
    const column = place % columnCount;
    const entry = next[column]++;
    rows[entry] = (place - column) / columnCount;
    values[entry] = matrix[place];
  }
  return { rowCount, columnCount, starts, rows, values };
}

/** The places of the elements that are not zero; undefined when there are more than `limit`. */
function nonZeroPlaces(matrix: Float64Array, limit: number): Int32Array | undefined {
  let places: Int32Array = new Int32Array(1024);
  let found = 0;
  for (let place = 0; place < matrix.length; place++) {
    if (matrix[place] === 0) continue;
    if (found >= limit) return undefined;
    if (found === places.length) places = grown(places);
    places[found++] = place;
  }
  return places.subarray(0, found);
}

function grown(places: Int32Array): Int32Array {
  const longer = new Int32Array(2 * places.length);
  longer.set(places);
  return longer;
}

/** Turns the counts at [s + 1] into starts, and returns a copy to be advanced while filling. */
function startsFromCounts(starts: Int32Array): Int32Array {
  for (let column = 1; column < starts.length; column++) starts[column] += starts[column - 1];
  return starts.slice();
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
