import { deviceFailure, outOfMemory } from './failures.js';
import { type Usage, usage } from './usage.js';

/** A buffer for as long as it is not released. Its contents are what the last user left. */
export interface Lease {
  readonly buffer: GPUBuffer;
  /** Of the buffer; at least what was asked for. */
  readonly bytes: number;
  readonly usage: Usage;
}

/** The least size of a buffer. */
const least = 256;

/** Buffers by size and use, lent again after their release, within a budget. */
export class BufferPool {
  readonly budget: number;
  readonly #gpu: GPUDevice;
  readonly #idle = new Map<string, Lease[]>();
  #idleBytes = 0;
  #lentBytes = 0;

  constructor(gpu: GPUDevice, budget: number) {
    this.#gpu = gpu;
    this.budget = budget;
  }

  /** Bytes of the buffers that are lent. */
  get lentBytes(): number {
    return this.#lentBytes;
  }

  /** Bytes on the device, lent or waiting to be lent again. */
  get heldBytes(): number {
    return this.#lentBytes + this.#idleBytes;
  }

  /**
   * @param checks takes a promise that rejects where the device turns out to have no memory for it
   * @throws MethodRefused where budget or limits are exceeded
   */
  take(kind: Usage, asked: number, label: string, checks: Promise<unknown>[]): Lease {
    const most = this.#gpu.limits.maxBufferSize;
    // A class beyond the limit must not refuse what is below it.
    const bytes = Math.max(Math.min(sizeClass(asked), most - (most % 4)), asked);
    const waiting = this.#idle.get(`${kind} ${bytes}`)?.pop();
    if (waiting !== undefined) {
      this.#idleBytes -= bytes;
      this.#lentBytes += bytes;
      waiting.buffer.label = label;
      return waiting;
    }
    if (bytes > most) throw outOfMemory(label, bytes, `at most ${most} bytes in a buffer, the limit of the device`);
    if (this.heldBytes + bytes > this.budget) this.trim();
    if (this.heldBytes + bytes > this.budget) {
      const { budget } = this;
      throw outOfMemory(label, bytes, `at most ${budget} bytes, the budget, of which ${this.#lentBytes} are in use`);
    }
    this.#gpu.pushErrorScope('validation');
    this.#gpu.pushErrorScope('out-of-memory');
    const buffer = this.#gpu.createBuffer({ label, size: bytes, usage: usage[kind] });
    const [memory, validity] = [this.#gpu.popErrorScope(), this.#gpu.popErrorScope()];
    checks.push(
      memory.then((error) => {
        if (error !== null) throw outOfMemory(label, bytes, `less: ${error.message}`);
      }),
      validity.then((error) => {
        if (error !== null) throw deviceFailure(label, error.message);
      }),
    );
    this.#lentBytes += bytes;
    return { buffer, bytes, usage: kind };
  }

  /** Takes a buffer back. Work that was submitted with it is done before anybody else's writes to it. */
  release(lease: Lease): void {
    this.#lentBytes -= lease.bytes;
    // An idle hoard would only take memory away from others.
    if (this.#idleBytes + lease.bytes > this.budget / 4) {
      lease.buffer.destroy();
      return;
    }
    const key = `${lease.usage} ${lease.bytes}`;
    const waiting = this.#idle.get(key);
    if (waiting === undefined) this.#idle.set(key, [lease]);
    else waiting.push(lease);
    this.#idleBytes += lease.bytes;
  }

  /** Destroys a buffer that cannot be lent again, such as one that is mapped for good. */
  discard(lease: Lease): void {
    this.#lentBytes -= lease.bytes;
    lease.buffer.destroy();
  }

  /** Destroys what waits to be lent again. */
  trim(): void {
    for (const leases of this.#idle.values()) for (const { buffer } of leases) buffer.destroy();
    this.#idle.clear();
    this.#idleBytes = 0;
  }
}

/** Sizes in steps of an eighth of a power of two: few enough to meet again, and an eighth wasted at most. */
function sizeClass(bytes: number): number {
  const size = Math.max(bytes, least);
  const step = Math.max(2 ** (Math.floor(Math.log2(size)) - 3), 16);
  return Math.ceil(size / step) * step;
}
