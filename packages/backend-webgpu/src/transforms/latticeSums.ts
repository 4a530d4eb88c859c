import type { RunContext } from '@wtilde/core-types';
import type { LatticeFrame, Strengths } from '@wtilde/numerics';
import type { Device } from '../device/device.js';
import { step } from '../device/program.js';
import { latticeSumsPrograms } from '../programs/latticeSums.js';
import { smallestCovering } from '../wgsl/tiledSums.js';
import { countedFromMiddle, halfOf, latticePhases } from './phases.js';
import { slabSums, slabSumsFit } from './slabSums.js';

/** Re(sum_k q_k exp(2 pi i (u_k x + v_k y))) at all points (y, x) of a lattice, (rows, columns) in float64. */
export async function latticeSums(
  device: Device,
  kernel: string,
  context: RunContext,
  strengths: Strengths,
  uv: Float64Array,
  lattice: LatticeFrame,
): Promise<Float64Array> {
  const counted = countedFromMiddle(lattice);
  const { rows } = lattice;
  const half = halfOf(lattice);
  const program = smallestCovering(latticeSumsPrograms, rows, half);
  const sums = await slabSums(device, kernel, context, strengths, 2 * rows * half, (chunk) => {
    const turns = chunk.scope.put('turns', latticePhases(counted, uv, chunk.first, chunk.count));
    return step(
      program,
      { visibilities: chunk.count, rows, columns: half },
      { strengths: chunk.strengths, turns, out: chunk.out },
      [Math.ceil(half / program.tile), Math.ceil(rows / program.tile), chunk.slabs],
    );
  });
  return unfold(sums, lattice, half);
}

/** True, or why sums over a lattice do not fit the device. */
export function latticeSumsFit(device: Device, rows: number, columns: number): true | string {
  return slabSumsFit(device, 2 * rows * halfOf({ columns }));
}

/** Operations of {@link latticeSums}, tables included: 24 for an entry. */
export function latticeSumsFlops(K: number, rows: number, columns: number): number {
  const half = halfOf({ columns });
  const { tile } = smallestCovering(latticeSumsPrograms, rows, half);
  const tables = Math.ceil(rows / tile) * Math.ceil(half / tile) * 2 * tile;
  return K * (4 * rows * half + 24 * tables);
}

/** Both halves of the columns: the difference of the two sums on the right of the middle, their sum on the left. */
function unfold(sums: Float64Array, { rows, columns }: LatticeFrame, half: number): Float64Array {
  const values = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    for (let c = 0; c < half; c++) {
      const at = 2 * (row * half + c);
      values[row * columns + columns - half + c] = sums[at] - sums[at + 1];
      values[row * columns + half - 1 - c] = sums[at] + sums[at + 1];
    }
  }
  return values;
}
