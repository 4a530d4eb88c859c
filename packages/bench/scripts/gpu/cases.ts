import { createLoopsBackend } from '@wtilde/backend-loops';
import type { WasmBackend } from '@wtilde/backend-wasm';
import type { WebgpuBackend } from '@wtilde/backend-webgpu';
import {
  type Cost,
  index,
  type KernelArgs,
  kernelOf,
  type LooseArgs,
  type LooseResult,
  type NdArray,
  real,
} from '@wtilde/core-types';
import { createRandom } from '@wtilde/data';
import type { GpuProblem, GpuSize } from './problem.ts';

/** One kernel by one method, or what is made of several, with everything bound that stays. */
export interface Case {
  readonly what: string;
  readonly method: string;
  readonly cost: Cost;
  run(): Promise<LooseResult>;
  /** Of its result. */
  error?(result: LooseResult): Promise<number | undefined>;
}

const F = 'curvatureMatrixViaWCompactSparseMappingMatrixFrom';
const derivatives = 'evidenceDerivativesByMappingViaWCompactFrom';

/** The kernels that cost, by every method that can run, bound to what stays. */
export function casesOf(webgpu: WebgpuBackend, wasm: WasmBackend, size: GpuSize, problem: GpuProblem) {
  const { baselines, nativeIndexForSlimIndex, mapping, dirtyImage } = problem;
  const W = table(problem.N);
  const fixed = { wCompact: W, nativeIndexForSlimIndex };
  const { S } = size;
  const vector = createRandom('gpu/sources');
  const ofFactorization = {
    reconstruction: real(Float64Array.from({ length: S }, () => vector.normal())),
    response: real(Float64Array.from({ length: S }, () => vector.normal())),
    curvatureRegMatrixInverse: real(
      Float64Array.from({ length: S * S }, () => vector.normal()),
      [S, S],
    ),
  };
  return [
    ...casesOfKernel(webgpu, 'wCompactCurvatureInterferometerFrom', {}, baselines),
    ...casesOfKernel(webgpu, F, fixed, mapping, (result) => errorOfF(result, fixed, mapping)),
    ...casesOfKernel(webgpu, derivatives, { ...fixed, dirtyImage }, { ...mapping, ...ofFactorization }),
    ...many(webgpu, fixed, mapping),
    wholeEvidence(webgpu, wasm, fixed, problem),
  ];
}

/** A table of W that decays: what it is made of costs F nothing, and every size has one at once. */
function table(N: number): NdArray<'real'> {
  const width = 2 * N - 1;
  return real(
    Float64Array.from({ length: N * width }, (_, at) => {
      const [row, column] = [Math.floor(at / width), (at % width) - N + 1];
      return Math.exp(-(row * row + column * column) / 50) * Math.cos(row / 3) * Math.cos(column / 4);
    }),
    [N, width],
  );
}

function casesOfKernel(
  webgpu: WebgpuBackend,
  name: string,
  fixed: LooseArgs,
  rest: LooseArgs,
  error?: Case['error'],
): readonly Case[] {
  const kernel = kernelOf(webgpu, name);
  if (kernel === undefined) return [];
  const sizes = kernel.sizesOf({ ...fixed, ...rest });
  const bound = kernel.bind(fixed);
  return Object.entries(kernel.methods).flatMap(([method, { cost, canRun }]) => {
    if (cost === undefined || (canRun?.(sizes, {}) ?? true) !== true) return [];
    const run = async () => await bound(rest, { method, check: 'shapes' });
    return [{ what: name, method, cost: cost(sizes), run, ...(error && { error }) }];
  });
}

/** Four F in one submission. */
function many(webgpu: WebgpuBackend, fixed: LooseArgs, mapping: LooseArgs): readonly Case[] {
  const kernel = kernelOf(webgpu, F);
  if (kernel === undefined) return [];
  const sizes = kernel.sizesOf({ ...fixed, ...mapping });
  const bound = kernel.bind(fixed);
  return Object.entries(kernel.methods).flatMap(([method, { cost, canRun }]) => {
    if (cost === undefined || (canRun?.(sizes, {}) ?? true) !== true) return [];
    const { flops = 0, bytes } = cost(sizes);
    const run = async () => {
      const [first] = await bound.runMany([mapping, mapping, mapping, mapping], { method, check: 'shapes' });
      return first;
    };
    return [{ what: 'four F by runMany', method, cost: { flops: 4 * flops, bytes: 4 * bytes }, run }];
  });
}

