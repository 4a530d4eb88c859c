import { type DType, isWtildeError, type NdArray, type WtildeError } from '@wtilde/core-types';
import { BufferPool, type Lease } from './bufferPool.js';
import { type ArrayOwner, DeviceArray, type DeviceArrayFacts, wordsOf } from './deviceArray.js';
import { backendDisposed, deviceFailure, deviceLost, messageOf } from './failures.js';
import { type PassTime, PassTimer } from './passTimes.js';
import { PipelineCache } from './pipelineCache.js';
import { Scope } from './scope.js';
import { Submissions } from './submissions.js';
import { toWords } from './words.js';

export interface DeviceParts {
  readonly gpu: GPUDevice;
  /** What the device came from: Dawn in Node crashes where this is collected before the device. */
  readonly root?: GPU | undefined;
  /** True where `dispose` may destroy the device. */
  readonly owned: boolean;
  /** Bytes of device memory that buffers may take. */
  readonly memoryBudget: number;
  readonly onLost?: ((error: WtildeError) => void) | undefined;
  /** Told of every pass, where the device has timestamp queries. */
  readonly onPass?: ((pass: PassTime) => void) | undefined;
}

/** A GPU device with its buffers and pipelines: what kernels run on. */
export class Device implements ArrayOwner {
  readonly gpu: GPUDevice;
  readonly root: GPU | undefined;
  readonly pool: BufferPool;
  readonly pipelines: PipelineCache;
  readonly submissions: Submissions;
  readonly timer: PassTimer | undefined;
  readonly #owned: boolean;
  /** The safety net below `dispose` of handles and bound kernels. */
  readonly #forgotten = new FinalizationRegistry<Lease>((lease) => this.pool.release(lease));
  #disposed = false;
  #lost: GPUDeviceLostInfo | undefined;

  constructor({ gpu, root, owned, memoryBudget, onLost, onPass }: DeviceParts) {
    this.gpu = gpu;
    this.root = root;
    this.#owned = owned;
    this.pool = new BufferPool(gpu, memoryBudget);
    this.pipelines = new PipelineCache(gpu);
    this.submissions = new Submissions(gpu);
    this.timer = onPass && gpu.features.has('timestamp-query') ? new PassTimer(gpu, onPass) : undefined;
    gpu.lost.then((info) => {
      this.#lost = info;
      if (!this.#disposed) onLost?.(deviceLost('backend webgpu', info));
    });
  }

  /** Why no kernel can run any more, if so. */
  get unusable(): string | undefined {
    return this.#lost && `the GPU device was lost (${this.#lost.reason}): create a new backend`;
  }

  /**
   * Runs work with memory of its own, all of which is released at the end. Whatever goes wrong on the device becomes a
   * typed error: DeviceLost, DeviceFailure or MethodRefused.
   */
  async scoped<T>(where: string, body: (scope: Scope) => Promise<T>): Promise<T> {
    const scope = new Scope(this, where);
    try {
      const result = await body(scope);
      await scope.settled();
      scope.release();
      return result;
    } catch (error) {
      scope.releaseAll();
      throw await this.#explain(error, where);
    }
  }

  /** An array in memory that stays until it is disposed of. Its contents are whatever was there. */
  array<D extends DType>(label: string, facts: DeviceArrayFacts<D>): DeviceArray<D> {
    const checks: Promise<unknown>[] = [];
    const lease = this.pool.take('device', 4 * wordsOf(facts), label, checks);
    return new DeviceArray(this, facts, lease, Promise.all(checks));
  }

  /** A copy of a host array on the device, until it is disposed of. */
  upload<D extends DType>(label: string, array: NdArray<D>): DeviceArray<D> {
    const { data, exponent } = toWords(array);
    const copy = this.array(label, { dtype: array.dtype, shape: array.shape, exponent });
    this.gpu.queue.writeBuffer(copy.borrow().buffer, 0, data);
    copy.giveBack();
    return copy;
  }

  async read(array: DeviceArray): Promise<ArrayBuffer> {
    return await this.scoped('handle of webgpu', (scope) => scope.read(scope.borrow(array), wordsOf(array)));
  }

  releaseWhenForgotten(array: DeviceArray, lease: Lease): void {
    this.#forgotten.register(array, lease, array);
  }

  release(array: DeviceArray, lease: Lease): void {
    this.#forgotten.unregister(array);
    this.pool.release(lease);
  }

  dispose(): void {
    this.#disposed = true;
    this.pool.trim();
    if (this.#owned) this.gpu.destroy();
  }

  async #explain(error: unknown, where: string): Promise<unknown> {
    if (isWtildeError(error) && error.code !== 'DeviceFailure') return error;
    // The loss of a device fails what is pending before it is announced.
    const idle = this.gpu.queue.onSubmittedWorkDone().catch(() => undefined);
    await Promise.race([this.gpu.lost, idle]);
    if (this.#disposed) return backendDisposed(where, error);
    if (this.#lost !== undefined) return deviceLost(where, this.#lost);
    return isWtildeError(error) ? error : deviceFailure(where, messageOf(error), error);
  }
}
