import { type NdArray, real } from '@wtilde/core-types';
import { type CholeskyFactor, lowerFactor } from '../cholesky/cholesky.js';
import { addStripProduct, STRIP, stripCount, TILE_AREA } from '../strips/stripProduct.js';
import type { FactoredEvidence } from './evidenceTerms.js';

/**
 * (L L^t)^-1, the inverse of F + H in the basis in which it was factored, as a row-major, symmetric (S, S) matrix.
 * 2/3 S^3 operations.
 */
export function inverseInBasis(factor: CholeskyFactor): Float64Array {
  const { order } = factor;
  const strips = inverseInStrips(lowerFactor(factor), order);
  const inverse = new Float64Array(order * order);
  const tile = new Float64Array(TILE_AREA);
  for (let a = 0; a < stripCount(order); a++) {
    // Columns of L^-1 are zero above their own row.
    const first = STRIP * a;
    for (let b = 0; b <= a; b++) {
      const [left, right] = [STRIP * (a * order + first), STRIP * (b * order + first)];
      addStripProduct(strips, left, strips, right, order - first, tile.fill(0), 0);
      writeTile(tile, a, b, order, inverse);
    }
  }
  return inverse;
}

/** (F + H)^-1 = B (L L^t)^-1 B^t as a row-major, symmetric (S, S) matrix. 2/3 S^3 operations. */
export function inverseOf(
  factored: Pick<FactoredEvidence, 'basis' | 'regularization'> & { readonly factor: CholeskyFactor },
): Float64Array {
  const inverse = inverseInBasis(factored.factor);
  inSources(inverse, factored);
  return inverse;
}

/** Writes the tile of strips a and b, and its mirror image, to a symmetric matrix. */
function writeTile(tile: Float64Array, a: number, b: number, order: number, matrix: Float64Array): void {
  for (let i = STRIP * a; i < Math.min(STRIP * (a + 1), order); i++) {
    for (let j = STRIP * b; j < Math.min(STRIP * (b + 1), order); j++) {
      const value = tile[STRIP * (i - STRIP * a) + j - STRIP * b];
      matrix[i * order + j] = value;
      matrix[j * order + i] = value;
    }
  }
}

/** The columns of L^-1 as rows of strips, see stripProduct.ts. */
function inverseInStrips(L: Float64Array, order: number): Float64Array {
  const rows = inverseOfFactor(L, order);
  const strips = new Float64Array(STRIP * stripCount(order) * order);
  for (let column = 0; column < order; column++) {
    const lane = column % STRIP;
    const to = (column - lane) * order + lane;
    for (let k = column; k < order; k++) strips[to + STRIP * k] = rows[k * order + column];
  }
  return strips;
}

/** L^-1, row-major: every row less multiples of those above it, four at a time. S^3 / 3 operations. */
function inverseOfFactor(L: Float64Array, order: number): Float64Array {
  const rows = new Float64Array(order * order);
  for (let i = 0; i < order; i++) {
    const to = i * order;
    let k = 0;
    for (; k + 3 < i; k += 4) subtractRows(rows, to, k * order, order, L, to + k, k + 4);
    for (; k < i; k++) {
      const factor = L[to + k];
      for (let j = 0; j <= k; j++) rows[to + j] -= factor * rows[k * order + j];
    }
    const pivot = L[to + i];
    for (let j = 0; j < i; j++) rows[to + j] /= pivot;
    rows[to + i] = 1 / pivot;
  }
  return rows;
}

/** rows[to + j] -= sum of factors[at + m] rows[from + m width + j] for four rows m and j < count. */
function subtractRows(
  rows: Float64Array,
  to: number,
  from: number,
  width: number,
  factors: Float64Array,
  at: number,
  count: number,
): void {
  const factor0 = factors[at];
  const factor1 = factors[at + 1];
  const factor2 = factors[at + 2];
  const factor3 = factors[at + 3];
  let i0 = from | 0;
  let i1 = (from + width) | 0;
  let i2 = (from + 2 * width) | 0;
  let i3 = (from + 3 * width) | 0;
  const end = (to + count) | 0;
  for (let o = to | 0; o < end; o = (o + 1) | 0) {
    rows[o] -= factor0 * rows[i0] + factor1 * rows[i1] + (factor2 * rows[i2] + factor3 * rows[i3]);
    i0 = (i0 + 1) | 0;
    i1 = (i1 + 1) | 0;
    i2 = (i2 + 1) | 0;
    i3 = (i3 + 1) | 0;
  }
}

/**
 * X becomes B X B^t in place, symmetric to the last bit: in levels, with r the root of i and t that of j,
 *
 *   X_ij + X_rt + (X_rj + X_it),
 *
 * without the terms of a source pixel that is its own root. O(S^2).
 */
export function inSources(
  matrix: Float64Array,
  { basis, regularization: { order, roots } }: Pick<FactoredEvidence, 'basis' | 'regularization'>,
): void {
  if (!basis.levels) return;
  const levels = Array.from(roots.keys()).filter((i) => roots[i] === i);
  const others = Int32Array.from(roots.keys()).filter((i) => roots[i] !== i);
  const rootsOfOthers = others.map((j) => roots[j]);
  // Rows and columns of roots, which the others are made of, come last.
  for (const i of others) {
    const row = i * order;
    const rootRow = roots[i] * order;
    for (let n = 0; n < others.length; n++) {
      const j = others[n];
      const root = rootsOfOthers[n];
      matrix[row + j] = matrix[row + j] + matrix[rootRow + root] + (matrix[rootRow + j] + matrix[row + root]);
    }
    for (const j of levels) matrix[row + j] += matrix[rootRow + j];
  }
  for (const i of levels) {
    const row = i * order;
    for (let n = 0; n < others.length; n++) matrix[row + others[n]] += matrix[row + rootsOfOthers[n]];
  }
}

/** A row-major (S, S) matrix whose upper triangle is what the lower one says. */
export function mirroredLower({ data, shape: [order] }: NdArray<'real'>): NdArray<'real'> {
  const whole = data.slice();
  for (let i = 0; i < order; i++) for (let j = 0; j < i; j++) whole[j * order + i] = data[i * order + j];
  return real(whole, [order, order]);
}
