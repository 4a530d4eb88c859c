import type { DisplacementTable } from '../displacementTable.js';
import type { MappingRows } from './errorBound.js';
import { rowOfProduct } from './evidenceDerivatives.js';

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
