import type { Backend } from '@wtilde/core-types';
import type { BackendOptions } from '@wtilde/lens';
import { loadBackend } from '../backends/load.js';

/** The fastest that runs wherever Node does, and exact. */
const standard = 'wasm';

/** What a command runs on. */
export interface LoadedBackends extends BackendOptions {
  dispose(): void;
}

/**
 * The backend that was asked for, or wasm. One of float32 makes what float32 can carry; the rest, which needs float64, is
 * left to wasm.
 *
 * @param threads of a backend that shares its work among threads
 */
export async function lensingBackends(asked: string = standard, threads?: number): Promise<LoadedBackends> {
  const first = await loadBackend(asked, threads);
  const backends: Backend[] = [first];
  if (first.precision === 'float32') backends.push(await loadBackend(standard, threads));
  return {
    backends,
    fallback: backends.slice(1).map(({ id }) => id),
    dispose() {
      for (const backend of backends) backend.dispose?.();
    },
  };
}
