import { createLoopsBackend } from '@wtilde/backend-loops';
import { real } from '@wtilde/core-types';
import { observations, requireField, simulateBundled, uvTrackOf, visibilitiesOf } from '@wtilde/data';
import { describe, expect, test } from 'vitest';
import { circularMask, geometryOf, type LensModel, type Simulation, simulateVisibilities } from '../../src/index.js';
import { largestDifference } from '../largestDifference.js';

const backends = [createLoopsBackend()];
const mask = circularMask({ shapeNative: [30, 30], pixelScale: 0.2, radius: 3 });
const lens: LensModel = {
  mass: [{ type: 'IsothermalSph', einsteinRadius: 1.5 }],
  light: [{ type: 'Gaussian', centre: [0.1, 0], intensity: 2, sigma: 0.2 }],
};
const uvWavelengths = uvTrackOf(observations.alma, 400, 1);
const simulation: Simulation = { lens, mask, uvWavelengths, noise: 0.5, backends };

test('the same seed gives the same noise, another seed another', async () => {
  const [first, again, other] = [
    await simulateVisibilities({ ...simulation, seed: 1 }),
    await simulateVisibilities({ ...simulation, seed: 1 }),
    await simulateVisibilities({ ...simulation, seed: 2 }),
  ];
  expect(again).toEqual(first);
  expect(other.visibilities.data).not.toEqual(first.visibilities.data);
});

test('the noise is normal, with the standard deviation asked for', async () => {
  const { visibilities } = await simulateVisibilities(simulation);
  const { visibilities: clean } = await simulateVisibilities({ ...simulation, noise: 1e-12 });
  const noise = visibilities.data.data.map((value, lane) => (value - clean.data.data[lane]) / 0.5);
  const moment = (power: number) => noise.reduce((sum, value) => sum + value ** power, 0) / noise.length;
  expect(Math.abs(moment(1))).toBeLessThan(4 / Math.sqrt(noise.length));
  expect(Math.abs(moment(2) - 1)).toBeLessThan(4 * Math.sqrt(2 / noise.length));
  expect(Math.abs(moment(4) - 3)).toBeLessThan(4 * Math.sqrt(96 / noise.length));
});

test('at a baseline of zero the visibility is the sum of the image', async () => {
  const { visibilities, image } = await simulateVisibilities({
    ...simulation,
    uvWavelengths: real([0, 0], [1, 2]),
    noise: 1e-12,
  });
  const sum = image.data.reduce((total, value) => total + value, 0);
  expect(visibilities.data.data[0] / sum).toBeCloseTo(1, 10);
  expect(visibilities.data.data[1]).toBeCloseTo(0, 10);
});

describe('the bundled dataset', () => {
  const bundled = simulateBundled();
  const R = geometryOf(mask).gridSize * 0.1;
  const bundledLens: LensModel = {
    mass: [{ type: 'IsothermalSph', centre: [0.03 * R, -0.05 * R], einsteinRadius: R / 2 }],
    light: [
      { type: 'Gaussian', centre: [0.05 * R, -0.08 * R], intensity: 1, sigma: 0.07 * R },
      { type: 'Gaussian', centre: [-0.12 * R, 0.06 * R], intensity: 0.6, sigma: 0.04 * R },
    ],
  };

  test('is what this simulator makes of the same lens', async () => {
    const { data, noiseMap, uvWavelengths: uv } = visibilitiesOf(bundled);
    const grid = requireField(bundled, 'grid_radians_slim', 'real');
    expect(largestDifference(geometryOf(mask).gridRadiansSlim, grid)).toBeLessThan(1e-19);
    const { image, visibilities } = await simulateVisibilities({
      ...simulation,
      lens: bundledLens,
      uvWavelengths: uv,
      noise: 1e-12,
    });
    const expected = requireField(bundled, 'image', 'real');
    const flux =
      expected.data.reduce((sum, value) => sum + value, 0) / image.data.reduce((sum, value) => sum + value, 0);
    expect(largestDifference(real(image.data.map((value) => value * flux)), expected)).toBeLessThan(1e-12 * flux);
    const residuals = data.data.map(
      (value, lane) => (value - flux * visibilities.data.data[lane]) / noiseMap.data[lane],
    );
    const chiSquared = residuals.reduce((sum, value) => sum + value * value, 0);
    expect(Math.abs(chiSquared / residuals.length - 1)).toBeLessThan(4 * Math.sqrt(2 / residuals.length));
  });
});

describe('simulations that cannot be', () => {
  test.each([
    ['no light', { lens: { mass: lens.mass } }],
    ['light of no profile', { lens: { mass: lens.mass, light: [] } }],
    ['no baselines', { uvWavelengths: real([], [0, 2]) }],
    [
      'light outside of the mask',
      { lens: { mass: [], light: [{ type: 'Gaussian', centre: [99, 0], intensity: 1, sigma: 0.2 }] } },
    ],
    ['no noise', { noise: 0 }],
    ['noise that is not a number', { noise: Number.NaN }],
  ] as const)('%s', async (_name, changes) => {
    await expect(simulateVisibilities({ ...simulation, ...changes })).rejects.toMatchObject({ code: 'InvalidValue' });
  });
});
