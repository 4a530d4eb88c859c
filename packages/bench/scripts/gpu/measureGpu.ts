import { createLoopsBackend } from '@wtilde/backend-loops';
import { createWebgpuBackend, type PassTime, type WebgpuBackend } from '@wtilde/backend-webgpu';
import { medianOf } from '@wtilde/bench';
import {
  type Cost,
  isWtildeError,
  kernelOf,
  type LooseArgs,
  type LooseResult,
  type NdArray,
  real,
} from '@wtilde/core-types';
import { createRandom } from '@wtilde/data';
import { createMemoryRunner, equivalenceSuite } from '@wtilde/testkit';
import { gpuCeilings } from './ceilings.ts';
import { type OpenGpu, openGpu } from './openGpu.ts';
import { type GpuProblem, type GpuSize, gpuProblem } from './problem.ts';
import type { GpuReport, GpuRow } from './report.ts';

export interface GpuOptions {
  readonly sizes: readonly GpuSize[];
  /** Whether the generated suite runs. */
  readonly suite: boolean;
  /** Seconds after which no case is started. */
  readonly seconds: number;
  /** Seconds that one call may take, by the operations of it and the rate of smaller ones. */
  readonly secondsPerCall: number;
  /** Which cases, by kernel and method; all where left out. */
  readonly only?: (what: string, method: string) => boolean;
  readonly onProgress?: (what: string) => void;
}

/** Milliseconds that a case is repeated for, at most, and how often. */
const patience = 2000;
const mostCalls = 7;

/**
 * Measures a GPU: its ceilings, the generated suite, and the kernels that cost at every size, by its own clock and by that
 * on the wall.
 *
 * @throws BackendUnavailable
 */
export async function measureGpu(gpu: GPU, options: GpuOptions): Promise<GpuReport> {
  const { sizes, only = () => true, onProgress = () => undefined } = options;
  const end = performance.now() + 1000 * options.seconds;
  const open = await openGpu(gpu);
  onProgress('ceilings');
  const ceilings = await gpuCeilings(open);
  let passes: PassTime[] = [];
  const webgpu = await createWebgpuBackend({
    device: open.device,
    memoryBudget: Math.min(8 * 2 ** 30, 4 * open.device.limits.maxBufferSize),
    onPass: (pass) => passes.push(pass),
  });
  const rows: GpuRow[] = [];
  const skipped: { size: string; what: string; why: string }[] = [];
  /** Operations in a second, of what has run. */
  const rates = new Map<string, number>();

  async function row(size: GpuSize, sizesOf: Readonly<Record<string, number>>, given: Case): Promise<void> {
    const { what, method, cost } = given;
    if (!only(what, method)) return;
    const rate = rates.get(`${what} ${method}`) ?? ceilings.flopsPerSecond / 100;
    const expected = (cost.flops ?? 0) / rate;
    const skip = (why: string) => skipped.push({ size: size.name, what: `${what}, ${method}`, why });
    if (performance.now() > end) return void skip(`the ${options.seconds} s of this run were over`);
    if (expected > options.secondsPerCall) {
      return void skip(`a call would take about ${expected.toPrecision(2)} s here, by its operations`);
    }
    onProgress(`${size.name}: ${what}, ${method}`);
    const walls: number[] = [];
    const onGpu: PassTime[][] = [];
    const first = performance.now();
    let result = await given.run();
    const compiled = performance.now() - first;
    // One that takes long has its programs compiled in a small part of it.
    const enough = compiled > 1000 * options.secondsPerCall ? 0 : mostCalls;
    for (let spent = 0; walls.length < enough && spent < patience; spent += walls[walls.length - 1]) {
      passes = [];
      const started = performance.now();
      result = await given.run();
      walls.push(performance.now() - started);
      onGpu.push(passes);
    }
    if (walls.length === 0) return void skip(`the first call took ${(compiled / 1000).toPrecision(2)} s`);
    const wall = medianOf(walls);
    rates.set(`${what} ${method}`, (cost.flops ?? 0) / (wall / 1000));
    const totals = onGpu.map((each) => each.reduce((sum, { ms }) => sum + ms, 0));
    const error = await given.error?.(result);
    rows.push({
      size: size.name,
      what,
      method,
      sizes: sizesOf,
      wall,
      calls: walls.length,
      ...(open.timestamps && { gpu: medianOf(totals) }),
      passes: byProgram(onGpu[onGpu.length - 1]),
      flops: cost.flops ?? 0,
      bytes: cost.bytes,
      ...(error !== undefined && { error }),
    });
  }

  /** One case that fails does not take the others along. */
  async function orSkip(run: typeof row, ...[size, facts, given]: Parameters<typeof row>): Promise<void> {
    try {
      await run(size, facts, given);
    } catch (error) {
      if (!isWtildeError(error)) throw error;
      skipped.push({ size: size.name, what: `${given.what}, ${given.method}`, why: error.message });
    }
  }

  for (const size of sizes) {
    const problem = gpuProblem(size);
    const { N } = problem;
    const facts = { M: size.M, S: size.S, N, K: size.K };
    for (const each of casesOf(webgpu, size, problem)) await orSkip(row, size, facts, each);
  }
  await orSkip(row, { name: 'product', M: 0, S: 0, K: 0 }, { n: 1024 }, matrixProduct(webgpu, 1024));
  webgpu.dispose?.();
  const suite = options.suite ? await suiteOn(open, onProgress) : undefined;
  open.device.destroy();
  return {
    schema: 1,
    date: new Date().toISOString(),
    adapter: open.adapter,
    platform: `${process.platform} ${process.arch}`,
    node: process.versions.node,
    timestamps: open.timestamps,
    ceilings,
    ...(suite && { suite }),
    rows,
    skipped,
  };
}

interface Case {
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
function casesOf(webgpu: WebgpuBackend, size: GpuSize, problem: GpuProblem) {
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
function matrixProduct(webgpu: WebgpuBackend, n: number): Case {
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

async function suiteOn({ device }: OpenGpu, onProgress: (what: string) => void) {
  onProgress('the generated suite');
  const started = performance.now();
  const runner = createMemoryRunner();
  await equivalenceSuite({ runner, id: 'webgpu', backend: () => createWebgpuBackend({ device }) });
  const results = await runner.run();
  const of = (status: string) => results.filter((result) => result.status === status);
  return {
    passed: of('passed').length,
    skipped: of('skipped').length,
    failures: of('failed').map(({ path, reason }) => `${path.join(' > ')}: ${reason?.split('\n')[0] ?? ''}`),
    seconds: (performance.now() - started) / 1000,
  };
}

function byProgram(passes: readonly PassTime[]): GpuRow['passes'] {
  const sums = new Map<string, number>();
  for (const { program, ms } of passes) sums.set(program, (sums.get(program) ?? 0) + ms);
  return [...sums].map(([program, ms]) => ({ program, ms })).sort((a, b) => b.ms - a.ms);
}

function hostOf(value: unknown): NdArray<'real'> | undefined {
  return isArray(value) ? value : undefined;
}

function isArray(value: unknown): value is NdArray<'real'> {
  return typeof value === 'object' && value !== null && 'data' in value && 'shape' in value;
}
