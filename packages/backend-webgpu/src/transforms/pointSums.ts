import type { RunContext } from '@wtilde/core-types';
import type { Strengths } from '@wtilde/numerics';
import type { Device } from '../device/device.js';
import { groupSize, step } from '../device/program.js';
import { pairSumsPrograms } from '../programs/pairSums.js';
import { pointSums as program } from '../programs/pointSums.js';
import { smallestCovering } from '../wgsl/tiledSums.js';
import { pointPhases, pointsOf } from './points.js';
import { slabSums } from './slabSums.js';

/** Re(sum_k q_k exp(2 pi i (u_k x_i + v_k y_i))) at the points (M, 2) of any grid. */
export async function pointSums(
  device: Device,
  kernel: string,
  context: RunContext,
  strengths: Strengths,
  uv: Float64Array,
  grid: Float64Array,
): Promise<Float64Array> {
  const points = pointsOf(grid);
  return await device.scoped(kernel, async (scope) => {
    const positions = scope.put('points', points.positions);
    return await slabSums(device, kernel, context, strengths, points.count, (chunk) => {
      const turns = chunk.scope.put('turns', pointPhases(points, uv, chunk.first, chunk.count));
      return step(
        program,
        { visibilities: chunk.count, points: points.count },
        { strengths: chunk.strengths, turns, points: positions, out: chunk.out },
        [Math.ceil(points.count / groupSize), chunk.slabs],
      );
    });
  });
}

/** sum_k q_k cos(2 pi (u_k (x_i - x_j) + v_k (y_i - y_j))) for all pairs of points (M, 2) of any grid, q real. */
export async function pairSums(
  device: Device,
  kernel: string,
  context: RunContext,
  strengths: Strengths,
  uv: Float64Array,
  grid: Float64Array,
): Promise<Float64Array> {
  const points = pointsOf(grid);
  const { count } = points;
  const tiled = smallestCovering(pairSumsPrograms, count, count);
  const tiles = Math.ceil(count / tiled.tile);
  return await device.scoped(kernel, async (scope) => {
    const positions = scope.put('points', points.positions);
    return await slabSums(device, kernel, context, strengths, count * count, (chunk) => {
      const turns = chunk.scope.put('turns', pointPhases(points, uv, chunk.first, chunk.count));
      return step(
        tiled,
        { visibilities: chunk.count, rows: count, columns: count },
        { strengths: chunk.strengths, turns, points: positions, out: chunk.out },
        [tiles, tiles, chunk.slabs],
      );
    });
  });
}
