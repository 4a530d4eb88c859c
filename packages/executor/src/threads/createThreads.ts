import { throwIfAborted, unpackFacts, WtildeError } from '@wtilde/core-types';
import { Piscina } from 'piscina';
import type { Crew, Executor, Outcome } from '../executor.js';
import { poisoned } from '../work/failure.js';
import { moduleOf } from '../work/openTask.js';
import { encodeWork, sha256, type Tasks, type Work } from '../work/work.js';
import type { Answer, Started } from './answer.js';

/** Workers that a job may end before it is set aside. */
const mostDeaths = 2;

/** Where the program of a thread lies as it is built, seen from the sources as well as from the build. */
const childFile = new URL('../../dist/child.js', import.meta.url).href;

/**
 * Jobs in worker threads of this process. The pool is piscina: maintained, replaces threads that end, and stops a job that
 * computes without pause by ending its thread.
 */
export function createThreads(tasks: Tasks, threads: number): Executor {
  const crews = new Set<Crew>();
  return {
    name: `threads:${threads}`,
    width: threads,
    async start(work) {
      const crew = await startCrew(work, moduleOf(tasks, work.task), threads);
      crews.add(crew);
      return crew;
    },
    async close() {
      await Promise.all([...crews].map((crew) => crew.close()));
      crews.clear();
    },
  };
}

async function startCrew(work: Work, module: string, threads: number): Promise<Crew> {
  const { bytes, hash } = encodeWork(work);
  const workerData: Started = { module, bytes, hash };
  const pool = new Piscina<Uint8Array, Answer>({
    filename: childFile,
    workerData,
    minThreads: threads,
    maxThreads: threads,
    // Jobs take milliseconds: nothing is won by threads that wait without their event loop.
    atomics: 'disabled',
  });
  pool.on('error', () => {});

  async function outcomeOf(job: Uint8Array, signal: AbortSignal): Promise<Outcome> {
    let cause = '';
    for (let deaths = 0; deaths < mostDeaths; deaths++) {
      try {
        const answer = await pool.run(job, { signal });
        if (answer.result === undefined) return { failure: unpackFacts(answer.facts) };
        return { result: answer.result };
      } catch (error) {
        throwIfAborted(signal, 'executor');
        cause = error instanceof Error ? error.message : String(error);
      }
    }
    return { failure: poisoned(sha256(job).slice(0, 16), mostDeaths, cause) };
  }

  return {
    hash,
    async map(jobs, { signal, onProgress, onOutcome } = {}) {
      throwIfAborted(signal, 'executor');
      const stop = new AbortController();
      const abort = () => stop.abort(signal?.reason);
      signal?.addEventListener('abort', abort, { once: true });
      const outcomes = new Array<Outcome>(jobs.length);
      let [next, done] = [0, 0];
      const lane = async () => {
        for (let index = next++; index < jobs.length; index = next++) {
          throwIfAborted(stop.signal, 'executor');
          outcomes[index] = await outcomeOf(jobs[index], stop.signal);
          onOutcome?.(outcomes[index], index);
          done += 1;
          onProgress?.(done, jobs.length);
        }
      };
      onProgress?.(0, jobs.length);
      const lanes = Array.from({ length: Math.min(threads, jobs.length) }, () => lane());
      try {
        await Promise.all(lanes);
      } catch (error) {
        // The first error tells; the others follow from it.
        stop.abort();
        await Promise.allSettled(lanes);
        throwIfAborted(signal, 'executor');
        throw error;
      } finally {
        signal?.removeEventListener('abort', abort);
      }
      return outcomes;
    },
    close: () => pool.destroy(),
  };
}

/** Throws InvalidOption for a number of threads that is none. */
export function requireThreads(threads: number): number {
  if (Number.isSafeInteger(threads) && threads >= 1 && threads <= 1024) return threads;
  throw new WtildeError('InvalidOption', {
    what: 'this is no number of threads',
    where: 'executor',
    expected: 'a whole number from 1 to 1024',
    actual: String(threads),
    remedy: 'leave it out for one per core',
  });
}
