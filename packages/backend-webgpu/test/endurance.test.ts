import { index, real } from '@wtilde/core-types';
import { expect, it } from 'vitest';
import { backendOn } from '../src/backend.js';
import { onDevice } from './onDevice.js';

await onDevice((open) => {
  it('ten thousand calls: memory stays where it is after the first half', async () => {
    const device = await open();
    const backend = backendOn(device, { summary: 'this test', deviceMemory: true });
    const mapping = {
      pixIndexesForSubSlimIndex: index([0, 1, 1], [3, 1]),
      pixWeightsForSubSlimIndex: real([1, 0.5, -2], [3, 1]),
      pixels: 2,
    };
    const matrix = real(new Float64Array(300), [3, 100]);
    const calls = async (count: number) => {
      for (let i = 0; i < count; i++) {
        await backend.kernels.sparseMappingMatrixTransposeMatmul({ matrix, ...mapping }, { check: 'shapes' });
      }
      return { device: device.pool.heldBytes, host: process.memoryUsage().rss };
    };
    const before = await calls(5000);
    const after = await calls(5000);
    expect(after.device).toBe(before.device);
    expect(after.host - before.host).toBeLessThan(2 ** 25);
    backend.dispose?.();
  });

  it('ten million visibilities take no more device memory than one million', async () => {
    const device = await open();
    const backend = backendOn(device, { summary: 'this test', deviceMemory: true });
    const held = async (K: number) => {
      const { data } = await backend.kernels.wCompactCurvatureInterferometerFrom(
        {
          gridSize: 8,
          pixelScale: 0.1,
          noiseMapReal: real(new Float64Array(K).fill(2)),
          uvWavelengths: real(
            Float64Array.from({ length: 2 * K }, (_, i) => 1e4 + i),
            [K, 2],
          ),
        },
        { check: 'shapes' },
      );
      expect(Math.abs(data[7] / (K / 4) - 1)).toBeLessThan(1e-6);
      return device.pool.heldBytes;
    };
    const million = await held(1_000_000);
    // Buffers are lent again; the last chunk is a smaller one, whose buffers come on top.
    expect(await held(10_000_000)).toBeLessThan(2 * million);
    backend.dispose?.();
  });
});
