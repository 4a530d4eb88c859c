import { WtildeError } from '@wtilde/core-types';
import { Allocator } from './allocator.js';
import type { LimitedMemory } from './memory.js';
import { argumentsAt } from './worker.js';

const PAGE = 65536;
/** What is left free behind a block: vectors may read, but never use, a few numbers beyond its end. */
const SPARE = 128;
/** The control block of the threads stands at the start. */
const FIRST = argumentsAt + 8 * 32;

/** The one memory that kernels, arguments and results live in. */
export class Heap {
  readonly #memory: WebAssembly.Memory;
  readonly #mostBytes: number;
  readonly #allocator: Allocator;

  constructor({ memory, mostPages }: LimitedMemory) {
    this.#memory = memory;
    this.#mostBytes = mostPages * PAGE;
    this.#allocator = new Allocator(FIRST, (end) => this.#reach(end));
  }

  /** Bytes handed out. */
  get used(): number {
    return this.#allocator.used;
  }

  /** Bytes of the memory as it is now; it never shrinks. */
  get size(): number {
    return this.#memory.buffer.byteLength;
  }

  allocate(bytes: number): number {
    return this.#allocator.allocate(bytes + SPARE);
  }

  free(pointer: number): void {
    this.#allocator.free(pointer);
  }

  /** A view, good until the next allocation. */
  f64(pointer: number, length: number): Float64Array {
    return new Float64Array(this.#memory.buffer, pointer, length);
  }

  /** A view, good until the next allocation. */
  i32(pointer: number, length: number): Int32Array {
    return new Int32Array(this.#memory.buffer, pointer, length);
  }

  /** A copy outside the memory. */
  copyF64(pointer: number, length: number): Float64Array {
    // The constructor does not clear what it is about to overwrite.
    return new Float64Array(this.f64(pointer, length));
  }

  #reach(end: number): void {
    const missing = Math.ceil((end - this.#memory.buffer.byteLength) / PAGE);
    if (missing <= 0) return;
    if (end > this.#mostBytes) throw this.#full(end);
    const pages = this.#memory.buffer.byteLength / PAGE;
    // At least a quarter more than before, so that small steps do not add up.
    const wanted = Math.min(Math.max(missing, pages >> 2), this.#mostBytes / PAGE - pages);
    try {
      this.#memory.grow(wanted);
    } catch {
      try {
        this.#memory.grow(missing);
      } catch (cause) {
        throw this.#full(end, cause);
      }
    }
  }

  #full(end: number, cause?: unknown): WtildeError {
    return new WtildeError('MethodRefused', {
      what: 'the arguments and the work space do not fit into the memory of WebAssembly',
      where: 'backend wasm',
      expected: `at most ${this.#mostBytes} bytes`,
      actual: `${end}`,
      remedy: 'dispose of bound kernels, use a kernel that does not expand W, or another backend',
      cause,
    });
  }
}
