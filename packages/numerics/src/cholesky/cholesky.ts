import { STRIP, stripCount } from '../strips/stripProduct.js';
import { factorPacked } from './factorPacked.js';
import { packedIndex, packLowerTriangle, unpackLowerTriangle } from './packedTriangle.js';
import { solveLower, solveLowerTransposed } from './triangularSolves.js';

/** A = L L^t. One factorization serves any number of solutions and the log determinant. */
export interface CholeskyFactor {
  /** Rows and columns S of A. */
  readonly order: number;
  /** L in the layout of `packedTriangle.ts`. */
  readonly packed: Float64Array;
}

/**
 * Factors A = the sum of symmetric positive definite terms; S^3 / 3 operations.
 *
 * @param terms row-major (S, S) matrices, at least one; only their lower triangles are read
 * @param workspace `packedLength(order)` numbers that the factor will live in; new when left out
 * @throws NumericalFailure naming the first pivot that is not positive and finite
 *
 * @example
 * ```ts
 * const factor = choleskyOf(2, [Float64Array.of(4, 0, 2, 5)]);
 * solve(factor, Float64Array.of(8, 12)); // Float64Array [1, 2]
 * logDeterminant(factor); // log(4 * 5 - 2 * 2)
 * ```
 */
export function choleskyOf(order: number, terms: readonly Float64Array[], workspace?: Float64Array): CholeskyFactor {
  const packed = packLowerTriangle(order, terms, workspace);
  factorPacked(packed, order);
  return { order, packed };
}

/**
 * x = A^-1 b by two substitutions, 2 S^2 operations.
 *
 * Backward stable: norm(A x - b) <= c S eps (norm(A) norm(x) + norm(b)), c about 1.
 *
 * @param b (S), left as it is
 * @param out (S), may be `b` itself; new when left out
 * @param padded `STRIP * stripCount(S)` numbers to work in; new when left out
 */
export function solve(
  factor: CholeskyFactor,
  b: Float64Array,
  out: Float64Array = new Float64Array(factor.order),
  padded: Float64Array = new Float64Array(STRIP * stripCount(factor.order)),
): Float64Array {
  const { order, packed } = factor;
  padded.set(b);
  padded.fill(0, order);
  solveLower(packed, order, padded);
  solveLowerTransposed(packed, order, padded);
  out.set(padded.subarray(0, order));
  return out;
}

/** L^-1 b (S): half of a solution. S^2 operations. */
export function solveFactor({ order, packed }: CholeskyFactor, b: Float64Array): Float64Array {
  const padded = new Float64Array(STRIP * stripCount(order));
  padded.set(b);
  solveLower(packed, order, padded);
  return padded.slice(0, order);
}

/** L^-t b (S): the other half. S^2 operations. */
export function solveFactorTransposed({ order, packed }: CholeskyFactor, b: Float64Array): Float64Array {
  const padded = new Float64Array(STRIP * stripCount(order));
  padded.set(b);
  solveLowerTransposed(packed, order, padded);
  return padded.slice(0, order);
}

/** log det A = 2 sum_i log L_ii. */
export function logDeterminant({ order, packed }: CholeskyFactor): number {
  let sum = 0;
  for (let row = 0; row < order; row++) sum += Math.log(packed[packedIndex(row, row)]);
  return 2 * sum;
}

/**
 * L as a row-major (S, S) matrix with zeros above the diagonal.
 *
 * @param out (S, S), overwritten; may be the matrix that was factored; new when left out
 */
export function lowerFactor({ order, packed }: CholeskyFactor, out?: Float64Array): Float64Array {
  return unpackLowerTriangle(order, packed, out);
}
