import type { OnBlock, Strengths } from '@wtilde/numerics';
import type { Engine } from '../engine/engine.js';
import { createVisibilityBlock, ROUND } from './visibilityBlocks.js';

/** Operations of a sine and a cosine. */
const TRIGONOMETRY = 40;

/**
 * Sums over visibilities at arbitrary points: out[i] = sum_k Re(q_k exp(2 pi i (x_i u_k + y_i v_k))).
 *
 * @param uvWavelengths (K, 2)
 * @param gridRadiansSlim (M, 2) y and x
 */
export function directSums(
  engine: Engine,
  strengths: Strengths,
  uvWavelengths: Float64Array,
  gridRadiansSlim: Float64Array,
  onBlock?: OnBlock,
): Float64Array {
  const total = strengths.length;
  const points = gridRadiansSlim.length / 2;
  const round = Math.min(total, ROUND);
  return engine.scoped((arena) => {
    const grid = arena.putF64(gridRadiansSlim);
    const block = createVisibilityBlock(engine, arena, round, uvWavelengths, strengths);
    const out = arena.zeros(points);
    const scratch = arena.f64(engine.call('directScratch') * engine.threads);
    const items = Math.ceil(points / engine.call('directPoints'));
    for (let first = 0; first < total; first += round) {
      const count = Math.min(round, total - first);
      block.load(first, count);
      const work = TRIGONOMETRY * count * points;
      engine.each('directSums', items, work, block.uv, block.re, block.im, count, grid, points, out, scratch);
      onBlock?.(first + count, total);
    }
    return engine.heap.copyF64(out, points);
  });
}

/**
 * The forward transform (#26) from arbitrary points: V_k = sum_i image_i exp(-2 pi i (x_i u_k + y_i v_k)).
 *
 * @returns (K) complex, interleaved
 */
export function directVisibilities(
  engine: Engine,
  image: Float64Array,
  uvWavelengths: Float64Array,
  gridRadiansSlim: Float64Array,
  onBlock?: OnBlock,
): Float64Array {
  const total = uvWavelengths.length / 2;
  const visibilities = new Float64Array(2 * total);
  const round = Math.min(total, ROUND);
  engine.scoped((arena) => {
    const grid = arena.putF64(gridRadiansSlim);
    const values = arena.putF64(image);
    const block = createVisibilityBlock(engine, arena, round, uvWavelengths);
    const out = arena.f64(2 * round);
    const scratch = arena.f64(engine.call('directScratch') * engine.threads);
    for (let first = 0; first < total; first += round) {
      const count = Math.min(round, total - first);
      block.load(first, count);
      const items = Math.ceil(count / engine.call('directBlock'));
      const work = TRIGONOMETRY * count * image.length;
      engine.each('directVisibilities', items, work, block.uv, count, values, grid, image.length, out, scratch);
      visibilities.set(engine.heap.f64(out, 2 * count), 2 * first);
      onBlock?.(first + count, total);
    }
  });
  return visibilities;
}
