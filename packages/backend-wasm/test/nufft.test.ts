import { complex, real } from '@wtilde/core-types';
import { afterAll, describe, expect, it } from 'vitest';
import { backendAndEngine } from './fixtures.js';

const { backend, engine } = await backendAndEngine();
const { backend: three } = await backendAndEngine({ threads: 3, leastSharedWork: 0 });
afterAll(() => {
  for (const each of [backend, three]) each.dispose?.();
});

/** Numbers between 0 and 1 that look random. */
function random(count: number, seed: number): Float64Array {
  let state = seed;
  return Float64Array.from({ length: count }, () => {
    state = (state * 16807) % 2147483647;
    return state / 2147483647;
  });
}

function visibilities(count: number) {
  const noise = random(2 * count, 7).map((x) => 1 + x);
  return {
    data: complex(random(2 * count, 11).map((x) => x - 0.5)),
    noiseMap: complex(noise),
    noiseMapReal: real(noise.filter((_, i) => i % 2 === 0)),
    uvWavelengths: real(
      random(2 * count, 3).map((x) => 8e5 * (x - 0.5)),
      [count, 2],
    ),
  };
}

/** The largest difference, relative to a sum. */
function off(a: Float64Array, b: Float64Array, sum: number): number {
  return a.reduce((worst, value, i) => Math.max(worst, Math.abs(value - b[i])), 0) / sum;
}

// 70000 visibilities are more than one round.
describe.each([
  [1, 3],
  [2, 1],
  [7, 50],
  [30, 1000],
  [33, 2001],
  [20, 70_000],
])('N = %i, K = %i: the non-uniform FFT', (gridSize, count) => {
  const { noiseMapReal, noiseMap, data, uvWavelengths } = visibilities(count);

  it.each([
    [undefined, 1e-13],
    [1e-12, 1e-12],
    [1e-9, 1e-9],
    [1e-6, 1e-6],
    [1e-3, 1e-3],
  ])('gives w_compact to a tolerance of %s', (tolerance, allowed) => {
    const args = { gridSize, noiseMapReal, uvWavelengths, pixelScale: 0.2 };
    const kernel = backend.kernels.wCompactCurvatureInterferometerFrom;
    const expected = kernel(args, { method: 'factorised' }).data;
    const actual = kernel(args, { method: 'nufft', tolerance });
    const weights = noiseMapReal.data.reduce((sum, noise) => sum + noise ** -2, 0);
    expect(off(actual.data, expected, weights)).toBeLessThan(allowed);
    const threaded = three.kernels.wCompactCurvatureInterferometerFrom(args, { method: 'nufft', tolerance });
    expect(threaded).toStrictEqual(actual);
  });

  it('gives the dirty image of a grid that is not centred', () => {
    const side = Math.max(2, gridSize);
    const grid = Float64Array.from({ length: 2 * side * (side + 1) }, (_, at) => {
      const i = at >> 1;
      return at % 2 === 0 ? 3e-6 - Math.floor(i / (side + 1)) * 9e-7 : (i % (side + 1)) * 9e-7 - 1e-5;
    });
    const args = { data, noiseMap, uvWavelengths, gridRadiansSlim: real(grid, [side * (side + 1), 2]) };
    const kernel = backend.kernels.dirtyImageInterferometerFrom;
    const expected = kernel(args, { method: 'factorised' }).data;
    const actual = kernel(args, { method: 'nufft' });
    const strengths = data.data.reduce((sum, value, i) => sum + Math.abs(value) / noiseMap.data[i] ** 2, 0);
    expect(off(actual.data, expected, strengths)).toBeLessThan(1e-13);
    expect(three.kernels.dirtyImageInterferometerFrom(args, { method: 'nufft' })).toStrictEqual(actual);
  });

  it.each([
    [undefined, 1e-13],
    [1e-6, 1e-6],
  ])('gives the visibilities of an image to a tolerance of %s', (tolerance, allowed) => {
    const rows = gridSize + 1;
    const grid = Float64Array.from({ length: 2 * rows * gridSize }, (_, at) => {
      const i = at >> 1;
      return at % 2 === 0 ? 3e-6 - Math.floor(i / gridSize) * 9e-7 : (i % gridSize) * 9e-7 - 1e-5;
    });
    const image = real(random(rows * gridSize, 5).map((x) => x - 0.3));
    const args = { image, uvWavelengths, gridRadiansSlim: real(grid, [rows * gridSize, 2]) };
    const kernel = backend.kernels.visibilitiesFrom;
    const expected = kernel(args, { method: 'factorised' }).data;
    const actual = kernel(args, { method: 'nufft', tolerance });
    const sum = image.data.reduce((total, value) => total + Math.abs(value), 0);
    expect(off(actual.data, expected, sum)).toBeLessThan(allowed);
    expect(three.kernels.visibilitiesFrom(args, { method: 'nufft', tolerance })).toStrictEqual(actual);
    expect(engine.heap.used).toBe(0);
  });
});

it('a finer tolerance than the non-uniform FFT has is refused', () => {
  const { noiseMapReal, uvWavelengths } = visibilities(5);
  const args = { gridSize: 3, noiseMapReal, uvWavelengths, pixelScale: 0.2 };
  const kernel = backend.kernels.wCompactCurvatureInterferometerFrom;
  expect(() => kernel(args, { method: 'nufft', tolerance: 1e-15 })).toThrow(
    expect.objectContaining({ code: 'MethodRefused' }),
  );
  expect(engine.heap.used).toBe(0);
});
