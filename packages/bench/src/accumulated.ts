import {
  type AccumulatorSpec,
  accumulate,
  type Backend,
  complex,
  createKernelAccumulator,
  index,
  radiansPerPixel,
  real,
  type VisibilityChunk,
} from '@wtilde/core-types';
import { createRandom } from '@wtilde/data';

const pixelScale = 0.05;
const maxBaseline = 5e6;
const chunkSize = 65536;

/** Milliseconds of summing visibilities that are made up before; undefined where the backend cannot. */
export async function accumulatedChunks(backend: Backend, visibilities: number, N = 60): Promise<number | undefined> {
  const accumulator = accumulatorOf(backend, {
    gridSize: N,
    pixelScale,
    ...squareOf(N),
    tolerance: 1e-9,
    expectedVisibilities: visibilities,
  });
  if (accumulator === undefined) return undefined;
  const made = madeUp();
  const started = performance.now();
  await accumulate(accumulator, chunks(made, visibilities));
  return performance.now() - started;
}

/** All pixels of an image of N x N. */
function squareOf(N: number): Pick<AccumulatorSpec, 'gridRadiansSlim' | 'nativeIndexForSlimIndex'> {
  const native = Int32Array.from({ length: 2 * N * N }, (_, lane) =>
    lane % 2 === 0 ? Math.floor((lane >> 1) / N) : (lane >> 1) % N,
  );
  const pitch = radiansPerPixel(pixelScale);
  const centre = (N - 1) / 2;
  const points = Float64Array.from(native, (at, lane) => (lane % 2 === 0 ? centre - at : at - centre) * pitch);
  return { gridRadiansSlim: real(points, [N * N, 2]), nativeIndexForSlimIndex: index(native, [N * N, 2]) };
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
