import type { Engine } from '../engine/engine.js';
import { matmulPacked, packColumns, packRows, unpad } from './matmul.js';

/**
 * F = T^t (W T) by dense products; 2 M^2 S + 2 M S^2 operations, whatever T and W hold.
 *
 * @param w where (M, M) stands in the memory
 * @param mapping where T (M, S) stands
 * @param out where (S, S) is to stand
 */
export function curvatureOfDenseMapping(
  engine: Engine,
  w: number,
  mapping: number,
  m: number,
  s: number,
  out: number,
): void {
  engine.scoped((arena) => {
    const packedMapping = packColumns(engine, arena, mapping, m, s);
    const wMapping = arena.f64(m * s);
    engine.scoped((first) => {
      const packedW = packRows(engine, first, w, m, m);
      unpad(engine, matmulPacked(engine, first, packedW, packedMapping, m, s, m), m, s, wMapping);
    });
    const packedProduct = packColumns(engine, arena, wMapping, m, s);
    unpad(engine, matmulPacked(engine, arena, packedMapping, packedProduct, s, s, m), s, s, out);
  });
}
