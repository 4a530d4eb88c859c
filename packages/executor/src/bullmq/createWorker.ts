import { hostname } from 'node:os';
import { isWtildeError } from '@wtilde/core-types';
import { Worker } from 'bullmq';
import { shownUrl } from '../parse.js';
import { createThreads } from '../threads/createThreads.js';
import type { Tasks } from '../work/work.js';
import { connect } from './connect.js';
import { createCrews } from './crews.js';
import { asideWith } from './failedReason.js';
import { createWithMemory } from './memory.js';
import { type JobData, prefix, queueName, usualDeaths } from './names.js';
import { createResults } from './results.js';
import { holdVersion, otherVersion } from './version.js';

export interface WorkerOptions {
  /** `redis://HOST:PORT[/DB]`, `rediss://` with TLS, with user and password where the server wants them. */
  readonly url: string;
  /** Jobs at once, each in a thread of its own. */
  readonly threads: number;
  readonly tasks: Tasks;
  readonly version: string;
  /**
   * How long it takes at most until others have the jobs of a worker that gives no sign of life. Signs are given three times
   * in that time, while jobs compute in their threads. Default 15 s.
   */
  readonly lockMs?: number | undefined;
  /** Workers that a job may take with it before it is set aside. Default 6: some only die beside it. */
  readonly mostDeaths?: number | undefined;
  readonly onNote?: ((text: string) => void) | undefined;
}

/** A worker that takes jobs. */
export interface JoinedWorker {
  /** As it may be shown. */
  readonly server: string;
  /** Since it joined. */
  readonly counts: { readonly done: number; readonly failed: number; readonly running: number };
  /** Takes no more jobs; resolves when those that run are done. `now` lets them go: others will run them. */
  leave(now?: boolean): Promise<void>;
}

/**
 * Joins a server and takes its jobs, until it leaves.
 *
 * Computing is in worker threads, so that this one always has time for signs of life. A worker that ends without leaving
 * costs `lockMs` and what it had begun.
 *
 * @throws BackendUnavailable where no server answers; InvalidContract where another version of wtilde uses it.
 */
export async function createWorker(options: WorkerOptions): Promise<JoinedWorker> {
  const { url, threads, tasks, version, lockMs = 15_000, mostDeaths = usualDeaths, onNote = () => {} } = options;
  const connection = await connect(url, Number.POSITIVE_INFINITY);
  const { redis } = connection;
  const leaving = new AbortController();
  const withMemory = createWithMemory({ url, patienceMs: Number.POSITIVE_INFINITY, onNote, signal: leaving.signal });
  let letGo = () => {};
  try {
    letGo = await withMemory(() => holdVersion(redis, version));
  } catch (error) {
    await connection.close();
    throw error;
  }
  const results = createResults(redis);
  const executor = createThreads(tasks, threads);
  const crews = createCrews(executor, redis);
  const counts = { done: 0, failed: 0, running: 0 };

  async function process({ data, id = '' }: { readonly data: JobData; readonly id?: string | undefined }) {
    counts.running += 1;
    try {
      if (data.version !== version) throw otherVersion(version, data.version);
      // It has been done, by a worker that was taken for dead.
      if ((await results.of([id])).size > 0) return;
      const outcome = await crews.run(data.work, Buffer.from(data.job, 'base64'));
      if (outcome.failure !== undefined) throw outcome.failure;
      await withMemory(() => results.put(id, outcome.result));
      counts.done += 1;
    } catch (error) {
      counts.failed += 1;
      throw isWtildeError(error) ? asideWith(error) : error;
    } finally {
      counts.running -= 1;
    }
  }

  const worker = new Worker<JobData>(queueName, process, {
    connection: redis,
    prefix,
    name: `${threads}@${hostname()}`,
    concurrency: threads,
    // A job is found in the second of two looks after its lock has ended: together they take `lockMs`.
    lockDuration: Math.ceil((2 * lockMs) / 3),
    stalledInterval: Math.ceil(lockMs / 6),
    maxStalledCount: mostDeaths - 1,
  });
  worker.on('error', ({ message }) => onNote(message));
  worker.on('failed', (job, { message }) => onNote(`job ${job?.id ?? ''} failed: ${message}`));
  await worker.waitUntilReady();
  return {
    server: shownUrl(url),
    counts,
    async leave(now = false) {
      letGo();
      leaving.abort();
      await connection.close(() => worker.close(now));
      await crews.close();
    },
  };
}
