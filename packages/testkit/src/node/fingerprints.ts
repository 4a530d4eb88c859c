import { createHash } from 'node:crypto';
import type { Backend, SyncBackend } from '@wtilde/core-types';
import { benchmarkSuite } from '../benchmark/benchmarkSuite.js';
import { isHostArray } from '../contract/values.js';
import { defaultDatasets } from '../datasets/defaults.js';

/**
 * The bits of everything that a backend computes, a line for every method of every kernel: `name method: hash`, the first
 * 16 digits of the SHA-256 of its results on the default datasets, one after the other. Where two runs differ, on
 * machines, versions of Node or numbers of threads, their lines tell in what.
 *
 * @param inputs computes arguments that the datasets do not hold
 */
export async function fingerprintsOf(backend: Backend, inputs: SyncBackend): Promise<string> {
  const hashes = new Map<string, ReturnType<typeof createHash>>();
  for (const { kernel, method, run } of benchmarkSuite({ backend, datasets: defaultDatasets(), inputs })) {
    const name = `${kernel} ${method}`;
    const hash = hashes.get(name) ?? createHash('sha256');
    hashes.set(name, hash);
    add(hash, await run());
  }
  return [...hashes].map(([name, hash]) => `${name}: ${hash.digest('hex').slice(0, 16)}\n`).join('');
}

function add(hash: ReturnType<typeof createHash>, result: unknown): void {
  if (typeof result === 'number') hash.update(Float64Array.of(result));
  else if (isHostArray(result)) hash.update(result.data);
  else if (typeof result === 'object' && result !== null) {
    // The entries of a record have no order.
    for (const [entry, value] of Object.entries(result).sort(([a], [b]) => (a < b ? -1 : 1))) {
      hash.update(entry);
      add(hash, value);
    }
  }
}
