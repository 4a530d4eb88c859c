import { complex, isFlagged, type NdArray, real, WtildeError } from '@wtilde/core-types';
import type { Visibilities } from '@wtilde/data';
import type { Dispatcher } from '@wtilde/dispatch';
import type { GainErrors } from './gainErrors.js';
import type { GainKind } from './gainKind.js';
import { inverseRootOf } from './inverseRoot.js';
import type { MarginalisedGains } from './marginalisedGains.js';

/** Sums by antennas beside those over all visibilities. */
export interface GainSums {
  /** The visibilities with the gains taken out that are known to first order; what is left of them is summed. */
  take(chunk: Visibilities, first: number): Promise<Visibilities>;
  finish(): MarginalisedGains;
}

/** Gains of one kind and interval: sums over its visibilities. */
interface Sums {
  readonly kind: GainKind;
  readonly interval: number;
  readonly antennas: number[];
  readonly places: Map<number, number>;
  /** J^t N^-1 J by pairs of places, the upper left of this many rows. */
  gram: Float64Array;
  room: number;
  /** J^t N^-1 d */
  readonly response: number[];
  /** B: a dirty image for every antenna. */
  readonly images: Float64Array[];
}

/**
 * Sums J^t N^-1 J, J^t N^-1 d and B over visibilities. A visibility has two columns of J of a kind: +i z and -i z of phases,
 * z and z of amplitudes, z that of the image, or the visibility itself.
 *
 * Cost: two dirty images, and the visibilities of the image, for every visibility; memory: M x Q and Q x antennas.
 */
