/** Visibilities from arrays under the names that other tools give them. */
import { complex, lanes, type NdArray, real, sizeOf, WtildeError } from '@wtilde/core-types';
import { type Fields, fieldNamed } from '../fields.js';
import type { Visibilities } from '../fits/triple.js';
import { type Range, rangeOf } from './options.js';

/** What baselines are measured in. */
export type BaselineUnit = 'wavelengths' | 'kilowavelengths' | 'metres';

/** Options of {@link visibilitiesFrom}. */
export interface ArraysOptions {
  /** Default: metres where there are frequencies, else wavelengths. */
  readonly uvUnit?: BaselineUnit | undefined;
  /** Channels a to b - 1 of arrays that have them, from 0. */
  readonly channels?: Range | undefined;
  /** What to call the arrays in messages. */
  readonly where?: string | undefined;
}

const names = {
  data: ['data', 'visibilities', 'Vis', 'vis'],
  re: ['data_re', 'real', 're'],
  im: ['data_im', 'imag', 'im'],
  noise: ['noise_map', 'noise', 'sigma'],
  weight: ['weight', 'weights', 'Wgt', 'wgt'],
  uv: ['uv_wavelengths', 'uv'],
  u: ['uu', 'u'],
  v: ['vv', 'v'],
  frequency: ['frequencies', 'frequency', 'freqs', 'freq'],
} as const;

const lightSpeed = 299792458;

/** Numbers of channels x visibilities, channels outermost. */
interface Plane {
  readonly name: string;
  readonly values: Float64Array;
  readonly channels: number;
  readonly count: number;
}

/**
 * Visibilities of arrays as PyAutoLens (`data`, `noise_map`, `uv_wavelengths`), MPoL and visread (`uu`, `vv`, `data`,
 * `weight`, `frequencies`) and scripts like theirs (`u`, `v`, `Vis`, `Wgt`, `freq`; `data_re`, `data_im`) write them.
 *
 * Data and noise are complex, or real with their two parts first or last: (K), (K, 2), (2, K), with channels before K:
 * (channels, K), (channels, K, 2). Axes of extent 1 do not matter. Noise may be one real number for both parts; a weight is
 * 1 / sigma^2 of each, and one that is not above 0 flags (infinite noise). Channels become visibilities of their own, at u
 * = frequency x metres / c. Frequencies are in Hz.
 *
 * @throws MissingArgument where arrays are missing; ShapeMismatch where they do not belong together; InvalidOption.
 */
export function visibilitiesFrom(fields: Fields, options: ArraysOptions = {}): Visibilities {
  const { where = 'arrays', channels: asked } = options;
  const find = (key: keyof typeof names) => named(fields, names[key]);
  const [u, v] = baselines(find, where);
  const count = u.values.length / u.channels;
  const frequencies = find('frequency');
  const [re, im] = parts(find, count, where);
  const [from, to] = rangeOf(asked, re.channels, 'channels');
  const [noiseRe, noiseIm] = noises(find, re, where);
  const scales = scalesOf(options.uvUnit, frequencies, re.channels, where);
  if (u.channels !== 1 && u.channels !== re.channels) throw unequal(where, `${re.channels} channels`, u);
  const total = (to - from) * count;
  const data = new Float64Array(2 * total);
  const noise = new Float64Array(2 * total);
  const uv = new Float64Array(2 * total);
  for (let channel = from, row = 0; channel < to; channel++) {
    for (let k = 0; k < count; k++, row++) {
      const at = channel * count + k;
      const baseline = u.channels === 1 ? k : at;
      data[2 * row] = re.values[at];
      data[2 * row + 1] = im.values[at];
      noise[2 * row] = noiseRe.values[noiseRe.channels === 1 ? k : at];
      noise[2 * row + 1] = noiseIm.values[noiseIm.channels === 1 ? k : at];
      uv[2 * row] = scales[channel] * u.values[baseline];
      uv[2 * row + 1] = scales[channel] * v.values[baseline];
    }
  }
  return { data: complex(data, [total]), noiseMap: complex(noise, [total]), uvWavelengths: real(uv, [total, 2]) };
}

type Find = (key: keyof typeof names) => { readonly name: string; readonly array: NdArray } | undefined;

function named(fields: Fields, candidates: readonly string[]) {
  for (const name of candidates) {
    const array = fieldNamed(fields, name);
    if (array !== undefined) return { name, array };
  }
  return undefined;
}

function baselines(find: Find, where: string): readonly [Plane, Plane] {
  const both = find('uv');
  if (both !== undefined) return pairOf(both, undefined, where);
  const [u, v] = [find('u'), find('v')];
  if (u === undefined || v === undefined) throw missing('baselines', [...names.uv, 'uu and vv', 'u and v'], where);
  const planes = [
    planeOf(u.name, realOf(u.array), u.array.shape),
    planeOf(v.name, realOf(v.array), v.array.shape),
  ] as const;
  if (planes[0].values.length !== planes[1].values.length) throw unequal(where, describe(planes[0]), planes[1]);
  return planes;
}

function parts(find: Find, count: number, where: string): readonly [Plane, Plane] {
  const data = find('data');
  const planes = data === undefined ? twoParts(find, where) : pairOf(data, count, where);
  if (planes[0].count === count && planes[1].values.length === planes[0].values.length) return planes;
  throw unequal(where, `${count} visibilities, as there are baselines`, planes[0]);
}

function twoParts(find: Find, where: string): readonly [Plane, Plane] {
  const [re, im] = [find('re'), find('im')];
  if (re === undefined || im === undefined)
    throw missing('visibilities', [...names.data, 'data_re and data_im'], where);
  return [planeOf(re.name, realOf(re.array), re.array.shape), planeOf(im.name, realOf(im.array), im.array.shape)];
}

