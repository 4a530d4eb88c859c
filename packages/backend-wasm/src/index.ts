import { checkOptionsBy, describeValue, type OptionRule, optionRule } from '@wtilde/core-types';
import { backendOn, type WasmBackend } from './backend.js';
import { createEngine } from './engine/engine.js';
import type { Simd } from './engine/wasmModule.js';
import { invalidOption } from './mistakes.js';

export type { WasmBackend } from './backend.js';
export type { Simd } from './engine/wasmModule.js';

export interface WasmBackendOptions {
  /**
   * Threads that share the work, the calling one included. `auto`, the default: one per core, up to eight. Where
   * threads are not to be had (`info.threadsNote` says why) the backend runs on one; results are the same.
   */
  readonly threads?: 'auto' | number | undefined;
  /**
   * Which instructions compute. `auto`, the default: `relaxed` where the JavaScript engine has it, else `simd128`.
   * `relaxed` may round a product and its addition once, as the processor does; `simd128` gives the same bits on every
   * machine. A variant that is named is insisted on. `info.simd` says which one runs.
   */
  readonly simd?: 'auto' | Simd | undefined;
  /**
   * A `WebAssembly.Module` of the file `simd128.wasm` or `relaxed.wasm` of this package, where code must not be compiled
   * at run time: Cloudflare's workerd gives it for `import module from '@wtilde/backend-wasm/simd128.wasm'`. It runs on
   * one thread.
   */
  readonly module?: object | undefined;
  /** Environment variables, such as `process.env`: `WTILDE_SIMD` is used where `simd` is left out. Never read by itself. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
}

/**
 * Compiles the kernels and starts the threads; the kernels of the backend are synchronous. `dispose()` ends the
 * threads, which do not keep a process alive either way.
 *
 * Throws InvalidOption, and BackendUnavailable where WebAssembly or the SIMD asked for is missing or forbidden.
 */
export async function createWasmBackend(options: WasmBackendOptions = {}): Promise<WasmBackend> {
  checkOptionsBy(rules, options, 'createWasmBackend');
  const { threads = 'auto', simd = simdFrom(options.env), module } = options;
  return backendOn(await createEngine({ threads, simd, module }));
}

const variants = optionRule.oneOf('auto', 'relaxed', 'simd128');
const rules = {
  threads: {
    expected: "'auto' or a whole number from 1 to 64",
    allows: (value) =>
      value === 'auto' || (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 64),
  },
  simd: variants,
  module: optionRule.object('a WebAssembly.Module'),
  env: optionRule.object('environment variables by name, such as process.env'),
} satisfies Record<keyof WasmBackendOptions, OptionRule>;

/** An empty variable counts as not set. */
function simdFrom(env: WasmBackendOptions['env']): 'auto' | Simd {
  const asked = env?.WTILDE_SIMD || 'auto';
  if (asked === 'auto' || asked === 'relaxed' || asked === 'simd128') return asked;
  throw invalidOption('environment variable WTILDE_SIMD', variants.expected, describeValue(asked));
}
