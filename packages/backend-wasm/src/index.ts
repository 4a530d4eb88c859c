import { WtildeError } from '@wtilde/core-types';
import { backendOn, type WasmBackend } from './backend.js';
import { createEngine } from './engine/engine.js';

export type { WasmBackend } from './backend.js';

export interface WasmBackendOptions {
  /**
   * Threads that share the work, the calling one included. `auto`, the default: one per core, up to eight. Where
   * threads are not to be had (`info.threadsNote` says why) the backend runs on one; results are the same.
   */
  readonly threads?: 'auto' | number;
  /** `simd128` does without fused multiplication and addition where the engine has it. Default: `relaxed`. */
  readonly simd?: 'relaxed' | 'simd128';
}

/**
 * Compiles the kernels and starts the threads; the kernels of the backend are synchronous. `dispose()` ends the
 * threads, which do not keep a process alive either way.
 */
export async function createWasmBackend(options: WasmBackendOptions = {}): Promise<WasmBackend> {
  const { threads = 'auto', simd = 'relaxed' } = options;
  const goodThreads = threads === 'auto' || (Number.isInteger(threads) && threads >= 1 && threads <= 64);
  if (!goodThreads) throw invalid('threads', "'auto' or a whole number from 1 to 64", String(threads));
  if (simd !== 'relaxed' && simd !== 'simd128') throw invalid('simd', "'relaxed' or 'simd128'", String(simd));
  return backendOn(await createEngine({ threads, simd }));
}

function invalid(option: string, expected: string, actual: string): WtildeError {
  return new WtildeError('InvalidOption', {
    what: 'the option makes no sense',
    where: `createWasmBackend(${option})`,
    expected,
    actual,
    remedy: 'correct or drop the option',
  });
}
