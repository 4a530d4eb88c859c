import { complex, type NdArray, real } from '@wtilde/core-types';
import { type Fields, realScalar } from '../fields.js';
import { visibilityFields } from '../fits/visibilities.js';
import { createRandom, type Random } from '../random/random.js';
import { circularPixels, pixelFields } from './pixels.js';
import { badOption, type GeneratorOptions, type GeneratorSizes, generatorSizes } from './sizes.js';
import { type GeneratedMapping, mappingFields, neighborFields, sparseMapping } from './sparse.js';

const defaults: GeneratorSizes = { N: 30, K: 1024, S: 256, B: 3, P: 32, seed: 0 };
const pixelScale = 0.2;

/**
 * Random mock data that scale freely, in the manner of python-autojax: every array has the shape and
 * the type of a real one and nothing of its meaning.
 *
 * u and v are uniform on [0, 1), visibilities and noise have uniform parts on (0, 1] (unequal noise),
 * every image pixel maps to B distinct source pixels with random weights of sum 1, neighbours are
 * random, mutual, unique and at most P, dirty image and image are uniform. The pixels are the
 * top-left corner of a larger image, so that the grids are not centred. Phases are about 1e-4 rad:
 * these data cannot see swapped u and v or a wrong sign; {@link smaLike} and {@link almaLike} can.
 *
 * @param options sizes N (30), K (1024), S (256), B (3), P (32) and seed (0).
 * @returns every input that a kernel takes, by upstream argument name.
 * @throws InvalidOption where a size is not a positive integer, or B > S.
 */
export function generated(options: GeneratorOptions = {}): Fields {
  const { N, K, S, B, P, seed } = generatorSizes(options, defaults);
  if (B > S) {
    throw badOption('B', 'the rows need B distinct source pixels', `at most S = ${S}`, String(B));
  }
  // A stream per array: another S, say, leaves the visibilities as they are.
  const random = (stream: string, ...sizes: number[]): Random =>
    createRandom(['generated', stream, ...sizes, seed].join('/'));
  // The image that the pixels are cut from is 10/3 as wide: 100 pixels for the default N.
  const imageSide = Math.ceil((N * 10) / 3);
  const pixels = circularPixels(N, pixelScale, 0, ((imageSide - N) / 2) * pixelScale);
  const count = pixels.native.shape[0];
  return {
    ...pixelFields(pixels),
    ...visibilityFields({
      data: complex(positive(random('data', K), 2 * K)),
      noiseMap: complex(positive(random('noise', K), 2 * K)),
      uvWavelengths: real(uniform(random('uv', K), 2 * K), [K, 2]),
    }),
    ...mappingFields(randomMapping(random('mapping', N, S, B), count, S, B)),
    ...neighborFields(randomNeighbors(random('neighbors', S, P), S, P), P),
    coefficient: realScalar(1),
    dirty_image: randomImage(random('dirty', N), count),
    image: randomImage(random('image', N), count),
  };
}

function uniform(random: Random, length: number): Float64Array {
  return Float64Array.from({ length }, () => random.uniform());
}

/** On (0, 1]: a noise or a visibility of exactly zero would be an error, however improbable. */
function positive(random: Random, length: number): Float64Array {
  return Float64Array.from({ length }, () => 1 - random.uniform());
}

function randomImage(random: Random, count: number): NdArray<'real'> {
  return real(uniform(random, count));
}

function randomMapping(random: Random, count: number, S: number, B: number): GeneratedMapping {
  const rows = Array.from({ length: count }, () => {
    const raw = Array.from({ length: B }, () => 1 - random.uniform());
    const sum = raw.reduce((a, b) => a + b);
    return sample(random, S, B).map((pixel, b): [number, number] => [pixel, raw[b] / sum]);
  });
  return sparseMapping(rows, B, S);
}

/** `count` distinct integers below `below`, by Floyd's algorithm: as many draws as numbers. */
function sample(random: Random, below: number, count: number): number[] {
  const chosen = new Set<number>();
  for (let last = below - count; last < below; last++) {
    const drawn = random.integer(last + 1);
    chosen.add(chosen.has(drawn) ? last : drawn);
  }
  return [...chosen];
}

/** Random mutual lists: pairs are proposed and kept while both ends have a slot free. */
function randomNeighbors(random: Random, S: number, P: number): number[][] {
  const lists = Array.from({ length: S }, () => new Set<number>());
  const proposals = S > 1 ? S * P : 0;
  for (let i = 0; i < proposals; i++) {
    const a = random.integer(S);
    const b = random.integer(S);
    if (a === b || lists[a].has(b) || lists[a].size >= P || lists[b].size >= P) continue;
    lists[a].add(b);
    lists[b].add(a);
  }
  return lists.map((list) => [...list]);
}
