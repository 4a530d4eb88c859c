import type { Engine } from '../engine/engine.js';

/** A = A + A^t in place, (order, order). */
export function addTransposeInPlace(engine: Engine, values: number, order: number): void {
  const items = Math.ceil(order / engine.call('symmetricBlock'));
  engine.each('addTransposeInPlace', items, 2 * order * order, values, order);
}
