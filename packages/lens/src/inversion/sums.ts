import {
  type AbortSignalLike,
  type AccumulatorSpec,
  createPairwiseSum,
  isFlagged,
  type PreparedVisibilities,
  real,
  sumOfPreparedVisibilities,
  throwIfAborted,
  type VisibilityChunk,
  WtildeError,
} from '@wtilde/core-types';
import { type Fields, requireField, requireVisibilities, type Visibilities } from '@wtilde/data';
import type { Dispatcher } from '@wtilde/dispatch';
import { checkNames } from '../arguments/checkArguments.js';
import { checkGainErrors, type GainErrors } from '../gains/gainErrors.js';
import { addGainParts, type GainParts, gainPartFields, gainPartsIn } from '../gains/gainParts.js';
import { createGainSums } from '../gains/gainSums.js';
import { geometryOf } from '../mask/geometry.js';
import type { Mask2D } from '../mask/mask2d.js';
import { type Baselines, baselinesOf, noBaselines } from '../warnings/baselines.js';
import { accumulatorFor } from './accumulator.js';
import { type Makers, makersOf } from './accuracy.js';
import { bare, checkChunk } from './checkChunk.js';
import { chunksInLeaf } from './chunksInLeaf.js';
import { sampled } from './sampled.js';

/** Sums over visibilities that are a part of a dataset, or all of it. */
export interface DatasetSums {
  readonly sums: PreparedVisibilities;
  /** Of the visibilities that have weight. */
  readonly baselines: Baselines;
  /** Sums by antennas, where their gains are averaged over. */
  readonly gains?: GainParts | undefined;
}

export interface SumOptions {
  readonly mask: Mask2D;
  readonly dispatcher: Dispatcher;
  /** As of `prepareDataset`. */
  readonly tolerance?: number | undefined;
  /** About how many visibilities the whole dataset has: the same for every part, or the last digits differ. */
  readonly expectedVisibilities?: number | undefined;
  /** As of `prepareDataset`. */
  readonly gainErrors?: GainErrors | undefined;
  /** The time that intervals of gains are counted from: that of the first visibility of the whole dataset. */
  readonly begin?: number | undefined;
  /** How many visibilities come before this part: errors name them by their index in the whole. */
  readonly first?: number | undefined;
  readonly signal?: AbortSignalLike | undefined;
  /** Called after every chunk with the visibilities seen so far. */
  readonly onProgress?: ((visibilities: number) => void) | undefined;
}

const optionNames = {
  mask: true,
  dispatcher: true,
  tolerance: false,
  expectedVisibilities: false,
  gainErrors: false,
  begin: false,
  first: false,
  signal: false,
  onProgress: false,
};

/**
 * The sums over a part of a dataset, for {@link addSums}. Parts of `chunksInLeaf` 2^k chunks each, in their order, give
 * with {@link preparedOfSums} the dataset that `prepareDataset` makes of all chunks, bit for bit.
 *
 * @throws what `prepareDataset` throws, but not for a part without any weight; PrecisionTooLow on a float32 backend, whose
 *   accuracy only the whole shows.
 */
export async function sumVisibilities(
  chunks: AsyncIterable<Visibilities> | Iterable<Visibilities>,
  options: SumOptions,
): Promise<DatasetSums> {
  checkNames(options, optionNames, 'sumVisibilities');
  const { mask, dispatcher, tolerance, expectedVisibilities, gainErrors, begin, first } = options;
  requireExact(await makersOf(dispatcher));
  const spec = specOf(mask, tolerance, expectedVisibilities);
  if (gainErrors === undefined) return await sumChunks(chunks, spec, options);
  checkGainErrors(gainErrors, spec.gridRadiansSlim.shape[0]);
  const gains = createGainSums(dispatcher, spec.gridRadiansSlim, gainErrors, tolerance, begin);
  return { ...(await sumChunks(sampled(chunks, { gains, first }), spec, options)), gains: gains.total() };
}

