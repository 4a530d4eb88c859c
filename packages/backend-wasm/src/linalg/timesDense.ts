import type { Arena } from '../engine/arena.js';
import type { Engine } from '../engine/engine.js';

/**
 * T^t d for any d (rows), of a dense T (rows, columns) that is kept in the memory. 2 M S operations; every 32 rows have a
 * sum of their own, added in order, so that threads do not change it.
 */
export function timesDense(
  engine: Engine,
  arena: Arena,
  matrix: Float64Array,
  rows: number,
  columns: number,
): (vector: Float64Array) => Float64Array {
  const values = arena.putF64(matrix);
  const offsets = arena.putI32(Int32Array.from({ length: rows }, (_, row) => row * columns));
  const items = Math.ceil(rows / engine.call('dataVectorRows'));
  return (vector) =>
    engine.scoped((inner) => {
      const parts = inner.f64(items * columns);
      const args = [values, offsets, inner.putF64(vector), rows, columns, parts];
      engine.each('dataVectorParts', items, 2 * rows * columns, ...args);
      const sums = new Float64Array(columns);
      const all = engine.heap.f64(parts, items * columns);
      for (let item = 0; item < items; item++) {
        for (let column = 0; column < columns; column++) sums[column] += all[item * columns + column];
      }
      return sums;
    });
}
