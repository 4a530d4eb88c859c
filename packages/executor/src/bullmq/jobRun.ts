import { throwIfAborted } from '@wtilde/core-types';
import type { Queue, QueueEvents } from 'bullmq';
import type { Crew, HowToRun, Outcome } from '../executor.js';
import type { Connection } from './connect.js';
import { failureFrom } from './failedReason.js';
import { isFull, type WithMemory } from './memory.js';
import { type JobData, jobId, keys } from './names.js';
import { createResults } from './results.js';

/** Where jobs go and news come from. */
export interface Server {
  readonly connection: Connection;
  readonly withMemory: WithMemory;
  readonly queue: Queue;
  readonly events: QueueEvents;
  readonly hash: string;
  readonly version: string;
  /** Sends the work, again after the server came back without it. */
  put(): Promise<void>;
  onNote(text: string): void;
}

/** Jobs that are on the server at once: more wait here, so that its memory is bounded. */
const most = 4000;
/** Without news for so long, the server is asked what became of the jobs: news get lost where it restarts. */
const quietMs = 2000;
const askedAtOnce = 200;

const options = {
  attempts: 3,
  backoff: { type: 'fixed', delay: 1000 },
  // A duplicate is known as one while the older job is there; results are kept apart from jobs.
  removeOnComplete: { count: 1000 },
  removeOnFail: { count: 1000 },
  stackTraceLimit: 1,
} as const;

/** The map of a crew whose jobs go through a server. */
export function createJobRun(server: Server): Crew['map'] {
  const { connection, withMemory, queue, events, hash, version, put, onNote } = server;
  const { redis, lost } = connection;
  const results = createResults(redis);

  return async function map(jobs, { signal, onProgress, onOutcome }: HowToRun = {}) {
    throwIfAborted(signal, 'executor');
    const byId = new Map<string, number[]>();
    for (const [index, job] of jobs.entries()) {
      const id = jobId(hash, job);
      byId.set(id, [...(byId.get(id) ?? []), index]);
    }
    const ids = [...byId.keys()];
    const outcomes = new Array<Outcome>(jobs.length);
    const pending = new Set<string>();
    let [next, done] = [0, 0];

    const news = new Set<string>();
    let cameBack = false;
    let wake = () => {};
    const onNews = ({ jobId: id }: { readonly jobId: string }) => {
      if (!byId.has(id)) return;
      news.add(id);
      wake();
    };
    const onReady = () => {
      cameBack = true;
      wake();
    };
    const over = new AbortController();
    const aborted = new Promise<never>((_, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason), { once: true, signal: over.signal });
    });
    aborted.catch(() => {});
    /** Commands wait for a server that is away, for ever; we do not. */
    const within = <T>(work: Promise<T>): Promise<T> => Promise.race([work, lost, aborted]);

    const settle = (id: string, outcome: Outcome) => {
      pending.delete(id);
      for (const index of byId.get(id) ?? []) {
        outcomes[index] = outcome;
        done += 1;
        onOutcome?.(outcome, index);
      }
      onProgress?.(done, jobs.length);
    };

    /** Settles those whose results are there; returns the others. */
    async function collect(asked: readonly string[]): Promise<readonly string[]> {
      const found = await within(results.of(asked));
      for (const [id, result] of found) settle(id, { result });
      return asked.filter((id) => !found.has(id));
    }

    async function add(wanted: readonly string[]): Promise<void> {
      if (wanted.length === 0) return;
      const entries = wanted.map((id) => {
        const job = Buffer.from(jobs[byId.get(id)?.[0] ?? 0]).toString('base64');
        const data: JobData = { work: hash, version, job };
        return { name: 'job', data, opts: { ...options, jobId: id } };
      });
      await within(withMemory(() => queue.addBulk(entries)));
      for (const id of wanted) pending.add(id);
    }

    /** What became of jobs that have been announced, or nothing was heard of. */
    async function ask(asked: readonly string[]): Promise<void> {
      const open = await collect(asked.filter((id) => pending.has(id)));
      const again: string[] = [];
      for (const id of open) {
        const job = await within(queue.getJob(id));
        const state = job === undefined ? 'unknown' : await within(queue.getJobState(id));
        if (state === 'failed' && isFull(job?.failedReason)) {
          await within(queue.remove(id));
          again.push(id);
        } else if (state === 'failed')
          settle(id, { failure: failureFrom(id, job?.failedReason ?? '', job?.stalledCounter ?? 0) });
        else if (state === 'unknown') again.push(id);
        else if (state === 'completed' && (await collect([id])).length > 0) {
          // Done, but the result is not there any more: a server that came back with a part of its memory.
          await within(queue.remove(id));
          again.push(id);
        } else if (pending.delete(id)) pending.add(id);
      }
      await add(again);
    }

    async function lookRound(): Promise<void> {
      // Workers cannot say that they find no memory for their results.
      await within(withMemory(() => redis.set(keys.probe, '', 'PX', 1)));
      await ask([...pending].slice(0, askedAtOnce));
      if (pending.size > 0 && (await within(queue.getWorkersCount())) === 0) {
        onNote('no worker has joined the server; start one with wtilde worker --connect');
      }
    }

    events.on('completed', onNews);
    events.on('failed', onNews);
    // Done in a run before, whose results nobody needs any more: nothing else would be heard of it.
    events.on('duplicated', onNews);
    redis.on('ready', onReady);
    try {
      onProgress?.(0, jobs.length);
      await within(forgetFailed(queue, byId));
      while (done < jobs.length) {
        if (next < ids.length && pending.size < most) {
          const taken = ids.slice(next, next + most - pending.size);
          next += taken.length;
          await add(await collect(taken));
        }
        if (done === jobs.length) break;
        let timer: NodeJS.Timeout | undefined;
        if (news.size === 0) {
          await within(
            new Promise<void>((resolve) => {
              wake = resolve;
              timer = setTimeout(resolve, quietMs);
            }),
          ).finally(() => clearTimeout(timer));
        }
        if (cameBack) {
          cameBack = false;
          await within(put());
        }
        const heard = [...news];
        news.clear();
        if (heard.length > 0) await ask(heard);
        else await lookRound();
      }
      // A map that is whole needs them no longer; of one that is not, they are there for who comes back.
      await within(results.forget(ids));
      return outcomes;
    } catch (error) {
      await Promise.race([takeBack(queue, pending), lost]).catch(() => {});
      throwIfAborted(signal, 'executor');
      throw error;
    } finally {
      events.off('completed', onNews);
      events.off('failed', onNews);
      events.off('duplicated', onNews);
      redis.off('ready', onReady);
      over.abort();
    }
  };
}

/** Jobs that failed in a run before are tried anew. */
async function forgetFailed(queue: Queue, byId: ReadonlyMap<string, unknown>): Promise<void> {
  const failed = await queue.getFailed(0, options.removeOnFail.count);
  await Promise.all(failed.flatMap(({ id }) => (id !== undefined && byId.has(id) ? [queue.remove(id)] : [])));
}

/** Jobs that nobody waits for any more. Those that run end by themselves. */
async function takeBack(queue: Queue, pending: ReadonlySet<string>): Promise<void> {
  await Promise.allSettled([...pending].map((id) => queue.remove(id)));
}
