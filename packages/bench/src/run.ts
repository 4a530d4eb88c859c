import { readFileSync } from 'node:fs';
import { throwIfAborted } from '@wtilde/core-types';
import { backendIds, checkBackendIds } from './backends.js';
import type { DatasetChoice, Preset } from './datasets.js';
import { machineFacts } from './machine.js';
import { inProcess, type Signal } from './parent.js';
import type { Job } from './process.js';
import { type BackendFacts, keyOf, type MemoryPoint, type Results, type Row } from './results.js';

export interface BenchmarkRunOptions extends Partial<DatasetChoice> {
  /** Default: all but the reference, which takes its time. */
  readonly backends?: readonly string[] | undefined;
  /** Only kernels with this in their name. */
  readonly filter?: string | undefined;
  /** Adds the golden files, where they are. Default: with the preset medium. */
  readonly golden?: boolean | undefined;
  /** Milliseconds that each case is repeated for in a round. Default: by preset. */
  readonly time?: number | undefined;
  /** How often every backend has its turn, each time in another order. Default: 2, for tests 1. */
  readonly rounds?: number | undefined;
  readonly onProgress?: ((what: string, done: number, total: number) => void) | undefined;
  readonly signal?: Signal;
}

const timeOf: Readonly<Record<Preset, number>> = { test: 20, medium: 100, science: 500 };

/**
 * Measures backends, each in a process of its own and by turns, so that neither compiled code nor garbage nor the hour
 * favours one. Every result is validated before and after it is timed.
 *
 * @throws UnknownBackend, Aborted; NumericalFailure where a result is wrong
 */
export async function runBenchmarks(options: BenchmarkRunOptions = {}): Promise<Results> {
  const { preset = 'medium', sizes, scaling, filter, signal, onProgress } = options;
  const {
    backends = backendIds.filter((id) => id !== 'reference'),
    golden = preset === 'medium' && sizes === undefined,
  } = options;
  const { time = timeOf[preset], rounds = preset === 'test' ? 1 : 2 } = options;
  checkBackendIds(backends);
  const machine = machineFacts();
  const facts = new Map<string, BackendFacts>();
  const rows = new Map<string, Row>();
  for (let round = 0; round < rounds; round++) {
    const order = backends.map((_, at) => backends[(at + round) % backends.length]);
    for (const [turn, backend] of order.entries()) {
      throwIfAborted(signal, 'bench');
      if (round > 0 && facts.has(backend) && 'absent' in (facts.get(backend) ?? {})) continue;
      const job: Job = { kind: 'measure', backend, datasets: { preset, sizes, scaling }, golden, filter, time };
      const done = await inProcess(job, signal, (name, at, total) => {
        const share = (round * order.length + turn + at / total) / (rounds * order.length);
        onProgress?.(`${backend}: ${name}`, share, 1);
      });
      if (done.kind !== 'measured') continue;
      facts.set(backend, done.facts);
      for (const row of done.rows) rows.set(keyOf(row), merged(rows.get(keyOf(row)), row));
    }
  }
  return {
    schema: 1,
    date: new Date().toISOString(),
    machine,
    versions: versions(),
    backends: backends.flatMap((id) => facts.get(id) ?? []),
    rows: [...rows.values()],
    memory: scaling ? await memoryOf(backends, preset, signal) : [],
  };
}

/** The samples of all rounds; the first call of the first. */
function merged(before: Row | undefined, row: Row): Row {
  if (before === undefined) return row;
  const all = (key: 'samples' | 'bound' | 'unchecked') => row[key] && [...(before[key] ?? []), ...row[key]];
  return {
    ...row,
    first: before.first,
    samples: [...before.samples, ...row.samples],
    bound: all('bound'),
    unchecked: all('unchecked'),
  };
}

/** Peak memory against the number of visibilities, of the backends that sum them chunk by chunk. */
async function memoryOf(backends: readonly string[], preset: Preset, signal: Signal): Promise<readonly MemoryPoint[]> {
  const points: MemoryPoint[] = [];
  for (const backend of backends) {
    for (const visibilities of preset === 'test' ? [1e3, 2e3] : [1e5, 4e5, 1.6e6]) {
      const outcome = await inProcess({ kind: 'accumulate', backend, visibilities }, signal);
      const peakBytes = outcome.kind === 'accumulated' ? outcome.peakBytes : undefined;
      if (peakBytes === undefined) break;
      points.push({ backend, visibilities, peakBytes });
    }
  }
  return points;
}

/** Of the packages that took part. */
function versions(): Readonly<Record<string, string>> {
  const own: { version: string } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  return { '@wtilde/bench': own.version };
}
