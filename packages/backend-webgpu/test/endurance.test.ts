import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { index, real } from '@wtilde/core-types';
import { expect, it } from 'vitest';
import { backendOn } from '../src/backend.js';
import { onDevice } from './onDevice.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');

await onDevice((open) => {
  it('thousands of calls: memory stays where it is after the first of them', async () => {
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
      collectGarbage();
      return { device: device.pool.heldBytes, host: process.memoryUsage().rss };
    };
    const warm = await calls(5000);
    // What leaks grows in every round; what garbage collectors and allocators keep for later does not.
    const growths: number[] = [];
    let { host } = warm;
    while (growths.length < 5) {
      const after = await calls(1000);
      expect(after.device).toBe(warm.device);
      growths.push(after.host - host);
      host = after.host;
    }
    expect(Math.min(...growths)).toBeLessThan(2 ** 20);
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
