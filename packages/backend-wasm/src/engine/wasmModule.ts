import { functions } from '../generated/functions.js';
import { relaxed } from '../generated/relaxed.js';
import { simd128 } from '../generated/simd128.js';
import { invalidOption, unavailable } from '../mistakes.js';

/** `relaxed`: a product and its addition may be one rounded operation, as the machine has it. */
export type Simd = 'relaxed' | 'simd128';

/** The functions of the compiled module. */
export type WasmFunction = (typeof functions)[number];
type Callable = (...args: readonly number[]) => number;
export type WasmFunctions = Readonly<Record<WasmFunction, Callable>>;

export interface CompiledModule {
  readonly simd: Simd;
  readonly module: WebAssembly.Module;
}

const variants = { relaxed, simd128 };

/**
 * Compiles the variant asked for, or with `auto` the best that this engine runs. Throws BackendUnavailable where there
 * is no WebAssembly, where it lacks the instructions, and where a content policy forbids to compile.
 */
export async function compileModule(shared: boolean, wanted: Simd | 'auto'): Promise<CompiledModule> {
  if (typeof WebAssembly === 'undefined') {
    throw unavailable(
      'there is no WebAssembly here',
      'use the backend loops, or drop the setting that switches it off',
    );
  }
  for (const simd of wanted === 'auto' ? (['relaxed', 'simd128'] as const) : [wanted]) {
    const bytes = bytesOf(simd, shared);
    if (WebAssembly.validate(bytes)) return { simd, module: await compile(bytes) };
  }
  const lacking = wanted === 'relaxed' ? "relaxed SIMD, which the option simd: 'relaxed' insists on" : 'SIMD';
  throw unavailable(`this JavaScript engine has no WebAssembly ${lacking}`);
}

async function compile(bytes: Uint8Array<ArrayBuffer>): Promise<WebAssembly.Module> {
  try {
    return await WebAssembly.compile(bytes);
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : String(cause);
    throw unavailable(
      `WebAssembly may not be compiled here: ${said}`,
      "allow 'wasm-unsafe-eval' in the content security policy, pass the option module where the platform compiles " +
        'ahead, or use the backend loops',
      cause,
    );
  }
}

/**
 * What a module compiled elsewhere holds. Throws InvalidOption for one that is not of this version of this package, or
 * not of the variant asked for.
 */
export function givenModule(module: object, wanted: Simd | 'auto'): CompiledModule {
  const refuse = (actual: string) =>
    invalidOption(
      'createWasmBackend option module',
      'a WebAssembly.Module of the file simd128.wasm or relaxed.wasm of this version of @wtilde/backend-wasm',
      actual,
    );
  if (!isModule(module)) throw refuse('something else');
  const [section] = WebAssembly.Module.customSections(module, 'wtilde');
  if (section === undefined) throw refuse('a module of something else');
  const found = String.fromCharCode(...new Uint8Array(section));
  for (const simd of ['relaxed', 'simd128'] as const) {
    if (found !== `${simd} ${variants[simd].digest}`) continue;
    if (wanted === 'auto' || wanted === simd) return { simd, module };
    throw invalidOption(
      'createWasmBackend option module',
      `the file ${wanted}.wasm, since simd is '${wanted}'`,
      `${simd}.wasm`,
    );
  }
  throw refuse(`that of another version (${found})`);
}

function isModule(value: object): value is WebAssembly.Module {
  return typeof WebAssembly !== 'undefined' && value instanceof WebAssembly.Module;
}

/** The variants are compiled for a shared memory; without threads that flag is cleared. */
function bytesOf(simd: Simd, shared: boolean): Uint8Array<ArrayBuffer> {
  const { base64, memoryFlag } = variants[simd];
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
