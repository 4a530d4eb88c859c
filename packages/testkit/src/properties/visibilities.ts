/** Properties of everything that is summed over visibilities. */
import type { KernelName, LooseArgs, LooseResult } from '@wtilde/core-types';
import { demand } from '../checkFailed.js';
import { arrayOf, isHostArray } from '../contract/values.js';
import { arrayIn, type Lab, type Property } from './property.js';
import { conjugated, rows, shuffled, visibilityCount, withVisibilities } from './transformations.js';

/** Kernels that are sums over visibilities: their order does not count, and parts add up. */
const sums: readonly KernelName[] = [
  'wTildeDataInterferometerFrom',
  'wTildeCurvatureInterferometerFrom',
  'wTildeCurvaturePreloadInterferometerFrom',
  'wCompactCurvatureInterferometerFrom',
  'dirtyImageInterferometerFrom',
  'noiseNormalizationComplexFrom',
  'chiSquared0From',
];

const order: readonly Property[] = sums.map((kernel) => ({
  name: `the order of the visibilities does not matter to ${kernel}`,
  kernels: [kernel],
  async holds(lab: Lab) {
    const args = lab.args(kernel);
    const other = withVisibilities(args, shuffled(visibilityCount(args)));
    lab.same(kernel, args, await lab.call(kernel, args), await lab.call(kernel, other), 'in another order');
  },
}));

const conjugation: readonly Property[] = sums.map((kernel) => ({
  name: `(u, v, d) -> (-u, -v, conj d) leaves ${kernel} alone`,
  kernels: [kernel],
  async holds(lab: Lab) {
    const args = lab.args(kernel);
    lab.same(kernel, args, await lab.call(kernel, args), await lab.call(kernel, conjugated(args)), 'conjugated');
  },
}));

const chunks: readonly Property[] = sums.map((kernel) => ({
  name: `${kernel} of chunks of visibilities adds up`,
  kernels: [kernel],
  async holds(lab: Lab) {
    const args = lab.args(kernel);
    const parts: LooseResult[] = [];
    for (const part of inChunks(args)) parts.push(await lab.call(kernel, part));
    lab.same(kernel, args, await lab.call(kernel, args), parts.reduce(added), 'the sum over chunks');
  },
}));

const forward = 'visibilitiesFrom';

const independent: Property = {
  name: 'every visibility of a model stands for itself',
  kernels: [forward],
  async holds(lab) {
    const args = lab.args(forward);
    const whole = arrayIn(await lab.call(forward, args), 'the visibilities');
    const order = shuffled(visibilityCount(args));
    const other = await lab.call(forward, withVisibilities(args, order));
    lab.same(forward, args, rows(whole, order), other, 'in another order');
    const turned = Float64Array.from(whole.data, (part, at) => (at % 2 === 1 ? -part : part));
    const expected = arrayOf('complex', turned, whole.shape);
    lab.same(forward, args, expected, await lab.call(forward, conjugated(args)), 'at the opposite baselines');
  },
};

const adjoint: Property = {
  name: 'visibilitiesFrom and dirtyImageInterferometerFrom are adjoint',
  kernels: [forward, 'dirtyImageInterferometerFrom'],
  async holds(lab) {
    const { data, noiseMap, ...rest } = lab.args('dirtyImageInterferometerFrom');
    const d = arrayIn(data, 'data');
    const noise = arrayIn(noiseMap, 'noise');
    const unit = arrayOf('complex', new Float64Array(noise.data.length).fill(1), noise.shape);
    const image = arrayIn(lab.args(forward).image, 'the image');
    const dirty = arrayIn(
      await lab.call('dirtyImageInterferometerFrom', { ...rest, data: d, noiseMap: unit }),
      'dirty',
    );
    const model = arrayIn(await lab.call(forward, { ...rest, image }), 'the visibilities');
    const [left, right] = [dot(model.data, d.data), dot(image.data, dirty.data)];
    const strength = sumOfAbs(image.data) * sumOfAbs(d.data);
    const allowed = (lab.backend.precision === 'float64' ? 1e-12 : 4e-6) * strength;
    demand(Math.abs(left - right) <= allowed, `<V x, d> is ${left} and <x, V^t d> is ${right}, allowed ${allowed}`);
  },
};

export const visibilityProperties: readonly Property[] = [...order, ...conjugation, ...chunks, independent, adjoint];

/** The arguments cut into three parts of different size, the last one possibly empty. */
export function inChunks(args: LooseArgs): readonly LooseArgs[] {
  const count = visibilityCount(args);
  const all = Array.from({ length: count }, (_, k) => k);
  const [first, second] = [Math.ceil(count / 2), Math.ceil(count / 2) + Math.ceil(count / 3)];
  return [all.slice(0, first), all.slice(first, second), all.slice(second)].map((part) => withVisibilities(args, part));
}

/** The sum of two arrays or of two numbers. */
export function added(a: LooseResult, b: LooseResult): LooseResult {
  if (isHostArray(a) && isHostArray(b)) {
    return arrayOf(
      a.dtype,
      Float64Array.from(a.data, (value, at) => value + b.data[at]),
      a.shape,
    );
  }
  return Number(a) + Number(b);
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Array.from(a).reduce((sum, value, at) => sum + value * b[at], 0);
}

function sumOfAbs(values: ArrayLike<number>): number {
  return Array.from(values).reduce((sum, value) => sum + Math.abs(value), 0);
}
