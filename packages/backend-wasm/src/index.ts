import { checkOptionsBy, type OptionRule, optionRule } from '@wtilde/core-types';
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
  checkOptionsBy(rules, options, 'createWasmBackend');
  const { threads = 'auto', simd = 'relaxed' } = options;
  return backendOn(await createEngine({ threads, simd }));
}

const rules = {
  threads: {
    expected: "'auto' or a whole number from 1 to 64",
    allows: (value) =>
      value === 'auto' || (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 64),
  },
  simd: optionRule.oneOf('relaxed', 'simd128'),
} satisfies Record<keyof WasmBackendOptions, OptionRule>;
