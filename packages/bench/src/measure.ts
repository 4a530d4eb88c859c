import { createLoopsBackend } from '@wtilde/backend-loops';
import { createWasmBackend } from '@wtilde/backend-wasm';
import { type Backend, WtildeError } from '@wtilde/core-types';
import { type BenchmarkCase, benchmarkSuite, type TestDataset } from '@wtilde/testkit';
import type { Row } from './results.js';
import { sampled } from './sampled.js';

export interface MeasureOptions {
  readonly datasets: readonly TestDataset[];
  /** By name, ours or upstream's part of it; all where left out. */
  readonly filter?: string | undefined;
  /** Milliseconds that each case is repeated for. */
  readonly time: number;
  /** Told before each case. */
  readonly onCase?: (name: string, done: number, total: number) => void;
}

/** Operations that the reference may need for a validation, a tenth of a second; beyond, another backend judges. */
const budget = 5e7;

/** Bytes that a case may move at least: beyond, its arguments alone would fill the memory. */
const mostBytes = 2 ** 30;

/** Measures every case of a backend: first call, validation, repeated calls, validation. */
export async function measure(backend: Backend, options: MeasureOptions): Promise<readonly Row[]> {
  const { datasets, filter = '', time, onCase } = options;
  // Whoever is measured does not judge itself.
  const inputs = backend.id === 'loops' ? await createWasmBackend() : createLoopsBackend();
  const cases = benchmarkSuite({ backend, datasets, inputs, budget }).filter(
    ({ kernel, cost }) => kernel.toLowerCase().includes(filter.toLowerCase()) && (cost?.bytes ?? 0) <= mostBytes,
  );
  const rows: Row[] = [];
  for (const [done, each] of cases.entries()) {
    onCase?.(each.name, done, cases.length);
    rows.push(await rowOf(backend.id, each, time));
  }
  return rows;
}

async function rowOf(backend: string, each: BenchmarkCase, time: number): Promise<Row> {
  const { kernel, method, dataset, group, sizes, cost } = each;
  each.setup();
  const start = performance.now();
  await each.run();
  const first = performance.now() - start;
  const before = await judged(each);
  const samples = await sampled(each.name, () => each.run(), time);
  const unchecked = each.runUnchecked && (await sampled(each.name, each.runUnchecked, time / 2));
  const ready = each.bind?.();
  const bound = ready && (await sampled(each.name, () => ready.run(), time / 2));
  ready?.dispose();
  const after = await judged(each);
  const agreement = before !== undefined && after !== undefined && before.error > after.error ? before : after;
  return { backend, kernel, method, dataset, group, sizes, first, samples, unchecked, bound, cost, agreement };
}

/** A wrong result has no time. */
async function judged(each: BenchmarkCase): Promise<Row['agreement']> {
  const agreement = await each.validate();
  if (agreement === undefined) return undefined;
  const { ok, error, allowed, message } = agreement;
  if (ok) return { error, allowed };
  throw new WtildeError('NumericalFailure', {
    what: `the result is wrong, so its time means nothing: ${message}`,
    where: each.name,
    remedy: 'run the equivalence suite of the backend',
  });
}
