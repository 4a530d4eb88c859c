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

const N = 60;
const pixelScale = 0.05;
const maxBaseline = 5e6;
const chunkSize = 65536;

/** Sums visibilities that are made up on the way; false where the backend cannot. */
export async function accumulatedChunks(backend: Backend, visibilities: number): Promise<boolean> {
  const fields = almaLike({ N, K: 1, S: 4 });
  const accumulator = accumulatorOf(backend, {
    gridSize: N,
    pixelScale,
    gridRadiansSlim: requireField(fields, 'grid_radians_slim', 'real'),
    nativeIndexForSlimIndex: requireField(fields, 'native_index_for_slim_index', 'index'),
    tolerance: 1e-9,
    expectedVisibilities: visibilities,
  });
  if (accumulator === undefined) return false;
  await accumulate(accumulator, chunks(visibilities));
  return true;
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

/** Chunks that share their arrays, which the next one overwrites. */
function* chunks(visibilities: number): Generator<VisibilityChunk> {
  const random = createRandom('memory');
  const [data, noise, uv] = [0, 1, 2].map(() => new Float64Array(2 * chunkSize));
  for (let first = 0; first < visibilities; first += chunkSize) {
    const count = Math.min(chunkSize, visibilities - first);
    for (let i = 0; i < 2 * count; i++) {
      data[i] = random.uniform() - 0.5;
      noise[i] = 0.5 + random.uniform();
      uv[i] = 2 * maxBaseline * (random.uniform() - 0.5);
    }
    yield {
      data: complex(data.subarray(0, 2 * count)),
      noiseMap: complex(noise.subarray(0, 2 * count)),
      uvWavelengths: real(uv.subarray(0, 2 * count), [count, 2]),
    };
  }
}
