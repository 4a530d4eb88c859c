/** Sums by antennas over visibilities that are a part of a dataset, or all of it. */
import { index, real } from '@wtilde/core-types';
import { type Fields, fieldNamed, requireField } from '@wtilde/data';
import type { GainKind } from './gainKind.js';

/** Gains of one kind and interval: plain sums over its visibilities, by antennas in the order in which they came. */
export interface GainBlock {
  readonly kind: GainKind;
  readonly interval: number;
  readonly antennas: readonly number[];
  /** (n, n) J^t N^-1 J. */
  readonly gram: Float64Array;
  /** (n) J^t N^-1 d. */
  readonly response: Float64Array;
  /** B: a dirty image (M) for every antenna. */
  readonly images: readonly Float64Array[];
}

export interface GainParts {
  readonly blocks: readonly GainBlock[];
  /** The logarithms of the amplitudes that were taken out. */
  readonly logGains: number;
  /** The time that intervals are counted from; NaN where nothing was summed. */
  readonly begin: number;
}

export const noGains: GainParts = { blocks: [], logGains: 0, begin: Number.NaN };

/** The sums over both, a before b. Neither changes. */
export function addGainParts(a: GainParts, b: GainParts): GainParts {
  const blocks = [...a.blocks];
  for (const block of b.blocks) {
    const at = blocks.findIndex(({ kind, interval }) => kind === block.kind && interval === block.interval);
    if (at < 0) blocks.push(block);
    else blocks[at] = sumOf(blocks[at], block);
  }
  return { blocks, logGains: a.logGains + b.logGains, begin: Number.isNaN(a.begin) ? b.begin : a.begin };
}

function sumOf(a: GainBlock, b: GainBlock): GainBlock {
  const antennas = [...a.antennas, ...b.antennas.filter((antenna) => !a.antennas.includes(antenna))];
  const order = antennas.length;
  const gram = new Float64Array(order * order);
  const response = new Float64Array(order);
  const images: Float64Array[] = [];
  for (const part of [a, b]) {
    const places = part.antennas.map((antenna) => antennas.indexOf(antenna));
    for (const [i, to] of places.entries()) {
      response[to] += part.response[i];
      for (const [j, column] of places.entries()) gram[to * order + column] += part.gram[i * places.length + j];
      const [before, image] = [images[to], part.images[i]];
      images[to] = before === undefined ? image : before.map((value, pixel) => value + image[pixel]);
    }
  }
  return { kind: a.kind, interval: a.interval, antennas, gram, response, images };
}

/** Parts as arrays, to be sent. */
export function gainPartFields({ blocks, logGains, begin }: GainParts): Fields {
  const images = blocks.flatMap((block) => block.images);
  const pixels = images[0]?.length ?? 0;
  const flat = new Float64Array(images.length * pixels);
  for (const [at, image] of images.entries()) flat.set(image, at * pixels);
  return {
    gain_blocks: index(
      blocks.flatMap(({ kind, interval, antennas }) => [kind === 'phase' ? 0 : 1, interval, antennas.length]),
      [blocks.length, 3],
    ),
    gain_antennas: index(blocks.flatMap(({ antennas }) => antennas)),
    gain_gram: real(blocks.flatMap(({ gram }) => [...gram])),
    gain_response: real(blocks.flatMap(({ response }) => [...response])),
    gain_images: real(flat, [images.length, pixels]),
    gain_totals: real([logGains, begin]),
  };
}

/** The inverse of {@link gainPartFields}; undefined where there are none. */
export function gainPartsIn(fields: Fields): GainParts | undefined {
  if (fieldNamed(fields, 'gain_blocks') === undefined) return undefined;
  const { data: lengths } = requireField(fields, 'gain_blocks', 'index');
  const antennas = requireField(fields, 'gain_antennas', 'index').data;
  const [gram, response] = [requireField(fields, 'gain_gram', 'real'), requireField(fields, 'gain_response', 'real')];
  const images = requireField(fields, 'gain_images', 'real');
  const pixels = images.shape[1];
  const [logGains, begin] = requireField(fields, 'gain_totals', 'real').data;
  const blocks: GainBlock[] = [];
  for (let block = 0, first = 0, at = 0; block < lengths.length / 3; block++) {
    const [kind, interval, order] = lengths.subarray(3 * block, 3 * block + 3);
    blocks.push({
      kind: kind === 0 ? 'phase' : 'amplitude',
      interval,
      antennas: [...antennas.subarray(first, first + order)],
      gram: gram.data.slice(at, at + order * order),
      response: response.data.slice(first, first + order),
      images: Array.from({ length: order }, (_, i) =>
        images.data.slice((first + i) * pixels, (first + i + 1) * pixels),
      ),
    });
    first += order;
    at += order * order;
  }
  return { blocks, logGains, begin };
}
