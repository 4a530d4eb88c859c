import { complex, createPairwiseSum, isFlagged, type NdArray, real, WtildeError } from '@wtilde/core-types';
import type { Visibilities } from '@wtilde/data';
import type { Dispatcher } from '@wtilde/dispatch';
import { chunksInLeaf } from '../inversion/chunksInLeaf.js';
import type { GainErrors } from './gainErrors.js';
import type { GainKind } from './gainKind.js';
import { addGainParts, type GainParts, noGains } from './gainParts.js';
import { type KnownGains, knownGainsOf } from './knownGains.js';

/** Sums by antennas beside those over all visibilities. */
export interface GainSums {
  /** The visibilities with the gains taken out that are known to first order; what is left of them is summed. */
  take(chunk: Visibilities, first: number): Promise<Visibilities>;
  total(): GainParts;
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
 * Leaves of `chunksInLeaf` chunks are added in pairs, as all sums are: the bits do not depend on who made which.
 *
 * Cost: two dirty images, and the visibilities of the image, for every visibility; memory: M x Q and Q x antennas.
 *
 * @param first time that intervals are counted from: that of the first visibility where it is not told
 */
export function createGainSums(
  dispatcher: Dispatcher,
  gridRadiansSlim: NdArray<'real'>,
  errors: GainErrors,
  tolerance: number | undefined,
  first?: number,
): GainSums {
  const { phase, amplitude, interval, image, estimates } = errors;
  const leaves = createPairwiseSum(addGainParts);
  const blocks = new Map<string, Sums>();
  const pixels = gridRadiansSlim.shape[0];
  let begin = first ?? Number.NaN;
  let [logGains, inLeaf] = [0, 0];
  let known: KnownGains | undefined;

  const intervalOf = (time: number) => (interval === undefined ? 0 : Math.floor((time - begin) / interval));

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

  async function take(chunk: Visibilities, before: number): Promise<Visibilities> {
    if (inLeaf === chunksInLeaf) {
      leaves.add(leaf());
      inLeaf = 0;
    }
    inLeaf += 1;
    if (chunk.data.shape[0] === 0) return chunk;
    const { antennas, times } = told(chunk, before);
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
      known ??= knownGainsOf(errors, begin);
      const [one, other] = [known(antennas[2 * k], numbers[k]), known(antennas[2 * k + 1], numbers[k])];
      const [log, angle] = [one[0] + other[0], one[1] - other[1]];
      const size = Math.exp(-log);
      const [cos, sin] = [size * Math.cos(angle), -size * Math.sin(angle)];
      const [re, im] = [values[2 * k], values[2 * k + 1]];
      values[2 * k] = re * cos - im * sin;
      values[2 * k + 1] = re * sin + im * cos;
      noise[2 * k] *= size;
      noise[2 * k + 1] *= size;
      logGains += log;
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

  /** What was summed since the last leaf; from here on the next is. */
  function leaf(): GainParts {
    const parts = [...blocks.values()].map(({ kind, interval: number, antennas, gram, room, response, images }) => {
      const order = antennas.length;
      const square = new Float64Array(order * order);
      for (let i = 0; i < order; i++) square.set(gram.subarray(i * room, i * room + order), i * order);
      return { kind, interval: number, antennas, gram: square, response: Float64Array.from(response), images };
    });
    const made = { blocks: parts, logGains, begin };
    blocks.clear();
    logGains = 0;
    return made;
  }

  return {
    take,
    total() {
      if (inLeaf > 0) leaves.add(leaf());
      inLeaf = 0;
      return leaves.total() ?? noGains;
    },
  };
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
