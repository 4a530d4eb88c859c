/**
 * The sparse mapping matrix T (M, S) by columns: entries columnStart[s] to columnStart[s + 1] - 1
 * are the non-zeros of column s, with their image pixel and their weight.
 */
export interface MappingColumns {
  /** S. */
  readonly pixels: number;
  /** (S + 1). */
  readonly columnStart: Int32Array;
  /** The slim index of the image pixel of every entry. */
  readonly slimIndex: Int32Array;
  readonly weight: Float64Array;
}

/**
 * T by columns from its rows, by counting: O(M B + S). Entries of a column keep the order in which
 * the image pixels are visited; duplicates stay apart, which adds them up in every product.
 *
 * @param pixIndexes (M, B) source pixels; -1 ends a row
 * @param pixWeights (M, B)
 * @param pixels S
 * @param visit the order (M) in which the image pixels are taken, each once
 */
export function mappingColumnsFromSparse(
  pixIndexes: Int32Array,
  pixWeights: Float64Array,
  pixels: number,
  visit: Int32Array,
): MappingColumns {
  const imagePixels = visit.length;
  const perRow = imagePixels === 0 ? 0 : pixIndexes.length / imagePixels;
  const columnStart = new Int32Array(pixels + 1);
  for (let i = 0; i < imagePixels; i++) {
    const end = (i + 1) * perRow;
    for (let e = i * perRow; e < end && pixIndexes[e] >= 0; e++) columnStart[pixIndexes[e] + 1]++;
  }
  for (let s = 0; s < pixels; s++) columnStart[s + 1] += columnStart[s];
  const slimIndex = new Int32Array(columnStart[pixels]);
  const weight = new Float64Array(columnStart[pixels]);
  const next = columnStart.slice(0, pixels);
  for (let n = 0; n < imagePixels; n++) {
    const i = visit[n];
    const end = (i + 1) * perRow;
    for (let e = i * perRow; e < end && pixIndexes[e] >= 0; e++) {
      const to = next[pixIndexes[e]]++;
      slimIndex[to] = i;
      weight[to] = pixWeights[e];
    }
  }
  return { pixels, columnStart, slimIndex, weight };
}

/**
 * T by columns from a dense matrix, whose zeros are left out: O(M S).
 *
 * @param mappingMatrix (M, S)
 */
export function mappingColumnsFromDense(
  mappingMatrix: Float64Array,
  imagePixels: number,
  pixels: number,
): MappingColumns {
  const columnStart = new Int32Array(pixels + 1);
  for (let i = 0, e = 0; i < imagePixels; i++) {
    for (let s = 0; s < pixels; s++, e++) if (mappingMatrix[e] !== 0) columnStart[s + 1]++;
  }
  for (let s = 0; s < pixels; s++) columnStart[s + 1] += columnStart[s];
  const slimIndex = new Int32Array(columnStart[pixels]);
  const weight = new Float64Array(columnStart[pixels]);
  const next = columnStart.slice(0, pixels);
  for (let i = 0, e = 0; i < imagePixels; i++) {
    for (let s = 0; s < pixels; s++, e++) {
      if (mappingMatrix[e] === 0) continue;
      slimIndex[next[s]] = i;
      weight[next[s]++] = mappingMatrix[e];
    }
  }
  return { pixels, columnStart, slimIndex, weight };
}
