import type { RunContext } from '@wtilde/core-types';
import type { Strengths } from '@wtilde/numerics';
import { toFloats } from '@wtilde/numerics';
import type { Lease } from '../device/bufferPool.js';
import type { Device } from '../device/device.js';
import { fits } from '../device/fits.js';
import { inChunks } from '../device/inChunks.js';
import { linearGroups, type Step, step } from '../device/program.js';
import type { Scope } from '../device/scope.js';
import { sumSlabs } from '../programs/sumSlabs.js';
import { slabSize } from '../wgsl/slabs.js';

/** Bytes of partial sums that a chunk may have on the device. */
const slabMemory = 2 ** 26;

/** The most slabs in a chunk: between chunks work can be aborted and float64 takes over. */
const mostSlabs = 128;

/** Some visibilities on the device. */
export interface Chunk {
  readonly scope: Scope;
  readonly first: number;
  readonly count: number;
  readonly slabs: number;
  /** (count) of q, re and im. */
  readonly strengths: Lease;
  /** (slabs, length), where the sums over each slab go. */
  readonly out: Lease;
}

/**
 * `length` sums over visibilities in float64: float32 sums per slab and per chunk of visibilities, added in float64
 * here. Memory does not depend on their number K.
 *
 * @param sum the step that sums the slabs of a chunk
 */
export async function slabSums(
  device: Device,
  kernel: string,
  context: RunContext,
  strengths: Strengths,
  length: number,
  sum: (chunk: Chunk) => Step,
): Promise<Float64Array> {
  const sums = new Float64Array(length);
  if (length === 0) return sums;
  const memory = Math.min(slabMemory, device.pool.budget / 8);
  const slabsAtOnce = Math.min(Math.max(Math.floor(memory / (4 * length)), 1), mostSlabs);
  await inChunks(
    kernel,
    context,
    strengths.length,
    slabsAtOnce * slabSize,
    (first, count) =>
      device.scoped(kernel, async (scope) => {
        const slabs = Math.ceil(count / slabSize);
        const out = scope.scratch('slabs', slabs * length);
        const total = scope.scratch('sums', length);
        const { data, exponent } = toFloats(strengthsOf(strengths, first, count));
        const summed = sum({ scope, first, count, slabs, strengths: scope.put('strengths', data), out });
        await scope.submit('sums', [
          summed,
          step(sumSlabs, { slabs, length }, { slabs: out, out: total }, linearGroups(length)),
        ]);
        return { data: new Float32Array(await scope.read(total, length)), exponent };
      }),
    ({ data, exponent }) => {
      const unit = 2 ** exponent;
      for (let i = 0; i < length; i++) sums[i] += data[i] * unit;
    },
  );
  return sums;
}

/** True, or why so many sums do not fit the device. */
export function slabSumsFit(device: Device, length: number): true | string {
  return fits(device, { 'a slab of sums': length, 'the other chunk': length, 'the sums': 2 * length });
}

/** q of some visibilities, re and im. */
function strengthsOf(strengths: Strengths, first: number, count: number): Float64Array {
  const [re, im] = [new Float64Array(count), new Float64Array(count)];
  strengths.fill(first, count, re, im);
  const q = new Float64Array(2 * count);
  for (let k = 0; k < count; k++) {
    q[2 * k] = re[k];
    if (strengths.complex) q[2 * k + 1] = im[k];
  }
  return q;
}
