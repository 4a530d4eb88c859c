/** What the benchmarks measure on: visibilities with a given longest baseline, images with mappings, matrices. */
import { complex, type NdArray, real, type VisibilityChunk } from '@wtilde/core-types';
import { createRandom, createResolver, type Fields, type Resolver } from '@wtilde/data';
import { createLoopsBackend } from '../dist/index.js';
import { looseKernel } from '../test/looseKernels.ts';

export const backend = createLoopsBackend();

/** Weights and baselines uniform within a square, so that phases wrap around and every cell of a grid is met. */
export function weighted(K: number, maxBaseline = 5e6) {
  const random = createRandom(`weighted ${K}`);
  return {
    noiseMapReal: real(Float64Array.from({ length: K }, () => 0.5 + random.uniform())),
    uvWavelengths: real(
      Float64Array.from({ length: 2 * K }, () => 2 * maxBaseline * (random.uniform() - 0.5)),
      [K, 2],
    ),
  };
}

/** K visibilities in chunks that share their arrays, which the next chunk overwrites. */
export function* chunks(K: number, chunkSize = 65536, maxBaseline = 5e6): Generator<VisibilityChunk> {
  const random = createRandom(`chunks ${K}`);
  const data = new Float64Array(2 * chunkSize);
  const noise = new Float64Array(2 * chunkSize);
  const uv = new Float64Array(2 * chunkSize);
  for (let first = 0; first < K; first += chunkSize) {
    const count = Math.min(chunkSize, K - first);
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

/** Finds arguments in fields; what is not there the fast kernels make. */
export function resolverOf(fields: Fields): Resolver {
  return createResolver(fields, (kernel, args) => looseKernel(backend, kernel)(args));
}

/** A symmetric positive definite system: random numbers around a strong diagonal. */
export function system(S: number): { curvatureRegMatrix: NdArray<'real'>; dataVector: NdArray<'real'> } {
  const random = createRandom(`system ${S}`);
  const matrix = new Float64Array(S * S);
  for (let row = 0; row < S; row++) {
    for (let column = 0; column <= row; column++) {
      const value = row === column ? S : random.uniform() - 0.5;
      matrix[row * S + column] = value;
      matrix[column * S + row] = value;
    }
  }
  const vector = Float64Array.from({ length: S }, () => random.uniform());
  return { curvatureRegMatrix: real(matrix, [S, S]), dataVector: real(vector) };
}
