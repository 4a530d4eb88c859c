import { createLoopsBackend } from '@wtilde/backend-loops';
import { createWasmBackend } from '@wtilde/backend-wasm';
import { type Backend, isWtildeError } from '@wtilde/core-types';
import type { BackendChoice, Computing } from './protocol.js';

export interface Chosen {
  /** All in float64: the first runs what it can, the others the rest. */
  readonly list: readonly Backend[];
  readonly computing: Computing;
}

/** The backends of a choice, in float64. Where WebAssembly is not to be had, loops do it all. */
export async function backendsOf(choice: BackendChoice): Promise<Chosen> {
  const loops = createLoopsBackend();
  if (choice === 'loops') {
    return { list: [loops], computing: { used: 'loops', how: 'plain loops in float64', why: 'as chosen' } };
  }
  // One core is the page's.
  const threads = Math.min(8, Math.max(1, navigator.hardwareConcurrency - 1));
  try {
    const wasm = await createWasmBackend({ threads });
    const { summary, threads: running, threadsNote } = wasm.info;
    const how = `${summary}, on ${String(running)} thread${running === 1 ? '' : 's'}`;
    return {
      list: [wasm, loops],
      computing: {
        used: 'wasm',
        how,
        why: threadsNote === undefined ? 'one core is left to the page' : `${threadsNote}`,
      },
    };
  } catch (error) {
    if (!isWtildeError(error) || error.code !== 'BackendUnavailable') throw error;
    return {
      list: [loops],
      computing: {
        used: 'loops',
        how: 'plain loops in float64',
        why: 'there is nothing else here',
        warning: `Plain loops compute, which takes several times as long: ${error.what}.`,
      },
    };
  }
}
