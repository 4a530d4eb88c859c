/**
 * A s = D, of which the least s^t A s / 2 - s^t D over s >= 0 is sought: what the search needs of A. Backends bring
 * their own factorization; everything else is the same on all of them.
 */
export interface PositiveSystem {
  /** S. */
  readonly order: number;
  /** D (S). */
  readonly dataVector: Float64Array;
  /** (S) the diagonal of A. */
  readonly diagonal: Float64Array;
  /** Pixels in which a set may differ from the factored one before it is factored itself; S / 10 where left out. */
  readonly mostChanges?: number;
  /** D - A s (S). */
  residual(s: Float64Array): Float64Array;
  /** Brings s (S), which is not negative, nearer to the solution in place; pixels that are not `free` (S) stay 0. */
  relax(s: Float64Array, free: Uint8Array): void;
  /** The elements of A in the row of a pixel and the columns of others. */
  elements(pixel: number, columns: Int32Array): Float64Array;
  /**
   * Factors the rows and columns of the named pixels, which rise. It takes the place of the factor before, which is
   * then no longer good.
   *
   * @param capacity rows that `couple` may be given in all
   * @throws NumericalFailure where they are not positive definite
   */
  factor(pixels: Int32Array, capacity: number): SupportFactor;
}

/** The factor of the rows and columns P of A. */
export interface SupportFactor {
  /** The least pivot of the factorization relative to the diagonal element that it is the rest of. */
  readonly leastPivot: number;
  /** (A_PP)^-1 b. */
  solve(b: Float64Array): Float64Array;
  /**
   * Takes rows c_1, ... c_n beside the m taken before, and returns (n, m + n) the products c_i^t (A_PP)^-1 c_j of the
   * new ones with all.
   */
  couple(rows: readonly Float64Array[]): Float64Array;
}
