import type { LatticeFrame, OnBlock, Strengths } from '@wtilde/numerics';
import type { Arena } from '../engine/arena.js';
import type { Engine } from '../engine/engine.js';
import { createVisibilityBlock, ROUND } from './visibilityBlocks.js';

/** Chunks of visibilities that are summed apart; 12 go evenly into 1, 2, 3, 4 and 6 threads. */
const MOST_CHUNKS = 12;
/** Below this, a chunk costs more in sums than it saves in waiting. */
const LEAST_CHUNK = 64;

/**
 * Sums over visibilities on every point of a lattice, by products of per-axis factors.
 *
 * out[r, c] = sum_k Re(q_k exp(2 pi i (x_c u_k + y_r v_k))). With x_c = X + p_c d about the middle X of the row,
 * P + i Q = q exp(2 pi i (X u + y_r v)) and alpha = 2 pi d u,
 *
 *   out[r, +-p] = sum_k P_rk cos(p alpha_k) -+ sum_k Q_rk sin(p alpha_k),
 *
 * two matrix products over k with half of the columns: 2 rows columns K operations. The visibilities are cut into
 * chunks by K alone and the sums of the chunks added in their order, whatever the number of threads.
 *
 * @param uvWavelengths (K, 2)
 * @returns where (rows, columns) stand in the memory
 */
export function latticeSums(
  engine: Engine,
  arena: Arena,
  strengths: Strengths,
  uvWavelengths: Float64Array,
  lattice: LatticeFrame,
  onBlock?: OnBlock,
): number {
  const { rows, columns, x0, y0, pitchX, pitchY } = lattice;
  const out = arena.f64(rows * columns);
  if (rows === 0 || columns === 0) return out;
  const half = Math.ceil(columns / 2);
  const tiles = 16 * Math.ceil(rows / 4) * Math.ceil(half / 4);
  const total = strengths.length;
  const round = Math.max(1, Math.min(total, ROUND));
  const chunks = Math.max(1, Math.min(MOST_CHUNKS, Math.floor(round / LEAST_CHUNK)));
  const perChunk = Math.ceil(round / chunks);
  const sumsBytes = 16 * tiles;
  const work = 2 * rows * columns;
  return engine.scoped((scoped) => {
    const block = createVisibilityBlock(engine, scoped, round, uvWavelengths, strengths);
    const sums = scoped.zeros(2 * tiles * chunks);
    const scratch = engine.call('latticeSumsScratch', rows, columns);
    const place = [rows, columns, x0, y0, pitchX, pitchY, sums, sumsBytes];
    const perThread = [scoped.f64(scratch * engine.threads), 8 * scratch];
    for (let first = 0; first < total; first += round) {
      const count = Math.min(round, total - first);
      block.load(first, count);
      const { uv, re, im } = block;
      engine.each('latticeSumsChunk', chunks, work * count, uv, re, im, count, perChunk, ...place, ...perThread);
      onBlock?.(first + count, total);
    }
    const strips = Math.ceil(rows / 4);
    engine.each('latticeSumsUnfold', strips, work * chunks, rows, columns, sums, sumsBytes, chunks, out);
    return out;
  });
}
