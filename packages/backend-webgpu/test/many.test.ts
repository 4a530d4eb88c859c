import { createReferenceBackend } from '@wtilde/backend-reference';
import { index, real } from '@wtilde/core-types';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backendOn, type WebgpuBackend } from '../src/backend.js';
import { Device } from '../src/device/device.js';
import { deviceFacts } from '../src/device/openDevice.js';
import { onDevice, smallDevice } from './onDevice.js';

const N = 9;
const M = N * N;
const wCompact = real(
  Float64Array.from({ length: N * (2 * N - 1) }, (_, at) => {
    const [row, column] = [Math.floor(at / (2 * N - 1)), (at % (2 * N - 1)) - N + 1];
    return Math.exp(-(row * row + column * column) / 8);
  }),
  [N, 2 * N - 1],
);
const nativeIndexForSlimIndex = index(
  Int32Array.from({ length: 2 * M }, (_, at) => (at % 2 === 0 ? Math.floor(at / 2 / N) : (at >> 1) % N)),
  [M, 2],
);

/** A mapping of every pixel to two of S source pixels. */
function mapping(seed: number, S: number) {
  return {
    pixIndexesForSubSlimIndex: index(
      Int32Array.from({ length: 2 * M }, (_, at) => (at * (seed + 3) + (at % 2)) % S),
      [M, 2],
    ),
    pixWeightsForSubSlimIndex: real(
      Float64Array.from({ length: 2 * M }, (_, at) => 0.3 + Math.abs(Math.sin(at + seed))),
      [M, 2],
    ),
    pixels: S,
  };
}

await onDevice(() => {
  let webgpu: WebgpuBackend;
  let submissions: () => number;
  beforeAll(async () => {
    const { opened, submissionCount } = await smallDevice(2 ** 27);
    submissions = submissionCount;
    webgpu = backendOn(new Device({ ...opened, memoryBudget: 2 ** 27 }), deviceFacts(opened, 2 ** 27));
  });
  afterAll(() => webgpu.dispose?.());

  describe('several F with the same W', () => {
    const mappings = [mapping(1, 7), mapping(2, 12), mapping(3, 7), mapping(4, 3), mapping(5, 12)];

    it('are what single calls give, to the last bit, in one submission and one of all that comes back', async () => {
      const F = webgpu.kernels.curvatureMatrixViaWCompactSparseMappingMatrixFrom.bind({
        wCompact,
        nativeIndexForSlimIndex,
      });
      const options = { method: 'convolution' };
      const single = [];
      for (const each of mappings) single.push(await F(each, options));
      const before = submissions();
      const together = await F.runMany(mappings, options);
      expect(submissions() - before).toBe(2);
      expect(together).toEqual(single);
      F.dispose();
    });

    it('may stay on the device', async () => {
      const F = webgpu.kernels.curvatureMatrixViaWCompactSparseMappingMatrixFrom.bind({
        wCompact,
        nativeIndexForSlimIndex,
      });
      const before = submissions();
      const handles = await F.runMany(mappings, { method: 'convolution', keep: 'device' });
      expect(submissions() - before).toBe(1);
      const [first] = handles;
      if (!('toHost' in first)) throw new Error('not on the device');
      expect(await first.toHost()).toEqual(await F(mappings[0], { method: 'convolution' }));
      for (const handle of handles) if ('dispose' in handle) handle.dispose();
      F.dispose();
    });

    it('go in groups where their arrays would fill the memory', async () => {
      const { opened } = await smallDevice(2 ** 27);
      const small = backendOn(new Device({ ...opened, memoryBudget: 2 ** 18 }), deviceFacts(opened, 2 ** 18));
      const F = small.kernels.curvatureMatrixViaWCompactSparseMappingMatrixFrom.bind({
        wCompact,
        nativeIndexForSlimIndex,
      });
      const options = { method: 'convolution' };
      const many = Array.from({ length: 60 }, (_, seed) => mapping(seed % 5, 40));
      const together = await F.runMany(many, options);
      expect(together).toHaveLength(60);
      expect(together[59]).toEqual(await F(many[4], options));
      F.dispose();
      small.dispose?.();
    });

    it('and what follows from W T is added up block by block', async () => {
      const { opened, largestBuffer } = await smallDevice(2 ** 13);
      const small = backendOn(new Device({ ...opened, memoryBudget: 2 ** 20 }), deviceFacts(opened, 2 ** 20));
      const S = 40;
      const wave = (length: number, pitch: number) => Float64Array.from({ length }, (_, i) => Math.cos(pitch * i));
      const args = {
        wCompact,
        nativeIndexForSlimIndex,
        dirtyImage: real(wave(M, 0.4)),
        ...mapping(1, S),
        reconstruction: real(wave(S, 0.3)),
        response: real(wave(S, 0.2)),
        curvatureRegMatrixInverse: real(wave(S * S, 0.1), [S, S]),
      };
      const blocks: number[] = [];
      const options = { method: 'convolution', onProgress: (done: number) => blocks.push(done) };
      const found = await small.kernels.evidenceDerivativesByMappingViaWCompactFrom(args, options);
      expect(blocks).toEqual([25, 40]);
      expect(largestBuffer()).toBeLessThanOrEqual(2 ** 13);
      const expected = createReferenceBackend().kernels.evidenceDerivativesByMappingViaWCompactFrom(args);
      for (const name of [
        'logEvidenceByMapping',
        'chiSquaredByMapping',
        'logDetCurvatureRegMatrixByMapping',
      ] as const) {
        const off = Math.hypot(...found[name].data.map((value, at) => value - expected[name].data[at]));
        expect(off / Math.hypot(...expected[name].data), name).toBeLessThan(2e-6);
      }
      small.dispose?.();
    });

    it('stop between calls when aborted, and leave nothing behind', async () => {
      const F = webgpu.kernels.curvatureMatrixViaWCompactSparseMappingMatrixFrom.bind({
        wCompact,
        nativeIndexForSlimIndex,
      });
      await expect(F.runMany(mappings, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'Aborted' });
      F.dispose();
    });
  });
});
