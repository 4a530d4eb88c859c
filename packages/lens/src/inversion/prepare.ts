import {
  type AbortSignalLike,
  type AccumulatorSpec,
  accumulate,
  complex,
  type NdArray,
  type PreparedVisibilities,
  real,
  type VisibilityChunk,
  WtildeError,
  withoutFlagged,
} from '@wtilde/core-types';
import { requireVisibilities } from '@wtilde/data';
import type { Dispatcher } from '@wtilde/dispatch';
import { checkNames } from '../arguments/checkArguments.js';
import { isJsonObject } from '../arguments/jsonObject.js';
import { checkNumber } from '../arguments/range.js';
import { shown } from '../arguments/shown.js';
import { geometryOf } from '../mask/geometry.js';
import type { Mask2D } from '../mask/mask2d.js';
import { checkPrimaryBeam } from '../mask/primaryBeam.js';
import { type Baselines, baselinesOf, noBaselines } from '../warnings/baselines.js';
import { datasetWarnings } from '../warnings/datasetWarnings.js';
import type { Warning } from '../warnings/warning.js';
import { accumulatorFor } from './accumulator.js';
import { makersOf, type PreparedAccuracy, promisedAccuracy, type Sampler, samplerFor } from './accuracy.js';
import { checkChunk, isFlagged } from './checkChunk.js';

/** Visibilities all at hand, or piece by piece: memory then does not grow with their number. */
export type Dataset =
  | VisibilityChunk
  | {
      readonly chunks: AsyncIterable<VisibilityChunk> | Iterable<VisibilityChunk>;
      /** About how many visibilities will come: a hint for the choice of the fastest way. */
      readonly expectedVisibilities?: number | undefined;
    };

/** What an evidence needs of a dataset: arrays whose size does not depend on the number of visibilities. */
export interface PreparedDataset {
  readonly mask: Mask2D;
  readonly sums: PreparedVisibilities;
  /** (M) how much the antennas see of the sky in the direction of every open pixel; all of it where it is absent. */
  readonly primaryBeam?: NdArray<'real'> | undefined;
  /** How exact W and the dirty image are. */
  readonly accuracy: PreparedAccuracy;
  /** Of the visibilities that have weight; absent where a file does not tell. */
  readonly baselines?: Baselines | undefined;
  /** What does not go together in dataset and mask. */
  readonly warnings: readonly Warning[];
}

export interface PrepareOptions {
  readonly mask: Mask2D;
  readonly dispatcher: Dispatcher;
  /** (M) a factor for every open pixel, by which T is multiplied: see `gaussianPrimaryBeam`, `primaryBeamFrom`. */
  readonly primaryBeam?: NdArray<'real'> | undefined;
  /** Error of the transforms relative to the sum of absolute strengths; by default as exact as float64 is. */
  readonly tolerance?: number | undefined;
  readonly signal?: AbortSignalLike | undefined;
  /** Called after every chunk with the visibilities seen so far. */
  readonly onProgress?: ((visibilities: number) => void) | undefined;
}

/** Visibilities at hand are summed in pieces of this many, so that there is progress to be told and a place to stop. */
const chunkSize = 2 ** 17;

/**
 * One pass over the visibilities: W in its compact form, the dirty image, chi-squared of an empty source and the noise
 * normalization.
 *
 * Visibilities with infinite noise are left out. Cost: O(K) with a factor that depends on the tolerance, once for a
 * dataset.
 *
 * @throws ShapeMismatch where arrays do not belong together; InvalidValue for values that are not finite, zero noise, or
 *   where no visibility is left; MissingArgument or UnknownArgument for arguments under other names; UnequalNoise where the noise of a real part differs from that of its imaginary part; Aborted.
 */
