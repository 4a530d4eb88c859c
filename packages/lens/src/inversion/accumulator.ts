import {
  type AccumulatorSpec,
  type AsyncVisibilityAccumulator,
  type PreparedVisibilities,
  real,
  sumOfPreparedVisibilities,
  type VisibilityAccumulator,
  type VisibilityChunk,
  withoutFlagged,
} from '@wtilde/core-types';
import type { Dispatcher } from '@wtilde/dispatch';

/** The accumulator of the backend that makes W, where it has one; else one over the kernels that are dispatched. */
export async function accumulatorFor(
  dispatcher: Dispatcher,
  spec: AccumulatorSpec,
): Promise<VisibilityAccumulator | AsyncVisibilityAccumulator> {
  const { backend: id } = await dispatcher.explain('wCompactCurvatureInterferometerFrom');
  const backend = dispatcher.backends.find((each) => each.id === id);
  return backend?.createAccumulator?.(spec) ?? dispatchedAccumulator(dispatcher, spec);
}

/** Not a filter: its callback makes garbage of every number. */
function realParts(values: Float64Array): Float64Array {
  const parts = new Float64Array(values.length / 2);
  for (let k = 0; k < parts.length; k++) parts[k] = values[2 * k];
  return parts;
}

/** Sums chunks by the kernels, each on the backend that the dispatcher's rules choose. */
function dispatchedAccumulator(dispatcher: Dispatcher, spec: AccumulatorSpec): AsyncVisibilityAccumulator {
  const { gridSize, pixelScale, gridRadiansSlim, tolerance } = spec;
  let sums: PreparedVisibilities = {
    ...spec,
    wCompact: real(new Float64Array(gridSize * (2 * gridSize - 1)), [gridSize, 2 * gridSize - 1]),
    dirtyImage: real(new Float64Array(gridRadiansSlim.shape[0])),
    chiSquared0: 0,
    noiseNormalization: 0,
    visibilityCount: 0,
    flaggedCount: 0,
  };

  return {
    async add(given: VisibilityChunk) {
      const { chunk, flagged } = withoutFlagged(given);
      const { data, noiseMap, uvWavelengths } = chunk;
      const noiseMapReal = real(realParts(noiseMap.data));
      sums = sumOfPreparedVisibilities(sums, {
        ...spec,
        wCompact: await dispatcher.wCompactCurvatureInterferometerFrom(
          { gridSize, pixelScale, noiseMapReal, uvWavelengths },
          { tolerance },
        ),
        dirtyImage: await dispatcher.dirtyImageInterferometerFrom(
          { data, noiseMap, uvWavelengths, gridRadiansSlim },
          { tolerance },
        ),
        chiSquared0: await dispatcher.chiSquared0From({ data, noiseMap }),
        noiseNormalization: await dispatcher.noiseNormalizationComplexFrom({ noiseMap }),
        visibilityCount: data.shape[0],
        flaggedCount: flagged,
      });
    },
    async merge(other) {
      sums = sumOfPreparedVisibilities(sums, await other.finish());
    },
    finish: async () => sums,
  };
}
