import {
  type AccumulatorSpec,
  accumulate,
  type Backend,
  complex,
  createKernelAccumulator,
  real,
  type VisibilityChunk,
} from '@wtilde/core-types';
import { almaLike, createRandom, requireField } from '@wtilde/data';

const pixelScale = 0.05;
const maxBaseline = 5e6;
const chunkSize = 65536;

/** Milliseconds of summing visibilities that are made up before; undefined where the backend cannot. */
export async function accumulatedChunks(backend: Backend, visibilities: number, N = 60): Promise<number | undefined> {
  const fields = almaLike({ N, K: 1, S: 4 });
  const accumulator = accumulatorOf(backend, {
    gridSize: N,
    pixelScale,
    gridRadiansSlim: requireField(fields, 'grid_radians_slim', 'real'),
    nativeIndexForSlimIndex: requireField(fields, 'native_index_for_slim_index', 'index'),
    tolerance: 1e-9,
    expectedVisibilities: visibilities,
  });
  if (accumulator === undefined) return undefined;
  const made = madeUp();
  const started = performance.now();
  await accumulate(accumulator, chunks(made, visibilities));
  return performance.now() - started;
}

/** Its own, or one over its kernels. */
function accumulatorOf(backend: Backend, spec: AccumulatorSpec) {
  if (backend.createAccumulator !== undefined) return backend.createAccumulator(spec);
  if (backend.mode === 'async') return undefined;
  const {
    wCompactCurvatureInterferometerFrom,
    dirtyImageInterferometerFrom,
    chiSquared0From,
    noiseNormalizationComplexFrom,
  } = backend.kernels;
  if (
    wCompactCurvatureInterferometerFrom === undefined ||
    dirtyImageInterferometerFrom === undefined ||
    chiSquared0From === undefined ||
    noiseNormalizationComplexFrom === undefined
  ) {
    return undefined;
  }
  return createKernelAccumulator(
    {
      wCompactCurvatureInterferometerFrom,
      dirtyImageInterferometerFrom,
      chiSquared0From,
      noiseNormalizationComplexFrom,
    },
    spec,
  );
}

/** A few chunks, which come again and again: making up more would take as long as to sum them. */
function madeUp(): readonly VisibilityChunk[] {
  const random = createRandom('memory');
  const numbers = (low: number, width: number) =>
    Float64Array.from({ length: 2 * chunkSize }, () => low + width * random.uniform());
  return Array.from({ length: 4 }, () => ({
    data: complex(numbers(-0.5, 1)),
    noiseMap: complex(numbers(0.5, 1)),
    uvWavelengths: real(numbers(-maxBaseline, 2 * maxBaseline), [chunkSize, 2]),
  }));
}

function* chunks(made: readonly VisibilityChunk[], visibilities: number): Generator<VisibilityChunk> {
  for (let first = 0, turn = 0; first < visibilities; first += chunkSize, turn++) {
    const count = Math.min(chunkSize, visibilities - first);
    const { data, noiseMap, uvWavelengths } = made[turn % made.length];
    yield {
      data: complex(data.data.subarray(0, 2 * count)),
      noiseMap: complex(noiseMap.data.subarray(0, 2 * count)),
      uvWavelengths: real(uvWavelengths.data.subarray(0, 2 * count), [count, 2]),
    };
  }
}
