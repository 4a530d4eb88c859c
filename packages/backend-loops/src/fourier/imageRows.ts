/**
 * The unmasked pixels of an image as one run of columns per row: row r covers the columns low[r] to
 * low[r] + width[r] - 1, stored from start[r] on. Masked pixels between unmasked ones are part of
 * a run and carry numbers that nobody reads, so a slice of W is contiguous for a whole row.
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
 */
export function imageRowsFrom(nativeIndexForSlimIndex: Int32Array, rows: number): ImageRows {
  const imagePixels = nativeIndexForSlimIndex.length / 2;
  const low = new Int32Array(rows);
  const width = new Int32Array(rows);
  const start = new Int32Array(rows + 1);
  const pixelRow = new Int32Array(imagePixels);
  const pixelColumn = new Int32Array(imagePixels);
  const nextOfRow = new Int32Array(rows + 1);
  for (let i = 0; i < imagePixels; i++) {
    const row = nativeIndexForSlimIndex[2 * i];
    const column = nativeIndexForSlimIndex[2 * i + 1];
    pixelRow[i] = row;
    pixelColumn[i] = column;
    nextOfRow[row + 1]++;
    const end = width[row] === 0 ? column + 1 : Math.max(low[row] + width[row], column + 1);
    low[row] = width[row] === 0 ? column : Math.min(low[row], column);
    width[row] = end - low[row];
  }
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
