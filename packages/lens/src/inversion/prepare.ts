import {
  type AbortSignalLike,
  complex,
  index,
  type NdArray,
  type PreparedVisibilities,
  real,
  WtildeError,
} from '@wtilde/core-types';
import type { Visibilities } from '@wtilde/data';
import type { Dispatcher } from '@wtilde/dispatch';
import { checkNames } from '../arguments/checkArguments.js';
import { isJsonObject } from '../arguments/jsonObject.js';
import { checkNumber } from '../arguments/range.js';
import { shown } from '../arguments/shown.js';
import { checkGainErrors, type GainErrors } from '../gains/gainErrors.js';
import { createGainSums } from '../gains/gainSums.js';
import { marginalise } from '../gains/marginalise.js';
import type { MarginalisedGains } from '../gains/marginalisedGains.js';
import type { Mask2D } from '../mask/mask2d.js';
import { checkPrimaryBeam } from '../mask/primaryBeam.js';
import type { Baselines } from '../warnings/baselines.js';
import { datasetWarnings } from '../warnings/datasetWarnings.js';
import type { Warning } from '../warnings/warning.js';
import { makersOf, type PreparedAccuracy, promisedAccuracy, samplerFor } from './accuracy.js';
import { checkChunk } from './checkChunk.js';
import { sampled } from './sampled.js';
import { type DatasetSums, requireWeight, specOf, sumChunks } from './sums.js';

/** Visibilities all at hand, or piece by piece: memory then does not grow with their number. */
export type Dataset =
  | Visibilities
  | {
      readonly chunks: AsyncIterable<Visibilities> | Iterable<Visibilities>;
      /** About how many visibilities will come: a hint for the choice of the fastest way. */
      readonly expectedVisibilities?: number | undefined;
    };

/** What an evidence needs of a dataset: arrays whose size does not depend on the number of visibilities. */
export interface PreparedDataset {
  readonly mask: Mask2D;
  readonly sums: PreparedVisibilities;
  /** (M) how much the antennas see of the sky in the direction of every open pixel; all of it where it is absent. */
  readonly primaryBeam?: NdArray<'real'> | undefined;
  /** What evidences lose where gains of antennas are averaged over; the sums are those of the gains as they are known. */
  readonly gains?: MarginalisedGains | undefined;
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
  /**
   * How far the gains of antennas may be off: evidences are averaged over what they may be, in closed form and to first
   * order. The visibilities tell their antennas and times.
   */
  readonly gainErrors?: GainErrors | undefined;
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
  const { mask, dispatcher, primaryBeam, gainErrors, tolerance, signal, onProgress } = options;
  if (tolerance !== undefined) checkNumber(tolerance, { above: 0, below: 1 }, 'tolerance', 'of the transforms');
  const { chunks, expectedVisibilities } = isInChunks(dataset) ? dataset : inPieces(dataset);
  const spec = specOf(mask, tolerance, expectedVisibilities);
  if (primaryBeam !== undefined) checkPrimaryBeam(primaryBeam, spec.gridRadiansSlim.shape[0]);
  if (gainErrors !== undefined) checkGainErrors(gainErrors, spec.gridRadiansSlim.shape[0]);
  const makers = await makersOf(dispatcher);
  const sampler = samplerFor(dispatcher, spec, makers);
  const gains = gainErrors && createGainSums(dispatcher, spec.gridRadiansSlim, gainErrors, tolerance);
  const parts = sampled(chunks, { sampler, gains });
  const summed = await sumChunks(parts, spec, { dispatcher, signal, onProgress });
  return preparedOf(
    { ...summed, gains: gains?.total() },
    { mask, primaryBeam, gainErrors },
    sampler?.accuracyOf(summed.sums, makers) ?? promisedAccuracy(summed.sums, makers, tolerance),
  );
}

/**
 * The dataset that sums over all of its visibilities make: the last step where parts of it were summed elsewhere. The
 * options are those that the parts were summed with.
 *
 * @throws InvalidValue where no visibility has any weight.
 */
export async function preparedOfSums(
  summed: DatasetSums,
  options: Pick<PrepareOptions, 'mask' | 'dispatcher' | 'primaryBeam' | 'gainErrors' | 'tolerance'>,
): Promise<PreparedDataset> {
  const names = { mask: true, dispatcher: true, primaryBeam: false, gainErrors: false, tolerance: false };
  checkNames(options, names, 'preparedOfSums');
  const { mask, dispatcher, primaryBeam, gainErrors, tolerance } = options;
  const sums = { ...summed.sums, ...specOf(mask, tolerance, summed.sums.expectedVisibilities) };
  if (primaryBeam !== undefined) checkPrimaryBeam(primaryBeam, sums.gridRadiansSlim.shape[0]);
  requireGains(summed, gainErrors);
  const accuracy = promisedAccuracy(sums, await makersOf(dispatcher), tolerance);
  return preparedOf({ ...summed, sums }, { mask, primaryBeam, gainErrors }, accuracy);
}

/** Throws where sums by antennas are missing, or nobody says what they are averaged over. */
function requireGains({ gains }: DatasetSums, gainErrors: GainErrors | undefined): void {
  if ((gains === undefined) === (gainErrors === undefined)) return;
  throw new WtildeError('MissingArgument', {
    what: 'the parts were summed with other gain errors',
    where: 'preparedOfSums gainErrors',
    expected: gains === undefined ? 'none, as sumVisibilities had' : 'those that sumVisibilities had',
    actual: gains === undefined ? 'some' : 'none',
    remedy: 'pass the same gainErrors to sumVisibilities and preparedOfSums',
  });
}

function preparedOf(
  { sums, baselines, gains: parts }: DatasetSums,
  { mask, primaryBeam, gainErrors }: Pick<PrepareOptions, 'mask' | 'primaryBeam' | 'gainErrors'>,
  accuracy: PreparedAccuracy,
): PreparedDataset {
  requireWeight(sums);
  const gains = parts && gainErrors && marginalise(parts, gainErrors, sums.dirtyImage.shape[0]);
  const more = { ...(primaryBeam && { primaryBeam }), ...(gains && { gains }) };
  return { mask, sums, ...more, accuracy, baselines, warnings: datasetWarnings({ mask, baselines }) };
}

const optionNames = {
  mask: true,
  dispatcher: true,
  primaryBeam: false,
  gainErrors: false,
  tolerance: false,
  signal: false,
  onProgress: false,
};

function isInChunks(dataset: Dataset): dataset is Exclude<Dataset, Visibilities> {
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

function inPieces(dataset: Visibilities) {
  checkChunk(dataset, 0);
  const { data, noiseMap, uvWavelengths, antennas, times } = dataset;
  const count = data.shape[0];
  function* chunks(): Generator<Visibilities> {
    for (let first = 0; first < count; first += chunkSize) {
      const from = 2 * first;
      const to = 2 * Math.min(first + chunkSize, count);
      yield {
        data: complex(data.data.subarray(from, to)),
        noiseMap: complex(noiseMap.data.subarray(from, to)),
        uvWavelengths: real(uvWavelengths.data.subarray(from, to), [(to - from) / 2, 2]),
        ...(antennas && { antennas: index(antennas.data.subarray(from, to), [(to - from) / 2, 2]) }),
        ...(times && { times: real(times.data.subarray(from / 2, to / 2)) }),
      };
    }
  }
  return { chunks: chunks(), expectedVisibilities: count };
}
