import { index, radiansPerPixel, real } from '@wtilde/core-types';
import { expect, it } from 'vitest';
import { createWebgpuBackend } from '../src/index.js';
import { onDevice } from './onDevice.js';

/** Numbers in -1 .. 1, the same in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  };
}

await onDevice(() => {
  it('w_compact stays within 2e-6 of sum(w) at uv up to 2e7 wavelengths, N = 300', async () => {
    const [N, K, pixelScale] = [300, 700, 0.05];
    const random = seeded(1);
    const uv = Float64Array.from({ length: 2 * K }, () => 2e7 * random());
    const noise = Float64Array.from({ length: K }, () => 1 + 0.5 * random());
    const backend = await createWebgpuBackend();
    const { data } = await backend.kernels.wCompactCurvatureInterferometerFrom({
      gridSize: N,
      pixelScale,
      noiseMapReal: real(noise),
      uvWavelengths: real(uv, [K, 2]),
    });
    backend.dispose?.();
    const strength = noise.reduce((sum, n) => sum + n ** -2, 0);
    const pitch = radiansPerPixel(pixelScale);
    for (let sample = 0; sample < 400; sample++) {
      const m = Math.floor(N * Math.abs(random()));
      const n = Math.floor((N - 1) * random());
      let exact = 0;
      for (let k = 0; k < K; k++) {
        const turns = pitch * (n * uv[2 * k] - m * uv[2 * k + 1]);
        exact += Math.cos(2 * Math.PI * (turns - Math.round(turns))) / noise[k] ** 2;
      }
      expect(Math.abs(data[m * (2 * N - 1) + n + N - 1] - exact)).toBeLessThan(2e-6 * strength);
    }
  });

  it('sums of a million equal terms lose nothing: W at no displacement is sum(w)', async () => {
    const K = 1_000_000;
    const backend = await createWebgpuBackend();
    const { data } = await backend.kernels.wCompactCurvatureInterferometerFrom({
      gridSize: 1,
      pixelScale: 1,
      noiseMapReal: real(new Float64Array(K).fill(Math.sqrt(3))),
      uvWavelengths: real(new Float64Array(2 * K), [K, 2]),
    });
    backend.dispose?.();
    expect(Math.abs(data[0] / (K / 3) - 1)).toBeLessThan(1e-6);
  });

  it('results left on the device feed the next kernel', async () => {
    const backend = await createWebgpuBackend();
    const { wCompactCurvatureInterferometerFrom: sums, sparseMappingMatrixTransposeMatmul: product } = backend.kernels;
    const visibilities = { noiseMapReal: real([1, 2]), uvWavelengths: real([3e4, -1e4, 2e5, 5e4], [2, 2]) };
    const given = { gridSize: 3, pixelScale: 0.2, ...visibilities };
    const mapping = {
      pixIndexesForSubSlimIndex: index([0, 1, 1], [3, 1]),
      pixWeightsForSubSlimIndex: real([1, 0.5, -2], [3, 1]),
      pixels: 2,
    };
    const onHost = await product({ matrix: await sums(given), ...mapping });
    const onDevice = await product({ matrix: await sums(given, { keep: 'device' }), ...mapping });
    expect(onDevice.data).toEqual(onHost.data);
    backend.dispose?.();
  });
});
