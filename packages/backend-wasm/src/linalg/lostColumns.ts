import type { Arena } from '../engine/arena.js';
import type { Engine } from '../engine/engine.js';
import { matmulPacked, type PaddedMatrix, packColumns, packRows } from './matmul.js';

/** Numbers of a tile. */
const TILE = 16;

/**
 * F -= X X^t in the lower triangle; what stands above it is left as it is. S^2 Q operations.
 *
 * @param X where (S, Q) stands in the memory
 * @param F where (S, S) stands
 */
export function subtractSquare(engine: Engine, X: number, order: number, terms: number, F: number): void {
  const strips = Math.ceil(order / 4);
  const items = Math.ceil(strips / engine.call('squareGroup'));
  engine.scoped((arena) => {
    const packed = packRows(engine, arena, X, order, terms);
    const scratch = arena.f64(TILE * engine.threads);
    engine.each('subtractSquare', items, order * order * terms, packed, terms, order, F, scratch, items);
  });
}

/** A X of a symmetric A (S, S) and X (S, Q). 2 S^2 Q operations. */
export function symmetricTimes(
  engine: Engine,
  arena: Arena,
  A: number,
  X: number,
  order: number,
  terms: number,
): PaddedMatrix {
  const right = packColumns(engine, arena, X, order, terms);
  return matmulPacked(engine, arena, packRows(engine, arena, A, order, order), right, order, terms, order);
}
