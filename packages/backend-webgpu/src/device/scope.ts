import { type DType, type Handle, isHandle, type NdArray, type Options, WtildeError } from '@wtilde/core-types';
import type { BufferPool, Lease } from './bufferPool.js';
import { type ArrayOwner, DeviceArray, type DeviceArrayFacts } from './deviceArray.js';
import { deviceFailure } from './failures.js';
import type { PassTimer } from './passTimes.js';
import type { PipelineCache } from './pipelineCache.js';
import type { Step } from './program.js';
import type { Submissions } from './submissions.js';
import { mapModeRead } from './usage.js';
import type { Words } from './words.js';

/** What a scope needs of its device. */
interface ScopeDevice extends ArrayOwner {
  readonly gpu: GPUDevice;
  readonly pool: BufferPool;
  readonly pipelines: PipelineCache;
  readonly submissions: Submissions;
  readonly timer: PassTimer | undefined;
  array<D extends DType>(label: string, facts: DeviceArrayFacts<D>): DeviceArray<D>;
  upload<D extends DType>(label: string, array: NdArray<D>): DeviceArray<D>;
}

/** The device memory of one call, or of a part of it: released when that is over. */
export class Scope {
  readonly device: ScopeDevice;
  readonly #where: string;
  readonly #leases: Lease[] = [];
  readonly #borrowed: DeviceArray[] = [];
  /** Arrays of this scope, and whether the caller gets them. */
  readonly #arrays = new Set<DeviceArray>();
  readonly #handedOut = new Set<DeviceArray>();
  readonly #checks: Promise<unknown>[] = [];

  constructor(device: ScopeDevice, where: string) {
    this.device = device;
    this.#where = where;
  }

