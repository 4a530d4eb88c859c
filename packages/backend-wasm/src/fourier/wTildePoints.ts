import type { OnBlock } from '@wtilde/numerics';
import { weightStrengths } from '@wtilde/numerics';
import type { Engine } from '../engine/engine.js';
import { createVisibilityBlock } from './visibilityBlocks.js';

/**
 * The dense W (#4) between arbitrary points, factorised:
 * W_ij = sum_k w_k cos(a_ik - a_jk) = sum_k w_k (cos a_ik cos a_jk + sin a_ik sin a_jk),
 * a_ik = 2 pi (x_i u_k + y_i v_k), w_k = 1 / n_k^2.
 *
 * A product of (M, 2 K) tables, half of it since W is symmetric: 2 M^2 K operations and M K cosines. Points are taken
 * relative to the first, so that only displacements turn the phase.
 *
 * @param noiseMapReal (K)
 * @param uvWavelengths (K, 2)
 * @param gridRadiansSlim (M, 2) y and x
 * @returns (M, M), symmetric to the last bit
 */
export function wTildeFromPoints(
  engine: Engine,
  noiseMapReal: Float64Array,
  uvWavelengths: Float64Array,
  gridRadiansSlim: Float64Array,
  onBlock?: OnBlock,
): Float64Array {
  const points = gridRadiansSlim.length / 2;
  const total = noiseMapReal.length;
  const strips = Math.ceil(points / 4);
  const step = 32 * strips;
  const capacity = engine.call('pointBlock');
  return engine.scoped((arena) => {
    const w = arena.zeros(16 * strips * strips);
    const grid = arena.putF64(gridRadiansSlim);
    const tables = arena.f64(engine.call('pointTablesLength', points));
    const scratch = arena.f64((2 * capacity + 16) * engine.threads);
    const block = createVisibilityBlock(engine, arena, capacity, uvWavelengths, weightStrengths(noiseMapReal));
    for (let first = 0; first < total; first += capacity) {
      const count = Math.min(capacity, total - first);
      block.load(first, count);
      const tableWork = 80 * points * count;
      engine.each('pointTables', strips, tableWork, block.uv, block.re, count, grid, points, tables, scratch);
      engine.each('addPointProducts', strips, 2 * points * points * count, tables, count, w, step);
      onBlock?.(first + count, total);
    }
    const out = arena.f64(points * points);
    const items = Math.ceil(points / engine.call('symmetricBlock'));
    engine.each('mirrorLower', items, 2 * points * points, w, step, points, out);
    return engine.heap.copyF64(out, points * points);
  });
}
