import {
  allKernels,
  isHandle,
  isRecord,
  type KernelDescriptor,
  type LooseArgs,
  type LooseResult,
} from '@wtilde/core-types';
import { createResolver, generated } from '@wtilde/data';
import { countBytes } from '@wtilde/testkit';
import { describe, expect, it } from 'vitest';
import { createLoopsBackend } from '../src/index.js';
import { looseKernel } from './looseKernels.js';

const backend = createLoopsBackend();

/** Enough for the buffers of a non-uniform FFT, which stop growing at 65536 visibilities, to be at their largest. */
const few = argumentsFor(3e5);
const many = argumentsFor(6e5);

/** The arguments of every kernel for a tiny image and many visibilities. */
function argumentsFor(K: number): (kernel: KernelDescriptor) => LooseArgs {
  const fields = generated({ N: 4, K, S: 6, B: 2, P: 3 });
  const resolver = createResolver(fields, (name, args) => looseKernel(backend, name)(args));
  return (kernel) => resolver.argumentsOf(kernel);
}

/** Bytes of the arrays in a result. */
function bytesOf(result: LooseResult): number {
  if (typeof result === 'number') return 0;
  if (!isRecord(result)) return isHandle(result) ? 0 : result.data.byteLength;
  return Object.values(result).reduce<number>((sum, leaf) => sum + bytesOf(leaf), 0);
}

describe('the count of bytes', () => {
  it('sees arrays however they are made, and no views', () => {
    const values = new Float64Array(10);
    const made = (call: () => unknown) => countBytes(call).bytes;
    expect(made(() => new Float64Array(3))).toBe(24);
    expect(made(() => new Int32Array([1, 2]))).toBe(8);
    expect(made(() => new ArrayBuffer(5))).toBe(5);
    expect(made(() => Float64Array.from({ length: 4 }, () => 1))).toBe(32);
    expect(made(() => values.slice(2).map((x) => x))).toBe(128);
    expect(made(() => values.filter((_, i) => i < 2))).toBe(16);
    expect(made(() => values.subarray(3))).toBe(0);
    expect(made(() => new Uint8Array(values.buffer))).toBe(0);
    expect(values.constructor).toBe(Float64Array);
  });
});

describe('working memory does not grow with the number of visibilities', () => {
  for (const descriptor of allKernels()) {
    const kernel = looseKernel(backend, descriptor.name);
    if (!('K' in kernel.sizesOf(few(descriptor)))) continue;
    for (const method of Object.keys(kernel.methods)) {
      it(`of ${descriptor.name} by ${method}`, () => {
        const [less, more] = [few, many].map((argumentsOf) => {
          const args = argumentsOf(descriptor);
          const { result, bytes } = countBytes(() => kernel(args, { method }));
          return bytes - bytesOf(result);
        });
        expect(more).toBe(less);
      });
    }
  }
});
