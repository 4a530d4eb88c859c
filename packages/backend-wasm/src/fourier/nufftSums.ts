import type { NufftTarget, OnBlock, Strengths } from '@wtilde/numerics';
import type { Arena } from '../engine/arena.js';
import type { Engine } from '../engine/engine.js';
import { createFineGrid, spreadVisibilities } from './fineGrid.js';
import { collectModes } from './nufftModes.js';
import { createNufftPlan } from './nufftPlan.js';
import { copiedVisibilities } from './visibilitySource.js';

/**
 * Sums over visibilities at the points of a target by a type-1 non-uniform FFT:
 * out[r, c] = sum_k Re(q_k exp(2 pi i (x_c u_k + y_r v_k))), to `tolerance` times sum |q_k|.
 *
 * @param uvWavelengths (K, 2)
 * @param tolerance 1e-1 to 1e-14
 * @returns where (rows, columns) stand in the memory
 */
export function nufftSums(
  engine: Engine,
  arena: Arena,
  target: NufftTarget,
  strengths: Strengths,
  uvWavelengths: Float64Array,
  tolerance: number,
  onBlock?: OnBlock,
): number {
  const { rows, columns, modesX, modesY, even: real } = target;
  const out = arena.f64(rows * columns);
  if (rows === 0 || columns === 0) return out;
  const plan = createNufftPlan({ modesX, modesY, real, tolerance, visibilities: strengths.length });
  return engine.scoped((scoped) => {
    const grid = createFineGrid(engine, scoped, plan, real ? 1 : 2);
    engine.scoped((ours) => {
      const source = copiedVisibilities(engine, ours, target, strengths, uvWavelengths);
      spreadVisibilities(engine, grid, target, source, onBlock);
    });
    collectModes(engine, grid, target, grid.planes, out);
    return out;
  });
}
