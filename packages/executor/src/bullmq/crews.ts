import type { Redis } from 'ioredis';
import type { Crew, Executor, Outcome } from '../executor.js';
import { decodeWork } from '../work/work.js';
import { keys } from './names.js';

/** Pieces of work that a worker keeps ready: the one that runs, and the one before or after it. */
const kept = 2;

export interface Crews {
  /** Runs a job of the work of this hash: fetched once, verified, kept. */
  run(hash: string, job: Uint8Array): Promise<Outcome>;
  close(): Promise<void>;
}

export function createCrews(executor: Executor, redis: Redis): Crews {
  const crews = new Map<string, { readonly crew: Promise<Crew>; running: number }>();

  async function start(hash: string): Promise<Crew> {
    const bytes = await redis.getBuffer(keys.work(hash));
    // The run that it belongs to puts it there again: not a failure for good.
    if (bytes === null) throw new Error(`the dataset ${hash.slice(0, 16)} is not on the server`);
    return await executor.start(decodeWork({ bytes: new Uint8Array(bytes), hash }));
  }

  function crewOf(hash: string) {
    const known = crews.get(hash);
    if (known !== undefined) {
      // The last one used is the last to go.
      crews.delete(hash);
      crews.set(hash, known);
      return known;
    }
    const entry = { crew: start(hash), running: 0 };
    entry.crew.catch(() => crews.delete(hash));
    crews.set(hash, entry);
    return entry;
  }

  async function leaveOld(): Promise<void> {
    const idle = [...crews].filter(([, { running }]) => running === 0);
    for (const [hash, { crew }] of idle.slice(0, Math.max(0, crews.size - kept))) {
      crews.delete(hash);
      await (await crew).close();
    }
  }

  return {
    async run(hash, job) {
      const entry = crewOf(hash);
      entry.running += 1;
      try {
        const [outcome] = (await (await entry.crew).map([job])) ?? [];
        return outcome;
      } finally {
        entry.running -= 1;
        await leaveOld();
      }
    },
    async close() {
      crews.clear();
      await executor.close();
    },
  };
}