  /** Scratch memory of 32-bit words. Its contents are whatever was there. */
  scratch(label: string, words: number): Lease {
    const lease = this.device.pool.take('device', 4 * words, this.#label(label), this.#checks);
    this.#leases.push(lease);
    return lease;
  }

  /** Words in scratch memory. */
  put(label: string, data: Words['data']): Lease {
    const lease = this.scratch(label, data.length);
    this.device.gpu.queue.writeBuffer(lease.buffer, 0, data);
    return lease;
  }

  /** An argument as an array on the device: uploaded for the time of the scope, or where it is already. */
  argument<D extends DType>(label: string, array: NdArray<D> | Handle<D>): DeviceArray<D> {
    if (isHandle(array)) return this.#ours(label, array);
    const copy = this.device.upload(this.#label(label), array);
    this.#arrays.add(copy);
    return copy;
  }

  /** The buffer of an array, which stays as long as the scope. */
  borrow(array: DeviceArray): Lease {
    const lease = array.borrow();
    this.#borrowed.push(array);
    this.#checks.push(array.ready);
    return lease;
  }

  /** An array for a result. Its contents are whatever was there. */
  result<D extends DType>(dtype: D, shape: readonly number[], exponent = 0): DeviceArray<D> {
    const array = this.device.array(this.#label('result'), { dtype, shape, exponent });
    this.#arrays.add(array);
    return array;
  }

  /** What the caller gets of a result: itself with `keep: 'device'`, otherwise a copy on the host. */
  async finish<D extends DType>(result: DeviceArray<D>, { keep }: Options): Promise<NdArray<D> | Handle<D>> {
    if (keep !== 'device') return await result.toHost();
    this.#handedOut.add(result);
    return result;
  }

  /** {@link finish} of a result that the host has: float64 sums of what the device has summed in parts. */
  finishOnHost<D extends DType>(result: NdArray<D>, { keep }: Options): NdArray<D> | Handle<D> {
    if (keep !== 'device') return result;
    const copy = this.argument('result', result);
    if (isHandle(copy)) this.#handedOut.add(copy);
    return copy;
  }

  /** Runs programs one after the other, in one submission with what other calls do; rejects where the device objects. */
  async submit(label: string, all: readonly Step[]): Promise<void> {
    const { gpu, pipelines, submissions, timer } = this.device;
    // Nothing to do is nothing wrong, though drivers warn of it.
    const steps = all.filter(({ groups }) => !groups.includes(0));
    if (steps.length === 0) return;
    const ready = await Promise.all(steps.map(({ program }) => pipelines.get(program)));
    const params = steps.map(({ program, params: words }) => {
      // Uniform structs come in multiples of 16 bytes.
      const padded = new Uint32Array(4 * Math.ceil(words.length / 4));
      padded.set(words);
      return this.put(`${program.label} params`, padded);
    });
    gpu.pushErrorScope('internal');
    gpu.pushErrorScope('out-of-memory');
    gpu.pushErrorScope('validation');
    const encoder = gpu.createCommandEncoder({ label: this.#label(label) });
    const stamps = timer?.stamps(steps.map(({ program }) => program.label));
    for (const [at, { program, buffers, groups }] of steps.entries()) {
      const timestampWrites = stamps?.of(at);
      const pass = encoder.beginComputePass({ label: program.label, ...(timestampWrites && { timestampWrites }) });
      const entries = [params[at], ...buffers].map(({ buffer }, binding) => ({ binding, resource: { buffer } }));
      pass.setPipeline(ready[at]);
      const layout = ready[at].getBindGroupLayout(0);
      pass.setBindGroup(0, gpu.createBindGroup({ label: program.label, layout, entries }));
      pass.dispatchWorkgroups(...groups);
      pass.end();
    }
    stamps?.resolve(encoder);
    const commands = encoder.finish({ label: this.#label(label) });
    this.#checks.push(...[0, 1, 2].map(() => this.#noError(gpu.popErrorScope(), label)));
    const { fault } = await submissions.add(commands);
    this.#checks.push(this.#noError(fault, label));
    if (stamps !== undefined) this.#checks.push(stamps.tell());
    await this.settled();
  }

  /** The first words of a buffer, once the work submitted before is done. */
  async read(lease: Lease, words: number): Promise<ArrayBuffer> {
    if (words === 0) return new ArrayBuffer(0);
    const { gpu, pool, submissions } = this.device;
    const staging = pool.take('readback', 4 * words, this.#label('readback'), this.#checks);
    try {
      const encoder = gpu.createCommandEncoder({ label: this.#label('readback') });
      encoder.copyBufferToBuffer(lease.buffer, 0, staging.buffer, 0, 4 * words);
      const { fault } = await submissions.add(encoder.finish());
      this.#checks.push(this.#noError(fault, 'readback'));
      await staging.buffer.mapAsync(mapModeRead, 0, 4 * words);
      const bytes = staging.buffer.getMappedRange(0, 4 * words).slice(0);
      staging.buffer.unmap();
      pool.release(staging);
      return bytes;
    } catch (error) {
      pool.discard(staging);
      throw error;
    }
  }

  /** Rejects where anything was wrong so far. */
  async settled(): Promise<void> {
    await Promise.all(this.#checks.splice(0));
  }

  /** Gives everything back but what was handed out. */
  release(): void {
    for (const array of this.#borrowed.splice(0)) array.giveBack();
    for (const array of this.#arrays) if (!this.#handedOut.has(array)) array.dispose();
    for (const lease of this.#leases.splice(0)) this.device.pool.release(lease);
  }

  /** Gives everything back, after a failure. */
  releaseAll(): void {
    this.#handedOut.clear();
    this.release();
    for (const check of this.#checks) check.catch(() => undefined);
  }

  #ours<D extends DType>(label: string, handle: Handle<D>): DeviceArray<D> {
    if (handle instanceof DeviceArray && handle.device === this.device) return handle;
    throw new WtildeError('ForeignHandle', {
      what: 'the array lives on another backend',
      where: this.#label(label),
      expected: 'a host array or a handle of this backend',
      actual: 'a handle of another device',
      remedy: 'pass await handle.toHost()',
    });
  }

  async #noError(scope: Promise<GPUError | null>, label: string): Promise<void> {
    const error = await scope;
    if (error !== null) throw deviceFailure(this.#label(label), error.message);
  }

  #label(label: string): string {
    return `${this.#where}(${label})`;
  }
}