export async function prepareDataset(dataset: Dataset, options: PrepareOptions): Promise<PreparedDataset> {
  checkNames(options, optionNames, 'prepareDataset');
  const { mask, dispatcher, primaryBeam, tolerance, signal, onProgress } = options;
  if (tolerance !== undefined) checkNumber(tolerance, { above: 0, below: 1 }, 'tolerance', 'of the transforms');
  const { gridSize, pixelScale, gridRadiansSlim, nativeIndexForSlimIndex } = geometryOf(mask);
  if (primaryBeam !== undefined) checkPrimaryBeam(primaryBeam, gridRadiansSlim.shape[0]);
  const { chunks, expectedVisibilities } = isInChunks(dataset) ? dataset : inPieces(dataset);
  const spec: AccumulatorSpec = {
    gridSize,
    pixelScale,
    gridRadiansSlim,
    nativeIndexForSlimIndex,
    tolerance,
    expectedVisibilities,
  };
  const seen = { baselines: noBaselines };
  const makers = await makersOf(dispatcher);
  const sampler = samplerFor(dispatcher, spec, makers);
  const sums = await accumulate(await accumulatorFor(dispatcher, spec), sampled(checked(chunks, seen), sampler), {
    signal,
    onProgress,
  });
  const { baselines } = seen;
  return {
    mask,
    sums,
    ...(primaryBeam === undefined ? {} : { primaryBeam }),
    accuracy: sampler?.accuracyOf(sums, makers) ?? promisedAccuracy(sums, makers, tolerance),
    baselines,
    warnings: datasetWarnings({ mask, baselines }),
  };
}

const optionNames = {
  mask: true,
  dispatcher: true,
  primaryBeam: false,
  tolerance: false,
  signal: false,
  onProgress: false,
};

function isInChunks(dataset: Dataset): dataset is Exclude<Dataset, VisibilityChunk> {
  if (!isJsonObject(dataset) || !('chunks' in dataset)) return false;
  checkNames(dataset, { chunks: true, expectedVisibilities: false }, 'dataset');
  const { chunks } = dataset;
  if (typeof chunks === 'object' && (Symbol.asyncIterator in chunks || Symbol.iterator in chunks)) return true;
  throw new WtildeError('DTypeMismatch', {
    what: 'the chunks cannot be iterated over',
    where: 'dataset chunks',
    expected: 'an iterable, or asynchronous iterable, of { data, noiseMap, uvWavelengths }',
    actual: shown(chunks),
    remedy: 'pass a list of chunks, or call the generator that makes them',
  });
}

function inPieces(dataset: VisibilityChunk) {
  checkChunk(dataset, 0);
  const { data, noiseMap, uvWavelengths } = dataset;
  const count = data.shape[0];
  function* chunks(): Generator<VisibilityChunk> {
    for (let first = 0; first < count; first += chunkSize) {
      const from = 2 * first;
      const to = 2 * Math.min(first + chunkSize, count);
      yield {
        data: complex(data.data.subarray(from, to)),
        noiseMap: complex(noiseMap.data.subarray(from, to)),
        uvWavelengths: real(uvWavelengths.data.subarray(from, to), [(to - from) / 2, 2]),
      };
    }
  }
  return { chunks: chunks(), expectedVisibilities: count };
}

async function* sampled(
  chunks: AsyncIterable<VisibilityChunk>,
  sampler: Sampler | undefined,
): AsyncGenerator<VisibilityChunk> {
  for await (const chunk of chunks) {
    await sampler?.add(withoutFlagged(chunk).chunk);
    yield chunk;
  }
}

/** The chunks, each checked, and the range of their baselines on the way; throws where none has any weight. */
async function* checked(
  chunks: AsyncIterable<VisibilityChunk> | Iterable<VisibilityChunk>,
  seen: { baselines: Baselines },
): AsyncGenerator<VisibilityChunk> {
  let [first, flagged] = [0, 0];
  for await (const chunk of chunks) {
    flagged += checkChunk(chunk, first);
    first += chunk.data.shape[0];
    seen.baselines = baselinesOf(chunk.uvWavelengths, seen.baselines, (k) => !isFlagged(chunk, k));
    yield chunk;
  }
  requireVisibilities(first, flagged, 'dataset');
}
