import type { RunContext } from '@wtilde/core-types';
import type { Lattice, Strengths } from '@wtilde/numerics';
import type { Device } from '../device/device.js';
import { fits } from '../device/fits.js';
import { toFloats } from '../device/floats.js';
import { inChunks } from '../device/inChunks.js';
import { linearGroups } from '../device/program.js';
import { latticeSumsFor, slabSize } from '../programs/latticeSums.js';
import { sumSlabs } from '../programs/sumSlabs.js';
import { centred, type PhaseTable, phaseTable } from './phases.js';

/** Bytes of partial sums that a chunk may have on the device. */
const slabMemory = 2 ** 26;

/** The most slabs in a chunk: between chunks work can be aborted and float64 takes over. */
const mostSlabs = 128;

/**
 * Re(sum_k q_k exp(2 pi i (u_k x + v_k y))) at all points (y, x) of a lattice, (rows, columns) in float64: float32 sums
 * per chunk of visibilities, added in float64 here. Memory does not depend on their number K.
 */
export async function latticeSums(
  device: Device,
  kernel: string,
  context: RunContext,
  strengths: Strengths,
  uv: Float64Array,
  lattice: Lattice,
): Promise<Float64Array> {
  const image = centred(lattice);
  const { rows } = lattice;
  const length = 2 * rows * image.half;
  const sums = new Float64Array(length);
  if (length > 0) {
    const slabs = Math.min(
      Math.max(Math.floor(Math.min(slabMemory, device.pool.budget / 8) / (4 * length)), 1),
      mostSlabs,
    );
    await inChunks(
      kernel,
      context,
      strengths.length,
      slabs * slabSize,
      (first, count) => sumChunk(device, kernel, rows, image.half, phaseTable(image, strengths, uv, first, count)),
      ({ data, exponent }) => {
        const unit = 2 ** exponent;
        for (let i = 0; i < length; i++) sums[i] += data[i] * unit;
      },
    );
  }
  return unfold(sums, lattice, image.half);
}

/** True, or why sums over a lattice do not fit the device. */
export function latticeSumsFit(device: Device, rows: number, columns: number): true | string {
  const sums = 2 * rows * Math.ceil(columns / 2);
  return fits(device, { 'a slab of sums': sums, 'the other chunk': sums, 'the sums': 2 * sums });
}

/** Operations of {@link latticeSums}, tables included: 24 for an entry. */
export function latticeSumsFlops(K: number, rows: number, columns: number): number {
  const half = Math.ceil(columns / 2);
  const { tile } = latticeSumsFor(rows, half);
  const tables = Math.ceil(rows / tile) * Math.ceil(half / tile) * 2 * tile;
  return K * (4 * rows * half + 24 * tables);
}

async function sumChunk(device: Device, kernel: string, rows: number, half: number, phases: PhaseTable) {
  const count = phases.turns.length / 4;
  const slabs = Math.ceil(count / slabSize);
  const length = 2 * rows * half;
  const program = latticeSumsFor(rows, half);
  const { data: strengths, exponent } = toFloats(phases.strengths);
  return await device.scoped(kernel, async (scope) => {
    const parts = scope.scratch('slabs', slabs * length);
    const sums = scope.scratch('sums', length);
    await scope.submit('lattice sums', [
      {
        program,
        params: [count, rows, half],
        buffers: [scope.put('turns', phases.turns), scope.put('strengths', strengths), parts],
        groups: [Math.ceil(half / program.tile), Math.ceil(rows / program.tile), slabs],
      },
      { program: sumSlabs, params: [slabs, length], buffers: [parts, sums], groups: linearGroups(length) },
    ]);
    return { data: new Float32Array(await scope.read(sums, length)), exponent };
  });
}

/** Both halves of the columns: the difference of the two sums on the right of the centre, their sum on the left. */
function unfold(sums: Float64Array, { rows, columns }: Lattice, half: number): Float64Array {
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
