import { type RunContext, real } from '@wtilde/core-types';
import type { LatticeFrame } from '@wtilde/numerics';
import { fromFloats } from '@wtilde/numerics';
import type { Lease } from '../device/bufferPool.js';
import type { Device } from '../device/device.js';
import { inChunks } from '../device/inChunks.js';
import { linearGroups, type Step, step } from '../device/program.js';
import type { Scope } from '../device/scope.js';
import { latticeVisibilities as latticeProgram } from '../programs/latticeVisibilities.js';
import { pointVisibilities as pointProgram } from '../programs/pointVisibilities.js';
import { countedFromLeft, latticePhases } from './phases.js';
import { pointPhases, pointsOf } from './points.js';

/** Visibilities that are made at a time. */
const chunk = 2 ** 16;

type StepOf = (scope: Scope, image: Lease, first: number, count: number, out: Lease) => Step;

/** sum over the pixels of exp(-2 pi i (u_k x + v_k y)) image at (y, x), (K) interleaved, of a lattice image. */
export function latticeVisibilities(
  device: Device,
  kernel: string,
  context: RunContext,
  image: Float64Array,
  uv: Float64Array,
  lattice: LatticeFrame,
): Promise<Float64Array> {
  const counted = countedFromLeft(lattice);
  const { rows, columns } = lattice;
  return visibilities(device, kernel, context, image, uv.length / 2, (scope, pixels, first, count, out) => {
    const turns = scope.put('turns', latticePhases(counted, uv, first, count));
    const sizes = { visibilities: count, rows, columns };
    return step(latticeProgram, sizes, { image: pixels, turns, out }, linearGroups(count));
  });
}

/** The same for an image on any grid (M, 2). */
export function pointVisibilities(
  device: Device,
  kernel: string,
  context: RunContext,
  image: Float64Array,
  uv: Float64Array,
  grid: Float64Array,
): Promise<Float64Array> {
  const points = pointsOf(grid);
  return device.scoped(kernel, async (outer) => {
    const positions = outer.put('points', points.positions);
    return await visibilities(device, kernel, context, image, uv.length / 2, (scope, pixels, first, count, out) => {
      const turns = scope.put('turns', pointPhases(points, uv, first, count));
      const sizes = { visibilities: count, points: points.count };
      return step(pointProgram, sizes, { image: pixels, turns, points: positions, out }, linearGroups(count));
    });
  });
}

/** Runs a step for every chunk of visibilities, and brings them to the host. */
async function visibilities(
  device: Device,
  kernel: string,
  context: RunContext,
  image: Float64Array,
  K: number,
  stepOf: StepOf,
): Promise<Float64Array> {
  const all = new Float64Array(2 * K);
  await device.scoped(kernel, async (outer) => {
    const array = outer.argument('image', real(image));
    const pixels = outer.borrow(array);
    await inChunks(
      kernel,
      context,
      K,
      chunk,
      (first, count) =>
        device.scoped(kernel, async (scope) => {
          const out = scope.scratch('visibilities', 2 * count);
          await scope.submit('visibilities', [stepOf(scope, pixels, first, count, out)]);
          return { first, data: fromFloats(new Float32Array(await scope.read(out, 2 * count)), array.exponent) };
        }),
      ({ first, data }) => all.set(data, 2 * first),
    );
  });
  return all;
}
