import { Worker } from 'node:worker_threads';
import { unpackError } from '@wtilde/core-types';
import type { Job, Message, Result, Setup } from './jobs.js';

/** Workers that make evidences side by side. */
export interface Pool {
  readonly workers: number;
  /** Workers that died so far; another took their place and their work. */
  readonly deaths: number;
  /** The result of a job; undefined where every worker that took it died of it. */
  evaluate(job: Job): Promise<Result | undefined>;
  close(): Promise<void>;
}

interface Waiting {
  readonly job: Job;
  deaths: number;
  resolve(result: Result | undefined): void;
  reject(error: unknown): void;
}

/** A job that has killed as many workers is not given to another. */
const mostDeaths = 2;
/** As many workers that die before they are ready are no accident. */
const mostFalseStarts = 3;

/** Where the built worker lies, seen from the sources as well as from the build. */
const workerFile = new URL('../../dist/child.js', import.meta.url);

/**
 * A pool of worker threads, each with a backend of one thread. Jobs go to whoever is idle; a worker that dies is replaced,
 * and its job given to another, so that nothing of a run depends on which worker did what.
 */
export async function createPool(setup: Setup, count: number): Promise<Pool> {
  const queue: Waiting[] = [];
  const idle: Worker[] = [];
  const all = new Set<Worker>();
  let deaths = 0;
  let falseStarts = 0;
  let closed = false;

  function next(): void {
    while (idle.length > 0 && queue.length > 0) {
      const worker = idle.pop();
      const waiting = queue.shift();
      if (worker !== undefined && waiting !== undefined) give(worker, waiting);
    }
  }

  const busy = new Map<Worker, Waiting>();

  function give(worker: Worker, waiting: Waiting): void {
    busy.set(worker, waiting);
    worker.postMessage(waiting.job);
  }

  function start(): Promise<void> {
    return new Promise((resolve, reject) => {
      const worker = new Worker(workerFile, { workerData: setup });
      all.add(worker);
      let ready = false;
      worker.on('message', (message: Message) => {
        if (message.type === 'ready') {
          ready = true;
          resolve();
        } else {
          const waiting = busy.get(worker);
          busy.delete(worker);
          if (message.type === 'error') {
            const error = unpackError(message.error);
            if (waiting === undefined) reject(error);
            else waiting.reject(error);
          } else waiting?.resolve(message.result);
        }
        if (ready) idle.push(worker);
        next();
      });
      let cause: unknown;
      worker.on('error', (error) => {
        cause = error;
      });
      worker.on('exit', () => {
        all.delete(worker);
        if (idle.includes(worker)) idle.splice(idle.indexOf(worker), 1);
        if (closed) return;
        deaths += 1;
        reject(cause ?? new Error('a worker ended before it was ready'));
        if (!ready) falseStarts += 1;
        lost(worker);
        if (falseStarts < mostFalseStarts) void start().catch(() => {});
        else failAll(cause ?? new Error('workers end before they are ready'));
      });
    });
  }

  /** The job of a dead worker goes to the front. */
  function lost(worker: Worker): void {
    const waiting = busy.get(worker);
    busy.delete(worker);
    if (waiting === undefined) return;
    waiting.deaths += 1;
    if (waiting.deaths >= mostDeaths) waiting.resolve(undefined);
    else queue.unshift(waiting);
    next();
  }

  function failAll(error: unknown): void {
    if (all.size > 0) return;
    for (const waiting of queue.splice(0)) waiting.reject(error);
  }

  async function close(): Promise<void> {
    closed = true;
    await Promise.all([...all].map((worker) => worker.terminate()));
  }

  try {
    await Promise.all(Array.from({ length: count }, start));
  } catch (error) {
    await close();
    throw error;
  }
  return {
    workers: count,
    get deaths() {
      return deaths;
    },
    evaluate: (job) =>
      new Promise((resolve, reject) => {
        queue.push({ job, deaths: 0, resolve, reject });
        next();
      }),
    close,
  };
}
