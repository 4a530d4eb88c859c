import { freshMemory, type Scratch } from '@wtilde/numerics';

/**
 * A sparse (M, S) matrix by columns: entries columnStart[s] to columnStart[s + 1] - 1 are those of column s, with
 * their row and their weight. An entry that occurs twice counts twice.
 */
export interface MappingColumns {
  /** S. */
  readonly pixels: number;
  /** (S + 1). */
  readonly columnStart: Int32Array;
  /** The row, a slim index, of every entry. */
  readonly rows: Int32Array;
  readonly weights: Float64Array;
}

/**
 * T by columns from its rows, by counting: O(M B + S).
 *
 * @param pixIndexes (M, B) source pixels; -1 ends a row
 * @param pixWeights (M, B)
 * @param pixels S
 * @param visit the order in which the image pixels are taken, each once; 0, 1, 2, ... when left out
 * @param scratch what the columns live in
 */
export function columnsOfMapping(
  imagePixels: number,
  pixIndexes: Int32Array,
  pixWeights: Float64Array,
  pixels: number,
  visit?: Int32Array,
  scratch: Scratch = freshMemory,
): MappingColumns {
  const perRow = imagePixels === 0 ? 0 : pixIndexes.length / imagePixels;
  const columnStart = scratch.i32(pixels + 1).fill(0);
  for (let i = 0; i < imagePixels; i++) {
    const end = (i + 1) * perRow;
    for (let e = i * perRow; e < end && pixIndexes[e] >= 0; e++) columnStart[pixIndexes[e] + 1]++;
  }
  for (let s = 0; s < pixels; s++) columnStart[s + 1] += columnStart[s];
  const rows = scratch.i32(columnStart[pixels]);
  const weights = scratch.f64(columnStart[pixels]);
  const next = scratch.i32(pixels);
  next.set(columnStart.subarray(0, pixels));
  for (let n = 0; n < imagePixels; n++) {
    const i = visit === undefined ? n : visit[n];
    const end = (i + 1) * perRow;
    for (let e = i * perRow; e < end && pixIndexes[e] >= 0; e++) {
      const to = next[pixIndexes[e]]++;
      rows[to] = i;
      weights[to] = pixWeights[e];
    }
  }
  return { pixels, columnStart, rows, weights };
}

/** The elements of a row-major (M, S) matrix that are not zero, by columns: two scans of the matrix. */
export function columnsOfDense(imagePixels: number, pixels: number, matrix: Float64Array): MappingColumns {
  const columnStart = new Int32Array(pixels + 1);
  for (let i = 0, e = 0; i < imagePixels; i++) {
    for (let s = 0; s < pixels; s++, e++) if (matrix[e] !== 0) columnStart[s + 1]++;
  }
  for (let s = 0; s < pixels; s++) columnStart[s + 1] += columnStart[s];
  const rows = new Int32Array(columnStart[pixels]);
  const weights = new Float64Array(columnStart[pixels]);
  const next = columnStart.slice(0, pixels);
  for (let i = 0, e = 0; i < imagePixels; i++) {
    for (let s = 0; s < pixels; s++, e++) {
      if (matrix[e] === 0) continue;
      rows[next[s]] = i;
      weights[next[s]++] = matrix[e];
    }
  }
  return { pixels, columnStart, rows, weights };
}
