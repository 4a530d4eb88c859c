/**
 * The unmasked pixels of an image as one run of columns per row: row r starts at column low[r] and covers width[r]
 * columns, stored from start[r] on. What stands between and behind the pixels of a run are numbers that nobody reads, so
 * a slice of W is contiguous for a whole row.
 */
export interface ImageRows {
  readonly rows: number;
  readonly low: Int32Array;
  readonly width: Int32Array;
  /** (rows + 1); the last is the length of a packed image. */
  readonly start: Int32Array;
  /** (M) row and column of the image pixels. */
  readonly pixelRow: Int32Array;
  readonly pixelColumn: Int32Array;
  /** (M) place in the packed image. */
  readonly position: Int32Array;
  /** (M) the image pixels by rising row; 0, 1, 2, ... when they come in slim order. */
  readonly byRow: Int32Array;
}

/**
 * O(M + rows).
 *
 * @param nativeIndexForSlimIndex (M, 2) row and column
 * @param lanes widths are multiples of this: whole vectors
 */
export function imageRowsFrom(nativeIndexForSlimIndex: Int32Array, rows: number, lanes = 1): ImageRows {
  const imagePixels = nativeIndexForSlimIndex.length / 2;
  const low = new Int32Array(rows).fill(0x7fffffff);
  const end = new Int32Array(rows);
  const pixelRow = new Int32Array(imagePixels);
  const pixelColumn = new Int32Array(imagePixels);
  const nextOfRow = new Int32Array(rows + 1);
  for (let i = 0; i < imagePixels; i++) {
    const row = nativeIndexForSlimIndex[2 * i];
    const column = nativeIndexForSlimIndex[2 * i + 1];
    pixelRow[i] = row;
    pixelColumn[i] = column;
    nextOfRow[row + 1]++;
    low[row] = Math.min(low[row], column);
    end[row] = Math.max(end[row], column + 1);
  }
  const width = end.map((column, row) => (column === 0 ? 0 : lanes * Math.ceil((column - low[row]) / lanes)));
  end.forEach((column, row) => {
    if (column === 0) low[row] = 0;
  });
  const start = new Int32Array(rows + 1);
  for (let r = 0; r < rows; r++) {
    start[r + 1] = start[r] + width[r];
    nextOfRow[r + 1] += nextOfRow[r];
  }
  const position = new Int32Array(imagePixels);
  const byRow = new Int32Array(imagePixels);
  for (let i = 0; i < imagePixels; i++) {
    const row = pixelRow[i];
    position[i] = start[row] + pixelColumn[i] - low[row];
    byRow[nextOfRow[row]++] = i;
  }
  return { rows, low, width, start, pixelRow, pixelColumn, position, byRow };
}
