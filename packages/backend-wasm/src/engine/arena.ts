import type { Heap } from './heap.js';

/** Blocks that are given back together: those of one call, or those of what a bound kernel has prepared. */
export class Arena {
  readonly #heap: Heap;
  readonly #pointers: number[] = [];

  constructor(heap: Heap) {
    this.#heap = heap;
  }

  /** Room for float64 numbers; what stands there is anything. */
  f64(length: number): number {
    return this.#allocate(8 * length);
  }

  /** Room for int32 numbers; what stands there is anything. */
  i32(length: number): number {
    return this.#allocate(4 * length);
  }

  zeros(length: number): number {
    const pointer = this.f64(length);
    this.#heap.f64(pointer, length).fill(0);
    return pointer;
  }

  putF64(data: Float64Array): number {
    const pointer = this.f64(data.length);
    this.#heap.f64(pointer, data.length).set(data);
    return pointer;
  }

  putI32(data: Int32Array): number {
    const pointer = this.i32(data.length);
    this.#heap.i32(pointer, data.length).set(data);
    return pointer;
  }

  /** Numbers written where they are to stand: `write` gets a view of them, good until the next allocation. */
  written(length: number, write: (view: Int32Array) => void): number {
    const pointer = this.i32(length);
    write(this.#heap.i32(pointer, length));
    return pointer;
  }

  release(): void {
    for (const pointer of this.#pointers.reverse()) this.#heap.free(pointer);
    this.#pointers.length = 0;
  }

  #allocate(bytes: number): number {
    const pointer = this.#heap.allocate(bytes);
    this.#pointers.push(pointer);
    return pointer;
  }
}
