import { createReferenceBackend } from '@wtilde/backend-reference';
import { index, type NdArray, real } from '@wtilde/core-types';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backendOn, type WebgpuBackend } from '../src/backend.js';
import { Device } from '../src/device/device.js';
import { deviceFacts } from '../src/device/openDevice.js';
import { onDevice, smallDevice } from './onDevice.js';

const reference = createReferenceBackend();
/** The least binding that a device may be asked for here: every array below is larger. */
const bytes = 2 ** 16;
const [M, S, B] = [700, 90, 3];
const wave = (length: number, pitch: number) => Float64Array.from({ length }, (_, i) => Math.sin(pitch * i) + 0.2);

function within(found: NdArray<'real'>, expected: NdArray<'real'>): number {
  const difference = Math.hypot(...found.data.map((value, i) => value - expected.data[i]));
  return difference / Math.hypot(...expected.data);
}

await onDevice(() => {
  let webgpu: WebgpuBackend;
  let largest: () => number;
  beforeAll(async () => {
    const { opened, largestBuffer } = await smallDevice(bytes);
    largest = largestBuffer;
    webgpu = backendOn(new Device({ ...opened, memoryBudget: 2 ** 24 }), deviceFacts(opened, 2 ** 24));
  });
  afterAll(() => {
    webgpu.dispose?.();
    // No test passes because somebody looked past the limit.
    expect(largest()).toBeLessThanOrEqual(bytes);
  });

  const mapping = {
    pixIndexesForSubSlimIndex: index(
      Int32Array.from({ length: M * B }, (_, at) => (7 * at) % S),
      [M, B],
    ),
    pixWeightsForSubSlimIndex: real(wave(M * B, 0.3), [M, B]),
    pixels: S,
  };
  const X = real(wave(M * 130, 0.01), [M, 130]);
  const T = real(wave(M * S, 0.02), [M, S]);
  const dirtyImage = real(wave(M, 0.1));

  describe(`on a device whose bindings are at most ${bytes} bytes`, () => {
    it('T^t X is made by columns', async () => {
      const parts: number[] = [];
      const found = await webgpu.kernels.sparseMappingMatrixTransposeMatmul(
        { matrix: X, ...mapping },
        { onProgress: (done) => parts.push(done) },
      );
      expect(parts).toEqual([23, 46, 69, 92, 115, 130]);
      expect(
        within(found, reference.kernels.sparseMappingMatrixTransposeMatmul({ matrix: X, ...mapping })),
      ).toBeLessThan(2e-6);
    });

    it('and bound, of which nothing that is too large stays there', async () => {
      const bound = webgpu.kernels.sparseMappingMatrixTransposeMatmul.bind({ matrix: X });
      const found = await bound(mapping);
      expect(
        within(found, reference.kernels.sparseMappingMatrixTransposeMatmul({ matrix: X, ...mapping })),
      ).toBeLessThan(2e-6);
      bound.dispose();
    });

    it('the data vector is summed by rows', async () => {
      const parts: number[] = [];
      const args = { mappingMatrix: T, dirtyImage };
      const found = await webgpu.kernels.dataVectorFrom(args, { onProgress: (done) => parts.push(done) });
      expect(parts).toEqual([182, 364, 546, 700]);
      expect(within(found, reference.kernels.dataVectorFrom(args))).toBeLessThan(2e-6);
      const bound = webgpu.kernels.dataVectorFrom.bind(args);
      expect((await bound({})).data).toEqual(found.data);
      bound.dispose();
    });

    it('a dense mapping comes by rows', async () => {
      const args = {
        ...mapping,
        subFraction: real(wave(M, 0.2)),
      };
      const found = await webgpu.kernels.mappingMatrixFrom(args);
      expect(within(found, reference.kernels.mappingMatrixFrom(args))).toBeLessThan(2e-6);
    });

    it('what is asked to stay whole on the device is refused, and says why', async () => {
      await expect(
        webgpu.kernels.sparseMappingMatrixTransposeMatmul(
          { matrix: real(wave(M * 400, 0.01), [M, 400]), ...mapping },
          { keep: 'device' },
        ),
      ).rejects.toMatchObject({ code: 'MethodRefused', what: expect.stringContaining('result takes 144000 bytes') });
    });
  });
});
