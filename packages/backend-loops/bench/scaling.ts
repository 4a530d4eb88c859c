/** How cost grows: exponents of time and memory in one size at a time, from log-log fits. */
import { findKernel } from '@wtilde/core-types';
import { almaLike, generated } from '@wtilde/data';
import { looseKernel } from '../test/looseKernels.ts';
import { boundMedian } from './bound.ts';
import { runJob } from './job.ts';
import { backend, chunks, resolverOf, weighted } from './problems.ts';
import { median } from './timing.ts';

export interface Fit {
  readonly what: string;
  /** The size that grows. */
  readonly size: string;
  readonly unit: 'ms' | 'MB';
  readonly points: readonly { readonly at: number; readonly value: number }[];
  /** Of the size: 1 for linear, 0 for flat. */
  readonly exponent: number;
}

const { kernels } = backend;

/** The larger of a series weigh most in what users feel; few calls are enough. */
const few = { rounds: 5, budget: 600 };

export function fits(): Fit[] {
  return [
    fit('w_compact, factorised, N=60', 'K', 'ms', [1e3, 4e3, 16e3], (K) => wCompact(60, K, 'factorised')),
    fit('w_compact, nufft, N=60', 'K', 'ms', [1e5, 3e5, 1e6], (K) => wCompact(60, K, 'nufft')),
    fit('w_compact, factorised, K=4e3', 'N', 'ms', [30, 60, 120], (N) => wCompact(N, 4e3, 'factorised')),
    fit('w_compact, nufft, K=1e5', 'N', 'ms', [75, 150, 300], (N) => wCompact(N, 1e5, 'nufft')),
    fit('F, convolution, S=500, B=3', 'M', 'ms', [30, 50, 80], (N) => curvature(N, 500), pixelsWithin),
    fit('F, convolution, N=60, B=3', 'S', 'ms', [250, 500, 1000, 2000], (S) => curvature(60, S)),
    fit('evidence, N=30, S=256', 'K', 'ms', [1e3, 1e4, 1e5, 1e6], evidence),
    fit('peak memory of the accumulator, N=100, 1e-9', 'K', 'MB', [1e6, 3e6, 1e7], (K) => {
      return runJob('accumulate', { N: 100, K, tolerance: 1e-9 }).peakMB;
    }),
  ];
}

function wCompact(gridSize: number, K: number, method: string): number {
  const args = { ...weighted(K), gridSize, pixelScale: 0.05 };
  return median(() => kernels.wCompactCurvatureInterferometerFrom(args, { method, check: 'shapes' }), few);
}

/** Pixels within a circle of N across. */
function pixelsWithin(N: number): number {
  return generated({ N, K: 1 }).native_index_for_slim_index.shape[0];
}

function curvature(N: number, S: number): number {
  const kernel = looseKernel(backend, 'curvatureMatrixViaWCompactSparseMappingMatrixFrom');
  const resolver = resolverOf(generated({ N, K: 100, S, B: 3 }));
  const args = resolver.argumentsOf(findKernel(kernel.descriptor.name));
  return boundMedian(kernel, args, { ...few, method: 'convolution' });
}

/** The data of K visibilities with the W and the dirty image of others: what is summed once is all that differs. */
function evidence(K: number): number {
  const kernel = looseKernel(backend, 'logLikelihoodFunctionViaWCompactFrom');
  const args = resolverOf(almaLike({ N: 30, K: 1000, S: 256 })).argumentsOf(findKernel(kernel.descriptor.name));
  const { value: visibilities } = chunks(K, K).next();
  return boundMedian(kernel, { ...args, data: visibilities?.data, noiseMap: visibilities?.noiseMap }, few);
}

/** @param sizeOf the size itself, where what is varied is another one that sets it */
function fit(
  what: string,
  size: string,
  unit: Fit['unit'],
  values: readonly number[],
  measure: (value: number) => number,
  sizeOf: (value: number) => number = (value) => value,
): Fit {
  const points = values.map((value) => ({ at: sizeOf(value), value: measure(value) }));
  return { what, size, unit, points, exponent: slope(points.map(({ at, value }) => [Math.log(at), Math.log(value)])) };
}

/** Of the line through the points with the least squares. */
function slope(points: readonly (readonly [number, number])[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const meanX = mean(points.map(([x]) => x));
  const meanY = mean(points.map(([, y]) => y));
  const covariance = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  return covariance / points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
}
