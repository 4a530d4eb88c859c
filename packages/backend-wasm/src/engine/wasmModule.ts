import { functions } from '../generated/functions.js';
import { relaxed } from '../generated/relaxed.js';
import { simd128 } from '../generated/simd128.js';

/** `relaxed`: a product and its addition are one rounded operation. */
export type Simd = 'relaxed' | 'simd128';

/** The functions of the compiled module. */
export type WasmFunction = (typeof functions)[number];
type Callable = (...args: readonly number[]) => number;
export type WasmFunctions = Readonly<Record<WasmFunction, Callable>>;

export interface CompiledModule {
  readonly simd: Simd;
  readonly module: WebAssembly.Module;
}

/** Compiles the best variant that this engine runs; undefined where it has no SIMD at all. */
export async function compileModule(shared: boolean, most: Simd): Promise<CompiledModule | undefined> {
  const variants = most === 'relaxed' ? (['relaxed', 'simd128'] as const) : (['simd128'] as const);
  for (const simd of variants) {
    const bytes = bytesOf(simd, shared);
    if (WebAssembly.validate(bytes)) return { simd, module: await WebAssembly.compile(bytes) };
  }
  return undefined;
}

/** The variants are compiled for a shared memory; without threads that flag is cleared. */
function bytesOf(simd: Simd, shared: boolean): Uint8Array<ArrayBuffer> {
  const { base64, memoryFlag } = { relaxed, simd128 }[simd];
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  if (!shared) bytes[memoryFlag] = 1;
  return bytes;
}

export function instantiate(module: WebAssembly.Module, memory: WebAssembly.Memory): WasmFunctions {
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  if (!hasAll(exports)) throw new TypeError('the WebAssembly module lacks functions');
  return exports;
}

function hasAll(exports: object): exports is WasmFunctions {
  return functions.every((name) => name in exports);
}
