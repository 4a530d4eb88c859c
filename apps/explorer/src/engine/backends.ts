import { createLoopsBackend } from '@wtilde/backend-loops';
import { createWasmBackend } from '@wtilde/backend-wasm';
import { type Backend, isWtildeError } from '@wtilde/core-types';
import type { BackendChoice } from './protocol.js';

export interface Chosen {
  /** The first runs what it can, the others the rest. */
  readonly list: readonly Backend[];
  /** Why it is not what was asked for. */
  readonly instead?: string;
}

/** The backends of a choice. Where WebAssembly is not to be had, loops do it all. */
export async function backendsOf(choice: BackendChoice): Promise<Chosen> {
  const loops = createLoopsBackend();
  // One core is the page's.
  const threads = Math.min(8, Math.max(1, navigator.hardwareConcurrency - 1));
  if (choice === 'loops') return { list: [loops] };
  try {
    return { list: [await createWasmBackend({ threads }), loops] };
  } catch (error) {
    if (!isWtildeError(error) || error.code !== 'BackendUnavailable') throw error;
    return { list: [loops], instead: error.what };
  }
}
