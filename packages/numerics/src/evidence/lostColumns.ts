/** What is shared of W - U U^t in the place of W: little work on small arrays. */
import type { NdArray } from '@wtilde/core-types';
import type { SparseMapping } from '../sparseMapping.js';
import type { MappedProducts } from './evidenceWithDerivatives.js';

/** X = T^t U (S, Q), written to `out`. 2 nnz Q operations. */
export function mappedColumnsOf(
  { data: U, shape: [rows, total] }: NdArray<'real'>,
  { pixIndexes, pixWeights, pixels }: SparseMapping,
  out: Float64Array = new Float64Array(pixels * total),
): Float64Array {
  out.fill(0);
  const slots = rows === 0 ? 0 : pixIndexes.length / rows;
  for (let i = 0; i < rows; i++) {
    for (let at = i * slots; at < (i + 1) * slots && pixIndexes[at] >= 0; at++) {
      const weight = pixWeights[at];
      const to = pixIndexes[at] * total;
      for (let q = 0, from = i * total; q < total; q++) out[to + q] += weight * U[from + q];
    }
  }
  return out;
}

/** A vector (S), a row, times the columns of X (S, Q). */
export function rowTimes(vector: Float64Array, X: Float64Array, total: number): Float64Array {
  const sums = new Float64Array(total);
  for (let i = 0; i < vector.length; i++) {
    for (let q = 0; q < total; q++) sums[q] += vector[i] * X[i * total + q];
  }
  return sums;
}

/** What products of W T lose, made of X = T^t U. */
export interface LostProducts {
  readonly lostColumns: NdArray<'real'>;
  /** (F + H)^-1 X (S, Q), rows of `step` numbers. */
  readonly covariance: Float64Array;
  readonly step: number;
  /** s^t X (Q). */
  readonly fit: Float64Array;
  /** q^t X (Q). */
  readonly response: Float64Array;
}

/** Products of W T with (F + H)^-1, s and q, without those of U X^t; in their place. 2 (nnz + 2 M) Q operations. */
export function loseProducts(
  products: MappedProducts,
  { pixIndexes }: Pick<SparseMapping, 'pixIndexes'>,
  { lostColumns: { data: U, shape }, covariance, step, fit, response }: LostProducts,
): MappedProducts {
  const [rows, total] = shape;
  const slots = rows === 0 ? 0 : pixIndexes.length / rows;
  const times = (from: number, other: Float64Array, at: number) => {
    let sum = 0;
    for (let q = 0; q < total; q++) sum += U[from + q] * other[at + q];
    return sum;
  };
  for (let i = 0, from = 0; i < rows; i++, from += total) {
    products.fit[i] -= times(from, fit, 0);
    products.responseImage[i] -= times(from, response, 0);
    for (let at = i * slots; at < (i + 1) * slots && pixIndexes[at] >= 0; at++) {
      products.covariance[at] -= times(from, covariance, pixIndexes[at] * step);
    }
  }
  return products;
}
