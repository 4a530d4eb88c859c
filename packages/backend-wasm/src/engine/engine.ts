import { WtildeError } from '@wtilde/core-types';
import { functions as names } from '../generated/functions.js';
import { Arena } from './arena.js';
import { Heap } from './heap.js';
import { createMemory, type LimitedMemory } from './memory.js';
import { findPlatform, type Platform, type WorkerHandle } from './platform.js';
import { Pool } from './pool.js';
import { compileModule, instantiate, type Simd, type WasmFunction, type WasmFunctions } from './wasmModule.js';

/** A job with less work than this, in operations, is done before a worker has woken up. */
const leastSharedWork = 4e5;

/** The compiled module with its memory and its threads: what kernels run on. */
export class Engine {
  readonly simd: Simd;
  /** Threads that share the work, this one included. */
  readonly threads: number;
  /** Why there are fewer threads than asked for. */
  readonly threadsNote: string | undefined;
  readonly heap: Heap;
  readonly #functions: WasmFunctions;
  readonly #leastSharedWork: number;
  readonly #pool: Pool | undefined;

  constructor(parts: EngineParts) {
    this.simd = parts.simd;
    this.threads = 1 + parts.workers.length;
    this.threadsNote = parts.threadsNote;
    this.heap = new Heap(parts);
    this.#leastSharedWork = parts.leastSharedWork;
    this.#functions = instantiate(parts.module, parts.memory);
    this.#pool = parts.workers.length > 0 ? new Pool(parts.memory, parts.workers) : undefined;
  }

  /** Calls a function on this thread. */
  call(name: WasmFunction, ...args: readonly number[]): number {
    return this.#functions[name](...args);
  }

  /**
   * Calls a function (item, thread, ...args) for every item, on all threads where that is worth it. Every item must
   * write results of its own: then they are the same for any number of threads.
   *
   * @param work operations in all, roughly
   */
  each(name: WasmFunction, items: number, work: number, ...args: readonly number[]): void {
    const entry = this.#functions[name];
    if (this.#pool === undefined || items < 2 || work < this.#leastSharedWork) {
      for (let item = 0; item < items; item++) entry(item, 0, ...args);
    } else {
      this.#pool.run(names.indexOf(name), items, args, (item) => entry(item, 0, ...args));
    }
  }

  /** Memory for as long as `use` runs. */
  scoped<T>(use: (arena: Arena) => T): T {
    const arena = this.arena();
    try {
      return use(arena);
    } finally {
      arena.release();
    }
  }

  /** Memory that whoever asks for it must release. */
  arena(): Arena {
    return new Arena(this.heap);
  }

  dispose(): void {
    this.#pool?.dispose();
  }
}

interface EngineParts extends LimitedMemory {
  readonly simd: Simd;
  readonly module: WebAssembly.Module;
  readonly leastSharedWork: number;
  readonly workers: readonly WorkerHandle[];
  readonly threadsNote: string | undefined;
}

/** What a caller may ask of an engine. */
export interface EngineOptions {
  readonly threads: 'auto' | number;
  /** `simd128` leaves relaxed SIMD alone. */
  readonly simd: Simd;
  /** Operations from which on a job is shared between the threads. */
  readonly leastSharedWork?: number;
}

/** Compiles, makes the memory, starts the workers. */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  const { threads, simd: most } = options;
  const platform = threads === 1 ? 'one thread was asked for' : findPlatform();
  const wanted = typeof platform === 'string' ? 1 : threads === 'auto' ? autoThreads(platform) : threads;
  const compiled = await compileModule(wanted > 1, most);
  if (compiled === undefined) throw unavailable('this JavaScript engine has no WebAssembly SIMD');
  const limited = createMemory(wanted > 1);
  if (limited === undefined) throw unavailable('no memory for WebAssembly');
  const { memory } = limited;
  const { simd, module } = compiled;
  const parts = { ...limited, simd, module, leastSharedWork: options.leastSharedWork ?? leastSharedWork };
  if (typeof platform === 'string' || wanted === 1) {
    const threadsNote = typeof platform === 'string' && threads !== 1 ? platform : undefined;
    return new Engine({ ...parts, workers: [], threadsNote });
  }
  const workers = Array.from({ length: wanted - 1 }, (_, i) =>
    platform.start({ module, memory, thread: i + 1, functions: names }),
  );
  try {
    await Promise.all(workers.map(({ ready }) => ready));
    return new Engine({ ...parts, workers, threadsNote: undefined });
  } catch (cause) {
    for (const worker of workers) worker.end();
    const threadsNote = `a worker did not start: ${cause instanceof Error ? cause.message : String(cause)}`;
    return new Engine({ ...parts, workers: [], threadsNote });
  }
}

/** As many threads as cores, but not more than the memory bandwidth of a desktop feeds. */
function autoThreads({ cores }: Platform): number {
  return Math.max(1, Math.min(cores, 8));
}

function unavailable(what: string): WtildeError {
  return new WtildeError('BackendUnavailable', {
    what,
    where: 'backend wasm',
    remedy: 'use a newer browser or Node 20 or later, or the backend loops',
  });
}
