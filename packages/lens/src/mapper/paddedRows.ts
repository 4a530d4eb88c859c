import { index, type NdArray, real } from '@wtilde/core-types';

/** Rows of a mapping, each as long as it needs to be. */
export interface PaddedRows {
  /** Adds an entry to the row that is being written. */
  add(column: number, weight: number): void;
  /** Ends the row. */
  end(): void;
  /** All rows, padded by -1 to the longest. */
  padded(): { readonly indexes: NdArray<'index'>; readonly weights: NdArray<'real'> };
}

/** Room for a number of rows. Memory: all entries, twice at most. */
export function createRows(rows: number): PaddedRows {
  let columns = new Int32Array(8 * rows);
  let values = new Float64Array(8 * rows);
  const ends = new Int32Array(rows);
  let [row, filled, start, width] = [0, 0, 0, 0];
  return {
    add(column, weight) {
      if (filled === columns.length) {
        columns = enlarged(columns, new Int32Array(2 * filled + 8));
        values = enlarged(values, new Float64Array(2 * filled + 8));
      }
      columns[filled] = column;
      values[filled++] = weight;
    },
    end() {
      ends[row++] = filled;
      width = Math.max(width, filled - start);
      start = filled;
    },
    padded() {
      const indexes = new Int32Array(rows * width).fill(-1);
      const weights = new Float64Array(rows * width);
      for (let at = 0, entry = 0; at < rows; at++) {
        for (let slot = at * width; entry < ends[at]; slot++, entry++) {
          indexes[slot] = columns[entry];
          weights[slot] = values[entry];
        }
      }
      return { indexes: index(indexes, [rows, width]), weights: real(weights, [rows, width]) };
    },
  };
}

function enlarged<Numbers extends Int32Array | Float64Array>(numbers: Numbers, larger: Numbers): Numbers {
  larger.set(numbers);
  return larger;
}