export function createGainSums(
  dispatcher: Dispatcher,
  gridRadiansSlim: NdArray<'real'>,
  errors: GainErrors,
  tolerance: number | undefined,
): GainSums {
  const { phase, amplitude, interval, image, estimates } = errors;
  const blocks = new Map<string, Sums>();
  const pixels = gridRadiansSlim.shape[0];
  let begin = Number.NaN;
  let gainsOfNoise = 0;
  /** By antenna and interval: logarithm of amplitude, and phase. */
  let known: Map<string, readonly [number, number]> | undefined;

  const intervalOf = (time: number) => (interval === undefined ? 0 : Math.floor((time - begin) / interval));
  const startOf = (number: number) => (interval === undefined ? begin : begin + number * interval);

  function knownGains(): Map<string, readonly [number, number]> {
    if (known !== undefined) return known;
    known = new Map();
    if (estimates === undefined) return known;
    const { antennas, starts, phases, amplitudes } = estimates;
    for (const [at, antenna] of antennas.data.entries()) {
      const number = interval === undefined ? 0 : Math.round((starts.data[at] - begin) / interval);
      known.set(`${antenna} ${number}`, [amplitudes.data[at], phases.data[at]]);
    }
    return known;
  }

  function gainOf(antenna: number, number: number): readonly [number, number] {
    return knownGains().get(`${antenna} ${number}`) ?? [0, 0];
  }

  function blockOf(kind: GainKind, number: number): Sums {
    const key = `${kind} ${number}`;
    let found = blocks.get(key);
    if (found === undefined) {
      found = {
        kind,
        interval: number,
        antennas: [],
        places: new Map(),
        gram: new Float64Array(0),
        room: 0,
        response: [],
        images: [],
      };
      blocks.set(key, found);
    }
    return found;
  }

  function placeOf(block: Sums, antenna: number): number {
    const before = block.places.get(antenna);
    if (before !== undefined) return before;
    const place = block.antennas.length;
    block.antennas.push(antenna);
    block.places.set(antenna, place);
    block.response.push(0);
    block.images.push(new Float64Array(pixels));
    if (place < block.room) return place;
    const room = Math.max(8, 2 * block.room);
    const gram = new Float64Array(room * room);
    for (let i = 0; i < place; i++) for (let j = 0; j < place; j++) gram[i * room + j] = block.gram[i * block.room + j];
    block.gram = gram;
    block.room = room;
    return place;
  }

  const kinds: GainKind[] = [];
  if (phase !== undefined) kinds.push('phase');
  if (amplitude !== undefined) kinds.push('amplitude');

  async function take(chunk: Visibilities, first: number): Promise<Visibilities> {
    if (chunk.data.shape[0] === 0) return chunk;
    const { antennas, times } = told(chunk, first);
    if (Number.isNaN(begin)) begin = times.data[0];
    const numbers = Int32Array.from(times.data, intervalOf);
    const calibrated = withoutKnown(chunk, antennas.data, numbers);
    const z =
      image === undefined
        ? calibrated.data
        : await dispatcher.visibilitiesFrom(
            { image, uvWavelengths: chunk.uvWavelengths, gridRadiansSlim },
            { tolerance },
          );
    for (const kind of kinds) await addKind(kind, calibrated, antennas.data, numbers, z.data);
    return calibrated;
  }

  /** d / g with noise / |g|. */
  function withoutKnown(chunk: Visibilities, antennas: Int32Array, numbers: Int32Array): Visibilities {
    const { data, noiseMap, uvWavelengths } = chunk;
    if (estimates === undefined) return { data, noiseMap, uvWavelengths };
    const [values, noise] = [data.data.slice(), noiseMap.data.slice()];
    for (let k = 0; k < numbers.length; k++) {
      if (isFlagged(noise, k)) continue;
      const [one, other] = [gainOf(antennas[2 * k], numbers[k]), gainOf(antennas[2 * k + 1], numbers[k])];
      const [log, angle] = [one[0] + other[0], one[1] - other[1]];
      const size = Math.exp(-log);
      const [cos, sin] = [size * Math.cos(angle), -size * Math.sin(angle)];
      const [re, im] = [values[2 * k], values[2 * k + 1]];
      values[2 * k] = re * cos - im * sin;
      values[2 * k + 1] = re * sin + im * cos;
      noise[2 * k] *= size;
      noise[2 * k + 1] *= size;
      gainsOfNoise += log;
    }
    return { data: complex(values), noiseMap: complex(noise), uvWavelengths };
  }

  async function addKind(
    kind: GainKind,
    { data: { data }, noiseMap: { data: noise }, uvWavelengths: { data: uv } }: Visibilities,
    antennas: Int32Array,
    numbers: Int32Array,
    z: Float64Array,
  ): Promise<void> {
    const opposite = kind === 'phase' ? -1 : 1;
    /** The visibilities of every column, and the sign that they have in it. */
    const rows = new Map<Float64Array, { readonly k: number[]; readonly signs: number[] }>();
    const list = (image: Float64Array, k: number, sign: number) => {
      const found = rows.get(image);
      if (found === undefined) rows.set(image, { k: [k], signs: [sign] });
      else {
        found.k.push(k);
        found.signs.push(sign);
      }
    };
    for (let k = 0; k < numbers.length; k++) {
      if (isFlagged(noise, k)) continue;
      const block = blockOf(kind, numbers[k]);
      const [a, b] = [placeOf(block, antennas[2 * k]), placeOf(block, antennas[2 * k + 1])];
      // What an antenna has with itself no phase can change.
      if (a === b && kind === 'phase') continue;
      const weight = 1 / noise[2 * k] ** 2;
      const [re, im, x, y] = [z[2 * k], z[2 * k + 1], data[2 * k], data[2 * k + 1]];
      const power = weight * (re * re + im * im);
      const { gram, room } = block;
      gram[a * room + a] += power;
      gram[b * room + b] += power;
      gram[a * room + b] += opposite * power;
      gram[b * room + a] += opposite * power;
      const response = weight * (kind === 'phase' ? re * y - im * x : re * x + im * y);
      block.response[a] += response;
      block.response[b] += opposite * response;
      list(block.images[a], k, 1);
      list(block.images[b], k, opposite);
    }
    for (const [sum, { k, signs }] of rows) {
      const column = new Float64Array(2 * k.length);
      const [noises, baselines] = [new Float64Array(column.length), new Float64Array(column.length)];
      for (const [at, row] of k.entries()) {
        const [re, im] = [signs[at] * z[2 * row], signs[at] * z[2 * row + 1]];
        column[2 * at] = kind === 'phase' ? -im : re;
        column[2 * at + 1] = kind === 'phase' ? re : im;
        for (const lane of [0, 1]) {
          noises[2 * at + lane] = noise[2 * row + lane];
          baselines[2 * at + lane] = uv[2 * row + lane];
        }
      }
      const part = await dispatcher.dirtyImageInterferometerFrom(
        {
          data: complex(column),
          noiseMap: complex(noises),
          uvWavelengths: real(baselines, [k.length, 2]),
          gridRadiansSlim,
        },
        { tolerance },
      );
      for (let i = 0; i < pixels; i++) sum[i] += part.data[i];
    }
  }

  function finish(): MarginalisedGains {
    const ordered = [...blocks.values()].sort((a, b) => a.interval - b.interval || (a.kind < b.kind ? 1 : -1));
    const total = ordered.reduce((sum, { antennas }) => sum + antennas.length, 0);
    const columns = new Float64Array(pixels * total);
    const dirtyImage = new Float64Array(pixels);
    const projected = new Float64Array(total);
    const factors = new Float64Array(ordered.reduce((sum, { antennas }) => sum + antennas.length ** 2, 0));
    let chiSquared0 = 0;
    let noiseNormalization = 4 * gainsOfNoise;
    let [first, at] = [0, 0];
    for (const { kind, interval: number, antennas, gram, room, response, images } of ordered) {
      const order = antennas.length;
      const sigma = (kind === 'phase' ? phase : amplitude) ?? 0;
      // The mean of what is left to find, so that found and left together are normal around 0.
      const mean = antennas.map((antenna) => -gainOf(antenna, number)[kind === 'phase' ? 1 : 0]);
      const G = new Float64Array(order * order);
      for (let i = 0; i < order; i++) {
        let moved = 0;
        for (let j = 0; j < order; j++) {
          G[i * order + j] = gram[i * room + j];
          moved += gram[i * room + j] * mean[j];
        }
        chiSquared0 += mean[i] * (moved - 2 * response[i]);
        response[i] -= moved;
        G[i * order + i] += 1 / sigma ** 2;
        for (let pixel = 0; pixel < pixels; pixel++) dirtyImage[pixel] -= images[i][pixel] * mean[i];
      }
      const { K, logDet } = inverseRootOf(G, order);
      factors.set(K, at);
      noiseNormalization += logDet + 2 * order * Math.log(sigma);
      for (let j = 0; j < order; j++) {
        const q = first + j;
        // K is upper triangular.
        for (let i = 0; i <= j; i++) {
          const k = K[i * order + j];
          projected[q] += k * response[i];
          for (let pixel = 0; pixel < pixels; pixel++) columns[pixel * total + q] += k * images[i][pixel];
        }
        chiSquared0 -= projected[q] ** 2;
        for (let pixel = 0; pixel < pixels; pixel++) dirtyImage[pixel] -= columns[pixel * total + q] * projected[q];
      }
      first += order;
      at += order * order;
    }
    const by = (value: (block: Sums) => number) => ordered.flatMap((block) => block.antennas.map(() => value(block)));
    return {
      columns: real(columns, [pixels, total]),
      antennas: { dtype: 'index', shape: [total], data: Int32Array.from(ordered.flatMap(({ antennas }) => antennas)) },
      starts: real(Float64Array.from(by(({ interval: number }) => startOf(number)))),
      amplitudes: {
        dtype: 'bool',
        shape: [total],
        data: Uint8Array.from(by(({ kind }) => (kind === 'phase' ? 0 : 1))),
      },
      factors: real(factors),
      projected: real(projected),
      dirtyImage: real(dirtyImage),
      chiSquared0,
      noiseNormalization,
    };
  }

  return { take, finish };
}

/** Antennas and times of a chunk; throws MissingArgument where it has none. */
function told({ antennas, times }: Visibilities, first: number) {
  const unknown = antennas?.data.findIndex((antenna) => antenna < 0) ?? -1;
  const late = times?.data.findIndex((time) => !Number.isFinite(time)) ?? -1;
  if (antennas !== undefined && times !== undefined && unknown < 0 && late < 0) return { antennas, times };
  const nothing = antennas === undefined || times === undefined;
  throw new WtildeError(nothing ? 'MissingArgument' : 'InvalidValue', {
    what: 'gains are those of antennas, and the visibilities do not tell theirs',
    where: nothing ? 'dataset antennas, times' : `dataset, visibility ${first + Math.max(unknown >> 1, late)} (from 0)`,
    expected: 'antennas (K, 2) and times (K) beside the visibilities',
    actual: nothing ? 'none' : 'a visibility without an antenna or time',
    remedy: 'import the UVFITS file that the data come from, which keeps both; or leave gainErrors out',
  });
}
