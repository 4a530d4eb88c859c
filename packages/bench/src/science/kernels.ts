import { createLoopsBackend } from '@wtilde/backend-loops';
import {
  bindDataset,
  findKernel,
  kernelOf,
  type LooseArgs,
  type LooseResult,
  type Options,
  pick,
  real,
  type SyncBackend,
} from '@wtilde/core-types';
import { almaLike, createRandom, createResolver, type Fields, generated } from '@wtilde/data';
import type { PeerProblem } from '../peers/peerProblem.js';
import { sampled } from '../sampled.js';
import { medianOf } from '../statistics.js';

/** A kernel at a size that others have published a time for, by the name that docs/performance/peers.json has. */
export interface KernelTime {
  readonly name: string;
  readonly kernel: string;
  readonly method: string;
  /** Median milliseconds, arguments bound but for the mapping. */
  readonly ms: number;
  /** Operations, where they are counted. */
  readonly flops?: number | undefined;
}

interface KernelProblem {
  readonly name: string;
  readonly kernel: string;
  readonly options?: Options;
  /** The same work of NumPy or FINUFFT. */
  readonly peer?: (name: string) => PeerProblem;
  args(): LooseArgs;
}

/** What the fields do not hold is made by the plain loops. */
function made(name: string, args: LooseArgs): LooseResult {
  const kernel = kernelOf(createLoopsBackend(), name);
  if (kernel === undefined) throw new Error(`backend loops has no ${name}`);
  return kernel(args);
}

const wCompact = (gridSize: number, K: number, tolerance: number): KernelProblem => ({
  name: `w_compact N=${gridSize} K=${K.toExponential().replace('+', '')} ${tolerance.toExponential()}`,
  kernel: 'wCompactCurvatureInterferometerFrom',
  options: { tolerance },
  peer: (name) => ({ name, kind: 'wCompact', gridSize, visibilities: K, tolerance }),
  args: () => ({ ...weighted(K), gridSize, pixelScale: 0.05 }),
});

const fromFields = (name: string, kernel: string, fields: () => Fields): KernelProblem => ({
  name,
  kernel,
  args: () => createResolver(fields(), made).argumentsOf(findKernel(kernel)),
});

const cholesky = (S: number): KernelProblem => ({
  name: `Cholesky S=${S}`,
  kernel: 'reconstructionPositiveNegativeFrom',
  peer: (name) => ({ name, kind: 'cholesky', order: S }),
  args: () => system(S),
});

/** Products of dense matrices, M x M by M x S and S x M by M x S. */
const product = (M: number): KernelProblem => ({
  name: `matrix products M=S=${M}`,
  kernel: 'curvatureMatrixViaWTildeFrom',
  options: { method: 'dense' },
  peer: (name) => ({ name, kind: 'products', order: M }),
  args: () => ({ wTilde: symmetric(M), mappingMatrix: real(random(`T ${M}`, M * M), [M, M]) }),
});

const hundred = () => generated({ N: 100, K: 1e4, S: 1000, B: 3 });
const lens = () => almaLike({ N: 70, K: 1000, S: 1500 });
const curvature = 'curvatureMatrixViaWCompactSparseMappingMatrixFrom';
const likelihood = 'logLikelihoodFunctionViaWCompactFrom';

const problems: Readonly<Record<'all' | 'small', readonly KernelProblem[]>> = {
  all: [
    fromFields('w_compact N=100 K=1e4', 'wCompactCurvatureInterferometerFrom', hundred),
    wCompact(30, 1e3, 1e-12),
    wCompact(70, 1e5, 1e-12),
    wCompact(140, 1e6, 1e-12),
    wCompact(300, 1e6, 1e-12),
    wCompact(300, 1e6, 1e-6),
    wCompact(300, 1e7, 1e-9),
    fromFields('F N=100 S=1000', curvature, hundred),
    fromFields('evidence N=100 S=1000', likelihood, hundred),
    fromFields('evidence N=70 S=1500', likelihood, lens),
    cholesky(700),
    cholesky(1500),
    product(1500),
  ],
  small: [wCompact(10, 1e3, 1e-9), cholesky(20), product(12)],
};

/** What NumPy and FINUFFT can do of the kernels. */
export function peerProblems(which: 'all' | 'small'): readonly PeerProblem[] {
  return problems[which].flatMap(({ name, peer }) => (peer === undefined ? [] : [peer(name)]));
}

/** Every one of the kernels on a backend that has it. */
export async function timesOfKernels(
  backend: SyncBackend,
  which: 'all' | 'small',
  budgetMs: number,
): Promise<readonly KernelTime[]> {
  const times: KernelTime[] = [];
  for (const { name, kernel: id, options = {}, args } of problems[which]) {
    const kernel = kernelOf(backend, id);
    if (kernel === undefined) continue;
    const all = args();
    const sizes = kernel.sizesOf(all);
    if (options.method !== undefined && !Object.hasOwn(kernel.methods, options.method)) continue;
    const { method } = pick(kernel, sizes, options);
    const call = bindDataset(kernel, all);
    const ms = medianOf(await sampled(name, () => call(options), budgetMs));
    call.dispose();
    times.push({ name, kernel: id, method, ms, flops: kernel.methods[method].cost?.(sizes)?.flops });
  }
  return times;
}

function random(seed: string, length: number): Float64Array {
  const numbers = createRandom(seed);
  return Float64Array.from({ length }, () => numbers.uniform() - 0.5);
}

/** Weights and baselines uniform within a square, so that phases wrap around and every cell of a grid is met. */
function weighted(K: number) {
  const maxBaseline = 5e6;
  return {
    noiseMapReal: real(random(`noise ${K}`, K).map((value) => 1 + value)),
    uvWavelengths: real(
      random(`uv ${K}`, 2 * K).map((value) => 2 * maxBaseline * value),
      [K, 2],
    ),
  };
}

function symmetric(order: number) {
  const values = random(`W ${order}`, order * order);
  for (let row = 0; row < order; row++) {
    for (let column = 0; column < row; column++) values[column * order + row] = values[row * order + column];
  }
  return real(values, [order, order]);
}

/** A matrix whose diagonal dominates, and a right-hand side. */
function system(order: number) {
  const { data } = symmetric(order);
  for (let row = 0; row < order; row++) data[row * order + row] += order;
  return { dataVector: real(random(`D ${order}`, order)), curvatureRegMatrix: real(data, [order, order]) };
}