/** The sums over both. Neither changes. */
export function addSums(a: DatasetSums, b: DatasetSums): DatasetSums {
  return {
    sums: sumOfPreparedVisibilities(a.sums, b.sums),
    baselines: {
      shortest: Math.min(a.baselines.shortest, b.baselines.shortest),
      longest: Math.max(a.baselines.longest, b.baselines.longest),
    },
    ...(a.gains && b.gains && { gains: addGainParts(a.gains, b.gains) }),
  };
}

/** Sums as arrays, to be sent or kept: all but the pixels, which the mask tells. */
export function sumsFields({ sums, baselines, gains }: DatasetSums): Fields {
  const { wCompact, dirtyImage, chiSquared0, noiseNormalization, visibilityCount, flaggedCount } = sums;
  return {
    w_compact: wCompact,
    dirty_image: dirtyImage,
    sums: real([chiSquared0, noiseNormalization, visibilityCount, flaggedCount, baselines.shortest, baselines.longest]),
    ...(gains && gainPartFields(gains)),
  };
}

/** The inverse of {@link sumsFields}, over the mask that they were made over. */
export function sumsFrom(fields: Fields, mask: Mask2D): DatasetSums {
  const [chiSquared0, noiseNormalization, visibilityCount, flaggedCount, shortest, longest] = requireField(
    fields,
    'sums',
    'real',
  ).data;
  const gains = gainPartsIn(fields);
  return {
    sums: {
      ...specOf(mask, undefined, undefined),
      wCompact: requireField(fields, 'w_compact', 'real'),
      dirtyImage: requireField(fields, 'dirty_image', 'real'),
      chiSquared0,
      noiseNormalization,
      visibilityCount,
      flaggedCount,
    },
    baselines: { shortest, longest },
    ...(gains && { gains }),
  };
}

/** What the sums are made over. */
export function specOf(
  mask: Mask2D,
  tolerance: number | undefined,
  expectedVisibilities: number | undefined,
): AccumulatorSpec {
  const { gridSize, pixelScale, gridRadiansSlim, nativeIndexForSlimIndex } = geometryOf(mask);
  return { gridSize, pixelScale, gridRadiansSlim, nativeIndexForSlimIndex, tolerance, expectedVisibilities };
}

type HowToSum = Pick<SumOptions, 'dispatcher' | 'first' | 'signal' | 'onProgress'>;

/** Every leaf by an accumulator of its own, the leaves in pairs. */
export async function sumChunks(
  chunks: AsyncIterable<VisibilityChunk> | Iterable<VisibilityChunk>,
  spec: AccumulatorSpec,
  { dispatcher, first = 0, signal, onProgress }: HowToSum,
): Promise<DatasetSums> {
  const leaves = createPairwiseSum(sumOfPreparedVisibilities);
  let leaf = await accumulatorFor(dispatcher, spec);
  let [seen, inLeaf] = [0, 0];
  let baselines = noBaselines;
  for await (const chunk of chunks) {
    throwIfAborted(signal, 'prepareDataset');
    if (inLeaf === chunksInLeaf) {
      leaves.add(await leaf.finish());
      leaf = await accumulatorFor(dispatcher, spec);
      inLeaf = 0;
    }
    checkChunk(chunk, first + seen);
    baselines = baselinesOf(chunk.uvWavelengths, baselines, (k) => !isFlagged(chunk.noiseMap.data, k));
    await leaf.add(bare(chunk));
    inLeaf += 1;
    seen += chunk.data.shape[0];
    onProgress?.(seen);
  }
  throwIfAborted(signal, 'prepareDataset');
  const last = await leaf.finish();
  if (inLeaf > 0) leaves.add(last);
  return { sums: leaves.total() ?? last, baselines };
}

/** Throws where no visibility has any weight. */
export function requireWeight({ visibilityCount, flaggedCount }: PreparedVisibilities): void {
  requireVisibilities(visibilityCount + flaggedCount, flaggedCount, 'dataset');
}

function requireExact(makers: Makers): void {
  if (Object.values(makers).every(({ precision }) => precision === 'float64')) return;
  throw new WtildeError('PrecisionTooLow', {
    what: 'a part of a dataset is summed in float64 only',
    where: 'sumVisibilities',
    expected: 'a dispatcher whose backend is of float64',
    actual: 'float32',
    remedy: 'use wasm, or prepare the dataset in one process',
  });
}
