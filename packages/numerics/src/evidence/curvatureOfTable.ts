import type { DisplacementTable } from '../displacementTable.js';
import type { MappingRows } from './errorBound.js';

/**
 * F = T^t W T (S, S), row by row of W T, which is never held. M^2 B + M B S operations: for what is asked for now and
 * then, after an evidence that has kept its F to itself.
 *
 * @param nativeIndex (M, 2) row and column of the image pixels
 * @param order S
 */
export function curvatureOfTable(
  table: DisplacementTable,
  nativeIndex: Int32Array,
  { rowCount, pixIndexes, pixWeights }: MappingRows,
  order: number,
): Float64Array {
  const slots = rowCount === 0 ? 0 : pixIndexes.length / rowCount;
  const F = new Float64Array(order * order);
  const product = new Float64Array(order);
  for (let i = 0; i < rowCount; i++) {
    rowOfProduct(table, nativeIndex, pixIndexes, pixWeights, i, product);
    for (let e = i * slots; e < (i + 1) * slots && pixIndexes[e] >= 0; e++) {
      const row = pixIndexes[e] * order;
      for (let k = 0; k < order; k++) F[row + k] += pixWeights[e] * product[k];
    }
  }
  return F;
}

/** Row i of W T (S). */
function rowOfProduct(
  { columns, values }: DisplacementTable,
  nativeIndex: Int32Array,
  pixIndexes: Int32Array,
  pixWeights: Float64Array,
  i: number,
  product: Float64Array,
): void {
  const rows = nativeIndex.length / 2;
  const slots = pixIndexes.length / rows;
  const width = 2 * columns - 1;
  const [row, column] = [nativeIndex[2 * i], nativeIndex[2 * i + 1]];
  product.fill(0);
  for (let j = 0; j < rows; j++) {
    const down = row - nativeIndex[2 * j];
    const right = column - nativeIndex[2 * j + 1];
    const w = down >= 0 ? values[down * width + right + columns - 1] : values[-down * width - right + columns - 1];
    for (let e = j * slots; e < (j + 1) * slots && pixIndexes[e] >= 0; e++) product[pixIndexes[e]] += w * pixWeights[e];
  }
}
