import {
  type AbortSignalLike,
  type AccumulatorSpec,
  accumulate,
  complex,
  type DatasetOperator,
  type Precision,
  real,
  type VisibilityChunk,
  withoutFlagged,
} from '@wtilde/core-types';
import type { Dispatcher } from '@wtilde/dispatch';
import { geometryOf } from '../mask/geometry.js';
import type { Mask2D } from '../mask/mask2d.js';
import { accumulatorFor } from './accumulator.js';
import { createSampler, type PreparedAccuracy, promisedAccuracy, type Sampler } from './accuracy.js';
import { checkChunk } from './checkChunk.js';

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
  readonly operator: DatasetOperator;
  /** How exact W and the dirty image are. */
  readonly accuracy: PreparedAccuracy;
}

export interface PrepareOptions {
  readonly mask: Mask2D;
  readonly dispatcher: Dispatcher;
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
 * @throws ShapeMismatch where arrays do not belong together; InvalidValue for values that are not finite, or zero noise;
 *   UnequalNoise where the noise of a real part differs from that of its imaginary part; Aborted.
 */
export async function prepareDataset(dataset: Dataset, options: PrepareOptions): Promise<PreparedDataset> {
  const { mask, dispatcher, tolerance, signal, onProgress } = options;
  const { gridSize, pixelScale, gridRadiansSlim, nativeIndexForSlimIndex } = geometryOf(mask);
  const { chunks, expectedVisibilities } = 'chunks' in dataset ? dataset : inPieces(dataset);
  const spec: AccumulatorSpec = {
    gridSize,
    pixelScale,
    gridRadiansSlim,
    nativeIndexForSlimIndex,
    tolerance,
    expectedVisibilities,
  };
  const precisions = {
    wCompact: dispatcher.explain('wCompactCurvatureInterferometerFrom').precision ?? 'float64',
    dirtyImage: dispatcher.explain('dirtyImageInterferometerFrom').precision ?? 'float64',
  };
  const sampler = samplerFor(dispatcher, spec, precisions);
  const operator = await accumulate(accumulatorFor(dispatcher, spec), sampled(checked(chunks), sampler), {
    signal,
    onProgress,
  });
  const accuracy = sampler?.accuracyOf(operator, precisions) ?? promisedAccuracy(operator, precisions, tolerance);
  return { mask, operator, accuracy };
}

/** Where float32 makes the sums and float64 is there to judge them. */
function samplerFor(
  dispatcher: Dispatcher,
  spec: AccumulatorSpec,
  precisions: { readonly [F in keyof PreparedAccuracy]: Precision },
): Sampler | undefined {
  if (Object.values(precisions).every((precision) => precision === 'float64')) return undefined;
  const judge = dispatcher.backends.find(
    ({ precision, kernels }) => precision === 'float64' && kernels.dirtyImageInterferometerFrom !== undefined,
  );
  return judge === undefined ? undefined : createSampler(dispatcher, judge.id, spec);
}

function inPieces(dataset: VisibilityChunk) {
  const { data, noiseMap, uvWavelengths } = dataset;
  checkChunk(dataset, 0);
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

async function* checked(
  chunks: AsyncIterable<VisibilityChunk> | Iterable<VisibilityChunk>,
): AsyncGenerator<VisibilityChunk> {
  let first = 0;
  for await (const chunk of chunks) {
    checkChunk(chunk, first);
    first += chunk.data.shape[0];
    yield chunk;
  }
}
