/** One pass over visibilities that come in chunks: everything a likelihood needs of them, in memory that does not grow. */
import { checkedChunk, checkedSpec } from './accumulatorArguments.js';
import { complex, type NdArray, real } from './arrays.js';
import type { SyncBackend } from './backend.js';
import { type AbortSignalLike, throwIfAborted } from './errors.js';
import { isFlagged } from './noise.js';
import { checkOptionsBy, optionRule } from './options.js';
import type {
  AccumulatorSpec,
  AsyncVisibilityAccumulator,
  PreparedVisibilities,
  VisibilityAccumulator,
  VisibilityChunk,
} from './visibilities.js';

/** Feeds chunks to an accumulator, one after the other. */
export async function accumulate(
  accumulator: VisibilityAccumulator | AsyncVisibilityAccumulator,
  chunks: AsyncIterable<VisibilityChunk> | Iterable<VisibilityChunk>,
  options: {
    readonly signal?: AbortSignalLike | undefined;
    /** Called after every chunk with the visibilities seen so far. */
    readonly onProgress?: ((visibilities: number) => void) | undefined;
  } = {},
): Promise<PreparedVisibilities> {
  checkOptionsBy({ signal: optionRule.signal, onProgress: optionRule.callback }, options, 'accumulate');
  let seen = 0;
  for await (const chunk of chunks) {
    throwIfAborted(options.signal, 'accumulate');
    await accumulator.add(chunk);
    seen += chunk.uvWavelengths.shape[0];
    options.onProgress?.(seen);
  }
  throwIfAborted(options.signal, 'accumulate');
  return await accumulator.finish();
}

/** The chunk without its flagged visibilities, checked; throws the typed errors of arguments. */
export function withoutFlagged(given: VisibilityChunk): { readonly chunk: VisibilityChunk; readonly flagged: number } {
  const chunk = checkedChunk(given);
  const { data, noiseMap, uvWavelengths } = chunk;
  const count = uvWavelengths.shape[0];
  const noise = noiseMap.data;
  let flagged = 0;
  for (let k = 0; k < count; k++) if (isFlagged(noise, k)) flagged++;
  if (flagged === 0) return { chunk, flagged };
  // Every array holds two numbers per visibility.
  const kept = (values: Float64Array) => values.filter((_, lane) => !isFlagged(noise, lane >> 1));
  const left = count - flagged;
  return {
    chunk: {
      data: { ...data, shape: [left], data: kept(data.data) },
      noiseMap: { ...noiseMap, shape: [left], data: kept(noise) },
      uvWavelengths: { ...uvWavelengths, shape: [left, 2], data: kept(uvWavelengths.data) },
    },
    flagged,
  };
}

type Summing =
  | 'wCompactCurvatureInterferometerFrom'
  | 'dirtyImageInterferometerFrom'
  | 'chiSquared0From'
  | 'noiseNormalizationComplexFrom';

/** An accumulator over the kernels of a backend: every chunk is a call of each. */
export function createKernelAccumulator(
  kernels: Pick<SyncBackend<Summing>['kernels'], Summing>,
  given: AccumulatorSpec,
): VisibilityAccumulator {
  const spec = checkedSpec(given);
  let sums: PreparedVisibilities | undefined;

  function sumsOf(one: VisibilityChunk): PreparedVisibilities {
    const { chunk, flagged } = withoutFlagged(one);
    const { data, noiseMap, uvWavelengths } = chunk;
    const { gridSize, pixelScale, gridRadiansSlim, tolerance } = spec;
    const noiseMapReal = real(noiseMap.data.filter((_, lane) => lane % 2 === 0));
    return {
      ...spec,
      wCompact: kernels.wCompactCurvatureInterferometerFrom(
        { gridSize, pixelScale, noiseMapReal, uvWavelengths },
        { tolerance },
      ),
      dirtyImage: kernels.dirtyImageInterferometerFrom(
        { data, noiseMap, uvWavelengths, gridRadiansSlim },
        { tolerance },
      ),
      chiSquared0: kernels.chiSquared0From({ data, noiseMap }),
      noiseNormalization: kernels.noiseNormalizationComplexFrom({ noiseMap }),
      visibilityCount: data.shape[0],
      flaggedCount: flagged,
    };
  }

  const emptyChunk = {
    data: complex([]),
    noiseMap: complex([]),
    uvWavelengths: real([], [0, 2]),
  };

  return {
    add(chunk) {
      const more = sumsOf(chunk);
      sums = sums === undefined ? more : sumOfPreparedVisibilities(sums, more);
    },
    merge(other) {
      const more = other.finish();
      sums = sums === undefined ? more : sumOfPreparedVisibilities(sums, more);
    },
    finish: () => sums ?? sumsOf(emptyChunk),
  };
}

/** What a dataset of the visibilities of both would give. Both are of one spec. */
export function sumOfPreparedVisibilities(a: PreparedVisibilities, b: PreparedVisibilities): PreparedVisibilities {
  const added = (x: NdArray<'real'>, y: NdArray<'real'>) => ({
    ...x,
    data: x.data.map((value, i) => value + y.data[i]),
  });
  return {
    ...a,
    wCompact: added(a.wCompact, b.wCompact),
    dirtyImage: added(a.dirtyImage, b.dirtyImage),
    chiSquared0: a.chiSquared0 + b.chiSquared0,
    noiseNormalization: a.noiseNormalization + b.noiseNormalization,
    visibilityCount: a.visibilityCount + b.visibilityCount,
    flaggedCount: a.flaggedCount + b.flaggedCount,
  };
}
