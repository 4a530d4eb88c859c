import { availableParallelism } from 'node:os';
import { isMainThread } from 'node:worker_threads';
import type { Backend } from '@wtilde/core-types';
import { loadBackend } from '../backends/load.js';

/** What a task runs on: the same wherever it runs. */
export interface TaskBackend {
  readonly id: string;
  /** The vector instructions of wasm, on which last digits depend. */
  readonly simd?: string | undefined;
}

/**
 * The backend of a task, with as many threads as the worker may use.
 *
 * @throws BackendUnavailable where this machine lacks the vector instructions: results would differ in their last digits.
 */
export async function taskBackend({ id, simd }: TaskBackend, threads = availableParallelism()): Promise<Backend> {
  if (id !== 'wasm') return await loadBackend(id);
  const { createWasmBackend } = await import('@wtilde/backend-wasm');
  return await createWasmBackend({ threads, env: simd === undefined ? {} : { WTILDE_SIMD: simd } });
}

/** Lets whatever backend is made next use these vector instructions. */
export function takeInstructions({ simd }: TaskBackend): void {
  // Threads have an environment of their own; in the main one it is the caller's, who has chosen.
  if (!isMainThread && simd !== undefined) process.env.WTILDE_SIMD = simd;
}
