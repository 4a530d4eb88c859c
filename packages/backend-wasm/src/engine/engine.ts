import { functions as names } from '../generated/functions.js';
import { unavailable } from '../mistakes.js';
import { Arena } from './arena.js';
import { Heap } from './heap.js';
import { createMemory, type LimitedMemory } from './memory.js';
import { findPlatform, type Platform, type WorkerHandle } from './platform.js';
import { Pool } from './pool.js';
import {
  compileModule,
  givenModule,
  instantiate,
  type Simd,
  type WasmFunction,
  type WasmFunctions,
} from './wasmModule.js';

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
  /** `auto`: relaxed where the platform has it. */
  readonly simd: Simd | 'auto';
  /** Compiled elsewhere, for one thread; `simd` is what it holds. */
  readonly module?: object | undefined;
  /** Operations from which on a job is shared between the threads. */
  readonly leastSharedWork?: number;
}

/** Compiles, makes the memory, starts the workers; runs on one thread, and says why, where they do not start. */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  const { threads, module } = options;
  const platform = module === undefined && threads !== 1 ? findPlatform() : 'the option module is for one thread';
  if (typeof platform === 'string') return await onOneThread(options, threads === 1 ? undefined : platform);
  const wanted = threads === 'auto' ? autoThreads(platform) : threads;
  if (wanted === 1) return await onOneThread(options, undefined);
  const engine = await onThreads(wanted, platform, options);
  return typeof engine === 'string' ? await onOneThread(options, engine) : engine;
}

async function onOneThread(options: EngineOptions, threadsNote: string | undefined): Promise<Engine> {
  const { simd, module } =
    options.module === undefined ? await compileModule(false, options.simd) : givenModule(options.module, options.simd);
  const limited = createMemory(false);
  if (limited === undefined) throw unavailable('no memory for WebAssembly');
  const leastWork = options.leastSharedWork ?? leastSharedWork;
  return new Engine({ ...limited, simd, module, leastSharedWork: leastWork, workers: [], threadsNote });
}

/** The engine, or why there are no threads. */
async function onThreads(wanted: number, platform: Platform, options: EngineOptions): Promise<Engine | string> {
  const { simd, module } = await compileModule(true, options.simd);
  const limited = createMemory(true);
  if (limited === undefined) return 'no shared memory for WebAssembly';
  const { memory } = limited;
  const workers: WorkerHandle[] = [];
  try {
    for (let thread = 1; thread < wanted; thread++) {
      workers.push(platform.start({ module, memory, thread, functions: names }));
    }
    await Promise.all(workers.map(({ ready }) => ready));
  } catch (cause) {
    for (const { ready, end } of workers) {
      ready.catch(() => {});
      end();
    }
    return `a worker did not start: ${cause instanceof Error ? cause.message : String(cause)}`;
  }
  const leastWork = options.leastSharedWork ?? leastSharedWork;
  return new Engine({ ...limited, simd, module, leastSharedWork: leastWork, workers, threadsNote: undefined });
}

/** As many threads as cores, but not more than the memory bandwidth of a desktop feeds. */
function autoThreads({ cores }: Platform): number {
  return Math.max(1, Math.min(cores, 8));
}