/** An evidence as it is made with a GPU: F there, the data vector and the float64 end, with its Cholesky, on the CPU. */
function wholeEvidence(
  webgpu: WebgpuBackend,
  wasm: WasmBackend,
  fixed: Pick<KernelArgs<typeof F>, 'wCompact' | 'nativeIndexForSlimIndex'>,
  { mapping, dirtyImage }: GpuProblem,
): Case {
  const S = mapping.pixels;
  const kernel = webgpu.kernels[F];
  const sizes = kernel.sizesOf({ ...fixed, ...mapping });
  const bound = kernel.bind(fixed);
  const regularization = wasm.kernels.weightedRegularizationMatrixFrom(ring(S));
  const logDet = wasm.kernels.logDetWeightedRegularizationMatrixFrom(ring(S));
  const column = real(dirtyImage.data, [dirtyImage.data.length, 1]);
  const flops = Math.min(...Object.values(kernel.methods).map(({ cost }) => cost?.(sizes).flops ?? 0)) + S ** 3 / 3;
  return {
    what: 'evidence',
    method: 'F on the GPU, the rest on wasm',
    cost: { flops, bytes: 16 * S * S },
    async run() {
      const making = bound(mapping, { check: 'shapes' });
      const { data } = wasm.kernels.sparseMappingMatrixTransposeMatmul(
        { matrix: column, ...mapping },
        { check: 'shapes' },
      );
      return wasm.kernels.evidenceTermsFrom(
        {
          curvatureMatrix: await making,
          dataVector: real(data),
          regularizationMatrix: regularization,
          logDetRegularizationMatrix: logDet,
          chiSquared0: 1,
          noiseNormalization: 1,
        },
        { check: 'shapes' },
      );
    },
  };
}

/** Every source pixel beside the next: any graph will do for its time. */
function ring(S: number) {
  return {
    neighbors: index(
      Int32Array.from({ length: 2 * S }, (_, at) => ((at >> 1) + (at % 2 === 0 ? 1 : S - 1)) % S),
      [S, 2],
    ),
    neighborsSizes: index(new Int32Array(S).fill(2)),
    weights: real(new Float64Array(2 * S).fill(1), [S, 2]),
    diagonal: real(new Float64Array(S).fill(1e-4)),
  };
}

/** Three quadratic forms of F, by float64 with three columns instead of S. */
async function errorOfF(result: LooseResult, fixed: LooseArgs, mapping: LooseArgs): Promise<number | undefined> {
  const [found, indexes, weights] = [
    hostOf(result),
    hostOf(mapping.pixIndexesForSubSlimIndex),
    hostOf(mapping.pixWeightsForSubSlimIndex),
  ];
  if (found === undefined || indexes === undefined || weights === undefined) return undefined;
  const [S] = found.shape;
  const [rows, width] = indexes.shape;
  const random = createRandom('gpu/forms');
  const count = 3;
  const vectors = Float64Array.from({ length: S * count }, () => random.normal());
  const mapped = new Float64Array(rows * count);
  for (let at = 0; at < rows * width; at++) {
    const row = Math.floor(at / width);
    for (let q = 0; q < count; q++) mapped[row * count + q] += weights.data[at] * vectors[indexes.data[at] * count + q];
  }
  const exact = kernelOf(
    createLoopsBackend(),
    F,
  )?.({
    ...fixed,
    pixIndexesForSubSlimIndex: {
      dtype: 'index',
      shape: [rows, count],
      data: Int32Array.from(mapped, (_, at) => at % count),
    },
    pixWeightsForSubSlimIndex: real(mapped, [rows, count]),
    pixels: count,
  });
  const expected = exact instanceof Promise ? undefined : hostOf(exact);
  if (expected === undefined) return undefined;
  const forms = new Float64Array(count * count);
  for (let i = 0; i < S; i++) {
    for (let j = 0; j < S; j++) {
      for (let p = 0; p < count; p++) {
        for (let q = 0; q < count; q++)
          forms[p * count + q] += vectors[i * count + p] * found.data[i * S + j] * vectors[j * count + q];
      }
    }
  }
  return Math.hypot(...forms.map((value, at) => value - expected.data[at])) / Math.hypot(...expected.data);
}

/** F of dense matrices, which is two products: what share of the peak a plain product reaches. */
export function matrixProduct(webgpu: WebgpuBackend, n: number): Case {
  const random = createRandom('gpu/product');
  const matrix = () =>
    real(
      Float64Array.from({ length: n * n }, () => random.normal()),
      [n, n],
    );
  const [wTilde, mappingMatrix] = [matrix(), matrix()];
  const kernel = webgpu.kernels.curvatureMatrixViaWTildeFrom;
  const bound = kernel.bind({ wTilde });
  const run = async () => await bound({ mappingMatrix }, { method: 'dense', check: 'shapes' });
  return { what: 'two matrix products', method: 'dense', cost: { flops: 4 * n ** 3, bytes: 16 * n * n }, run };
}

function hostOf(value: unknown): NdArray<'real'> | undefined {
  return isArray(value) ? value : undefined;
}

function isArray(value: unknown): value is NdArray<'real'> {
  return typeof value === 'object' && value !== null && 'data' in value && 'shape' in value;
}
