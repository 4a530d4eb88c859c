import { notPositiveDefinite } from '@wtilde/numerics';
import type { Arena } from '../engine/arena.js';
import type { Engine } from '../engine/engine.js';

/** A = L L^t. One factorization serves any number of solutions and the log determinant. */
export interface CholeskyFactor {
  /** Rows and columns S of A. */
  readonly order: number;
  /** Where the 4 x 4 tiles of L stand in the memory. */
  readonly packed: number;
}

/** Numbers in the packed lower triangle of an (order, order) matrix: about order^2 / 2. */
export function packedLength(order: number): number {
  const strips = Math.ceil(order / 4);
  return 8 * strips * (strips + 1);
}

/** Where the element of a row and a column, column <= 4 floor(row / 4) + 3, stands in the packed triangle. */
export function packedIndex(row: number, column: number): number {
  const strip = row >> 2;
  return 8 * strip * (strip + 1) + 4 * column + (row & 3);
}

/**
 * Packs the lower triangle of a row-major (S, S) matrix into tiles, or adds it to what is packed.
 *
 * @param matrix where it stands; nothing above its diagonal is read
 */
export function packLowerTriangle(engine: Engine, order: number, matrix: number, packed: number, add = false): void {
  engine.each('packLower', Math.ceil(order / 4), order * order, order, matrix, 8 * order, add ? 1 : 0, packed);
}

/**
 * Cholesky factorization in place of a packed triangle; S^3 / 3 operations.
 *
 * Panel by panel: the diagonal block is finished on one thread, then the panel below it and the triangle behind it
 * strip by strip on all of them. Backward stable: L L^t = A + E with |E| <= (S + 1) eps |L| |L^t| (Higham, Accuracy
 * and Stability, theorem 10.3).
 *
 * @throws NumericalFailure naming the first pivot that is not positive and finite
 */
export function factorPacked(engine: Engine, arena: Arena, packed: number, order: number): CholeskyFactor {
  const strips = Math.ceil(order / 4);
  const panel = engine.call('choleskyPanel');
  const group = engine.call('choleskyGroup');
  const failed = arena.f64(1);
  for (let first = 0; first < strips; first += panel) {
    const end = Math.min(first + panel, strips);
    const row = engine.call('factorDiagonal', packed, first, end, failed);
    if (row >= 0) throw notPositiveDefinite(row, engine.heap.f64(failed, 1)[0]);
    const rest = strips - end;
    const columns = 4 * (end - first);
    engine.each('solvePanel', rest, 4 * rest * columns * columns, packed, first, end);
    const items = Math.ceil(rest / group);
    engine.each('subtractPanel', items, 16 * rest * rest * columns, packed, first, end, strips, items);
  }
  return { order, packed };
}

/** x = A^-1 b by two substitutions, 2 S^2 operations. */
export function solve(
  engine: Engine,
  { order, packed }: CholeskyFactor,
  b: Float64Array,
  out: Float64Array = new Float64Array(order),
): Float64Array {
  return engine.scoped((arena) => {
    const x = arena.zeros(4 * Math.ceil(order / 4));
    engine.heap.f64(x, order).set(b);
    engine.call('solveFactored', packed, order, x);
    out.set(engine.heap.f64(x, order));
    return out;
  });
}

/** The diagonal (S) of L. */
export function factorDiagonal(engine: Engine, { order, packed }: CholeskyFactor): Float64Array {
  return engine.scoped((arena) => {
    const diagonal = arena.f64(order);
    engine.call('factorDiagonalOf', packed, order, diagonal);
    return engine.heap.copyF64(diagonal, order);
  });
}
