import type { Engine } from '../engine/engine.js';

/** A = A + A^t in place, (order, order). */
export function addTransposeInPlace(engine: Engine, values: number, order: number): void {
  const items = Math.ceil(order / engine.call('symmetricBlock'));
  engine.each('addTransposeInPlace', items, 2 * order * order, values, order);
}

/** The lower triangle of rows of `step` bytes as a symmetric (order, order) at `out`. */
export function mirrorLower(engine: Engine, values: number, step: number, order: number, out: number): void {
  const items = Math.ceil(order / engine.call('symmetricBlock'));
  engine.each('mirrorLower', items, 2 * order * order, values, step, order, out);
}
