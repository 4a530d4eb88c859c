import type { Engine } from '../engine/engine.js';
import type { CholeskyFactor } from './cholesky.js';
import { mirrorLower } from './symmetric.js';

/**
 * (L L^t)^-1 of a factored matrix, symmetric to the last bit: L^-1 by strips of its columns, then their products. 2/3 S^3
 * operations, on all threads.
 *
 * @param out where (S, S) is to stand
 */
export function inverseOfFactor(engine: Engine, { order, packed }: CholeskyFactor, out: number): void {
  const strips = Math.ceil(order / 4);
  const items = Math.ceil(strips / engine.call('inverseGroup'));
  engine.scoped((arena) => {
    const columns = arena.f64(8 * strips * (strips + 1));
    engine.each('invertFactor', items, order ** 3 / 3, packed, strips, columns);
    const step = 32 * strips;
    const product = arena.f64(16 * strips * strips);
    engine.each('multiplyInverse', items, order ** 3 / 3, columns, strips, product, step);
    mirrorLower(engine, product, step, order, out);
  });
}