/** Noise of both parts, from noise or from weights. */
function noises(find: Find, like: Plane, where: string): readonly [Plane, Plane] {
  const given = find('noise') ?? find('weight');
  if (given === undefined) throw missing('noise', [...names.noise, ...names.weight], where);
  const isWeight = names.weight.some((name) => name === given.name);
  const { name, array } = given;
  const single = sizeOf(array.shape) === like.values.length || sizeOf(array.shape) === like.count;
  const planes: readonly [Plane, Plane] =
    array.dtype !== 'complex' && single
      ? [planeOf(name, realOf(array), array.shape), planeOf(name, realOf(array), array.shape)]
      : pairOf(given, like.count, where);
  for (const plane of planes) {
    const fits = plane.values.length === like.values.length || (plane.channels === 1 && plane.count === like.count);
    if (!fits) throw unequal(where, `${describe(like)}, as there are visibilities`, plane);
  }
  if (!isWeight) return planes;
  const sigmas = ({ values, ...plane }: Plane) => ({ ...plane, values: values.map(sigmaOf) });
  return [sigmas(planes[0]), sigmas(planes[1])];
}

function sigmaOf(weight: number): number {
  return weight > 0 ? 1 / Math.sqrt(weight) : Number.POSITIVE_INFINITY;
}

/** Two parts of complex numbers, or of real ones whose first or last axis has two. */
function pairOf(
  { name, array }: { readonly name: string; readonly array: NdArray },
  count: number | undefined,
  where: string,
): readonly [Plane, Plane] {
  const shape = array.shape.filter((extent) => extent !== 1);
  const values = Float64Array.from(array.data);
  if (array.dtype === 'complex') return split(name, values, array.shape, 'last');
  // (2, 2) and the like are read as (K, 2), unless only the other way round has the right K.
  const [first, last] = [shape[0] === 2, shape.at(-1) === 2];
  const fits = (extents: readonly number[]) => count === undefined || (extents.at(-1) ?? 1) === count;
  const [before, behind] = [shape.slice(0, -1), shape.slice(1)];
  if (last && (fits(before) || !first)) return split(name, values, before, 'last');
  if (first) return split(name, values, behind, 'first');
  throw new WtildeError('ShapeMismatch', {
    what: 'the array has no two parts',
    where: `${where}, ${name}`,
    expected: '[K, 2] or [2, K] of real numbers, channels before them, or complex numbers',
    actual: `[${array.shape.join(', ')}] of ${array.dtype} numbers`,
    remedy: 'write real and imaginary part, or u and v, side by side',
  });
}

function split(
  name: string,
  values: Float64Array,
  shape: readonly number[],
  where: 'first' | 'last',
): readonly [Plane, Plane] {
  const count = values.length / 2;
  const part = (which: number) =>
    where === 'first'
      ? values.subarray(which * count, (which + 1) * count)
      : Float64Array.from({ length: count }, (_, at) => values[2 * at + which]);
  return [planeOf(name, part(0), shape), planeOf(name, part(1), shape)];
}

function planeOf(name: string, values: Float64Array, shape: readonly number[]): Plane {
  const extents = shape.filter((extent) => extent !== 1);
  const count = extents.at(-1) ?? 1;
  return { name, values, count, channels: count === 0 ? 1 : values.length / count };
}

function realOf(array: NdArray): Float64Array {
  const step = lanes(array.dtype);
  return Float64Array.from({ length: sizeOf(array.shape) }, (_, at) => array.data[step * at]);
}

/** What u and v of every channel are multiplied by. */
function scalesOf(
  unit: BaselineUnit | undefined,
  frequencies: { readonly name: string; readonly array: NdArray } | undefined,
  channels: number,
  where: string,
): readonly number[] {
  const hertz = frequencies === undefined ? [] : [...realOf(frequencies.array)];
  const used = unit ?? (frequencies === undefined ? 'wavelengths' : 'metres');
  if (used !== 'metres') {
    const scale = { wavelengths: 1, kilowavelengths: 1000 }[used];
    if (scale !== undefined) return new Array<number>(channels).fill(scale);
    throw new WtildeError('InvalidOption', {
      what: 'baselines are not measured in this',
      where: 'uvUnit',
      expected: 'wavelengths, kilowavelengths or metres',
      actual: String(used),
      remedy: 'correct it or leave it out',
    });
  }
  if (hertz.length === channels || hertz.length === 1) {
    return Array.from({ length: channels }, (_, channel) => hertz[hertz.length === 1 ? 0 : channel] / lightSpeed);
  }
  if (frequencies === undefined) throw missing('frequencies, which metres need', names.frequency, where);
  throw new WtildeError('ShapeMismatch', {
    what: 'frequencies and channels differ in their number',
    where: `${where}, ${frequencies.name}`,
    expected: `${channels} numbers in Hz, or one`,
    actual: String(hertz.length),
    remedy: 'pass the frequency of every channel',
  });
}

function describe({ channels, count }: Plane): string {
  return channels === 1 ? `${count} numbers` : `${channels} channels of ${count} numbers`;
}

function unequal(where: string, expected: string, plane: Plane): WtildeError {
  return new WtildeError('ShapeMismatch', {
    what: 'the arrays do not belong together',
    where: `${where}, ${plane.name}`,
    expected,
    actual: describe(plane),
    remedy: 'pass arrays of one dataset: visibilities along the last axis, channels before it',
  });
}

function missing(what: string, expected: readonly string[], where: string): WtildeError {
  return new WtildeError('MissingArgument', {
    what: `there are no ${what}`,
    where,
    expected: `an array ${expected.join(', ')}`,
    actual: 'none of that name',
    remedy: 'save the arrays under such names: numpy.savez(file, data=..., noise_map=..., uv_wavelengths=...)',
  });
}
