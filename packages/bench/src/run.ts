import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { type AbortSignalLike, throwIfAborted, WtildeError } from '@wtilde/core-types';
import { backendIds, checkBackendIds } from './backends.js';
import type { DatasetChoice, Preset } from './datasets.js';
import { machineFacts } from './machine.js';
import type { Job, Message } from './process.js';
import { type BackendFacts, keyOf, type Results, type Row } from './results.js';

export interface RunOptions extends Partial<DatasetChoice> {
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
  readonly signal?: (AbortSignalLike & Partial<Pick<AbortSignal, 'addEventListener'>>) | undefined;
}

const timeOf: Readonly<Record<Preset, number>> = { test: 20, medium: 100, science: 500 };

/**
 * Measures backends, each in a process of its own and by turns, so that neither compiled code nor garbage nor the hour
 * favours one. Every result is validated before and after it is timed.
 *
 * @throws UnknownBackend, Aborted; NumericalFailure where a result is wrong
 */
export async function runBenchmarks(options: RunOptions = {}): Promise<Results> {
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
      const job: Job = { backend, datasets: { preset, sizes, scaling }, golden, filter, time };
      const done = await inProcess(job, signal, (name, at, total) => {
        const share = (round * order.length + turn + at / total) / (rounds * order.length);
        onProgress?.(`${backend}: ${name}`, share, 1);
      });
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
  };
}

/** The samples of all rounds; the first call of the first. */
function merged(before: Row | undefined, row: Row): Row {
  return before === undefined ? row : { ...row, first: before.first, samples: [...before.samples, ...row.samples] };
}

type Done = Extract<Message, { kind: 'done' }>;

function inProcess(
  job: Job,
  signal: RunOptions['signal'],
  onCase: (name: string, done: number, total: number) => void,
): Promise<Done> {
  return new Promise((resolve, reject) => {
    const child = fork(new URL('../dist/child.js', import.meta.url), { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    signal?.addEventListener?.('abort', () => child.kill());
    child.once('error', reject);
    child.once('exit', (code, killedBy) => {
      try {
        throwIfAborted(signal, 'bench');
        reject(failed(job.backend, `its process ended with ${killedBy ?? code}`));
      } catch (aborted) {
        reject(aborted);
      }
    });
    child.on('message', (message: Message) => {
      if (message.kind === 'case') onCase(message.name, message.done, message.total);
      else if (message.kind === 'failed') reject(failed(job.backend, message.message));
      else resolve(message);
    });
    child.send(job);
  });
}

function failed(backend: string, why: string): WtildeError {
  return new WtildeError('NumericalFailure', {
    what: `nothing could be measured: ${why}`,
    where: `bench of ${backend}`,
    remedy: 'leave the backend out, or run its equivalence suite',
  });
}

/** Of the packages that took part. */
function versions(): Readonly<Record<string, string>> {
  const own: { version: string } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  return { '@wtilde/bench': own.version };
}
