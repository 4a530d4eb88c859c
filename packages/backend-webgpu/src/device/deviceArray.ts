import { type DType, type Handle, lanes, type NdArray, sizeOf, WtildeError } from '@wtilde/core-types';
import type { Lease } from './bufferPool.js';
import { fromWords } from './words.js';

/** What is known of an array on the device. */
export interface DeviceArrayFacts<D extends DType> {
  readonly dtype: D;
  readonly shape: readonly number[];
  /** Floating point numbers are the elements of the buffer times 2^exponent. */
  readonly exponent: number;
}

/** 32-bit words of an array on the device. */
export function wordsOf({ dtype, shape }: Pick<DeviceArrayFacts<DType>, 'dtype' | 'shape'>): number {
  return sizeOf(shape) * lanes(dtype);
}

/** The device, as its arrays know it. */
export interface ArrayOwner {
  /** The words of an array, once what was submitted before is done. */
  read(array: DeviceArray): Promise<ArrayBuffer>;
  /** Gives memory back that nobody can reach any more. */
  releaseWhenForgotten(array: DeviceArray, lease: Lease): void;
  release(array: DeviceArray, lease: Lease): void;
}

/** An array on the device, and the handle of it that callers see. */
export class DeviceArray<D extends DType = DType> implements Handle<D>, DeviceArrayFacts<D> {
  readonly dtype: D;
  readonly shape: readonly number[];
  readonly backend = 'webgpu';
  readonly exponent: number;
  readonly device: ArrayOwner;
  /** Rejects where there turned out to be no memory for it. */
  readonly ready: Promise<unknown>;
  readonly #lease: Lease;
  #disposed = false;
  #borrowers = 0;

  constructor(device: ArrayOwner, facts: DeviceArrayFacts<D>, lease: Lease, ready: Promise<unknown>) {
    this.device = device;
    this.dtype = facts.dtype;
    this.shape = facts.shape;
    this.exponent = facts.exponent;
    this.ready = ready;
    this.#lease = lease;
    device.releaseWhenForgotten(this, lease);
    // Whoever uses it awaits it; until then a failure is nobody's.
    ready.catch(() => undefined);
  }

  /** The buffer. It stays until `giveBack`, even where the array is disposed of meanwhile. */
  borrow(): Lease {
    if (this.#disposed) {
      throw new WtildeError('Disposed', {
        what: 'the handle has been disposed of',
        where: 'handle of webgpu',
        remedy: 'dispose of handles after their last use',
      });
    }
    this.#borrowers += 1;
    return this.#lease;
  }

  giveBack(): void {
    this.#borrowers -= 1;
    if (this.#disposed && this.#borrowers === 0) this.device.release(this, this.#lease);
  }

  async toHost(): Promise<NdArray<D>> {
    const bytes = await this.device.read(this);
    return { dtype: this.dtype, shape: this.shape, data: fromWords[this.dtype](bytes, this.exponent) };
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    if (this.#borrowers === 0) this.device.release(this, this.#lease);
  }
}
