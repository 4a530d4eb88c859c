import { createWasmBackend } from '@wtilde/backend-wasm';
import { createWebgpuBackend, type PassTime } from '@wtilde/backend-webgpu';
import { medianOf } from '@wtilde/bench';
import { isWtildeError } from '@wtilde/core-types';
import { createMemoryRunner, equivalenceSuite } from '@wtilde/testkit';
import { type Case, casesOf, matrixProduct } from './cases.ts';
import { gpuCeilings } from './ceilings.ts';
import { type OpenGpu, openGpu } from './openGpu.ts';
import { type GpuSize, gpuProblem } from './problem.ts';
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
  const wasm = await createWasmBackend();
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
    for (const each of casesOf(webgpu, wasm, size, problem)) await orSkip(row, size, facts, each);
  }
  await orSkip(row, { name: 'product', M: 0, S: 0, K: 0 }, { n: 1024 }, matrixProduct(webgpu, 1024));
  webgpu.dispose?.();
  wasm.dispose?.();
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
