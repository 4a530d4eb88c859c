import { allKernels, radiansPerPixel, real } from '@wtilde/core-types';
import { createRandom } from '@wtilde/data';
import { expect, test } from 'vitest';
import { createTfjsBackend } from '../src/index.js';

test.each([1e5, 2e6, 2e7])('w_compact at baselines of %s wavelengths: 2e-6 of the sum of weights', async (longest) => {
  const random = createRandom(`accuracy/${longest}`);
  const K = 3000;
  const N = 100;
  const uv = Float64Array.from({ length: 2 * K }, () => longest * (2 * random.uniform() - 1));
  const noise = Float64Array.from({ length: K }, () => 1 + random.uniform());
  const args = { gridSize: N, pixelScale: 0.05, noiseMapReal: real(noise), uvWavelengths: real(uv, [K, 2]) };
  const backend = await createTfjsBackend({ engine: 'wasm' });
  const { data } = await backend.kernels.wCompactCurvatureInterferometerFrom(args);
  backend.dispose?.();
  const weights = noise.map((sigma) => sigma ** -2);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const d = radiansPerPixel(0.05);
  let worst = 0;
  for (let sample = 0; sample < 400; sample++) {
    const m = random.integer(N);
    const n = random.integer(2 * N - 1) - (N - 1);
    const exact = weights.reduce(
      (sum, weight, k) => sum + weight * Math.cos(2 * Math.PI * d * (n * uv[2 * k] - m * uv[2 * k + 1])),
      0,
    );
    worst = Math.max(worst, Math.abs(data[m * (2 * N - 1) + n + N - 1] - exact));
  }
  expect(worst / total).toBeLessThan(2e-6);
  expect(worst).toBeGreaterThan(0);
});

test('float64 kernels are not offered', async () => {
  const backend = await createTfjsBackend({ engine: 'cpu' });
  for (const { name, minimumPrecision } of allKernels()) {
    if (minimumPrecision === 'float64') expect(Object.keys(backend.kernels)).not.toContain(name);
  }
  backend.dispose?.();
});
