import type { Redis } from 'ioredis';
import { keptSeconds, keys } from './names.js';

/** Results of jobs, each under a key of its own until it is fetched or a week old. */
export interface Results {
  /** Those that are there, by the ids of their jobs. */
  of(ids: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>>;
  put(id: string, result: Uint8Array): Promise<void>;
  forget(ids: readonly string[]): Promise<void>;
}

const atOnce = 100;

export function createResults(redis: Redis): Results {
  return {
    async of(ids) {
      const found = new Map<string, Uint8Array>();
      for (let first = 0; first < ids.length; first += atOnce) {
        const asked = ids.slice(first, first + atOnce);
        const values = await redis.mgetBuffer(...asked.map(keys.result));
        for (const [i, value] of values.entries()) {
          if (value !== null) found.set(asked[i], new Uint8Array(value));
        }
      }
      return found;
    },
    async put(id, result) {
      await redis.set(keys.result(id), Buffer.from(result), 'EX', keptSeconds);
    },
    async forget(ids) {
      for (let first = 0; first < ids.length; first += atOnce) {
        await redis.unlink(...ids.slice(first, first + atOnce).map(keys.result));
      }
    },
  };
}
