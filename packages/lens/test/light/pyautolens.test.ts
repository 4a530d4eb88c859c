import { real } from '@wtilde/core-types';
import { expect, test } from 'vitest';
import { imageFrom, type LightProfile } from '../../src/index.js';
import { testWithGoldenJson } from '../golden.js';

const centre = [0.06, -0.04] as const;
const ellipse = { centre, ellComps: [0.16582810955045443, 0.060356495881000394] } as const;
const intensity = 0.7;
const sersic = { intensity, effectiveRadius: 0.8 } as const;
const core = { ...sersic, radiusBreak: 0.05, alpha: 3, gamma: 0.2 } as const;

/** The profiles of profiles.json as wtilde writes them. */
const profiles: Readonly<Record<string, LightProfile>> = {
  Sersic: { type: 'Sersic', ...ellipse, ...sersic, sersicIndex: 3 },
  SersicSph: { type: 'Sersic', centre, ...sersic, sersicIndex: 3 },
  'Sersic_n0.6': { type: 'Sersic', ...ellipse, ...sersic, sersicIndex: 0.6 },
  SersicCore: { type: 'SersicCore', ...ellipse, ...core, sersicIndex: 3 },
  Exponential: { type: 'Exponential', ...ellipse, ...sersic },
  ExponentialCore: { type: 'ExponentialCore', ...ellipse, ...core },
  DevVaucouleurs: { type: 'DevVaucouleurs', ...ellipse, ...sersic },
  Gaussian: { type: 'Gaussian', ...ellipse, intensity, sigma: 0.6 },
  GaussianSph: { type: 'Gaussian', centre, intensity, sigma: 0.6 },
  Moffat: { type: 'Moffat', ...ellipse, intensity, alpha: 0.5, beta: 2.2 },
  Chameleon: { type: 'Chameleon', ...ellipse, intensity, coreRadius0: 0.1, coreRadius1: 0.6 },
  ElsonFreeFall: { type: 'ElsonFreeFall', ...ellipse, intensity, effectiveRadius: 0.8, eta: 1.5 },
};

testWithGoldenJson('pyautolens/profiles.json', 'light profiles of PyAutoLens, every one', (json) => {
  const golden: {
    readonly grid: readonly (readonly [number, number])[];
    readonly light: Readonly<Record<string, { readonly image_2d: readonly number[] }>>;
  } = Object(json);
  const grid = real(golden.grid.flat(), [golden.grid.length, 2]);
  expect(Object.keys(golden.light).toSorted()).toEqual(Object.keys(profiles).toSorted());
  for (const [name, profile] of Object.entries(profiles)) {
    const image = imageFrom(profile, grid).data;
    golden.light[name].image_2d.forEach((value, at) => {
      expect(Math.abs(image[at] / value - 1), `${name} ${at}`).toBeLessThan(1e-12);
    });
  }
});

test.each<LightProfile>([
  { type: 'Moffat', intensity: 2, alpha: 0.5, beta: 2.2, axisRatio: 0.6 },
  { type: 'ElsonFreeFall', intensity: 2, effectiveRadius: 0.8, eta: 1.5, axisRatio: 0.6 },
])('$type: its centre has its intensity', (profile) => {
  expect(imageFrom(profile, real([0, 0], [1, 2])).data[0]).toBe(2);
});

test('a sharp break of any sharpness is a number everywhere, and without a cusp the centre too', () => {
  const grid = real([0, 0, 1e-3, 0, 0.05, 0, 1, 0, 1e4, 0], [5, 2]);
  for (const alpha of [1, 50, 1000]) {
    const image = imageFrom({ type: 'SersicCore', ...core, alpha, gamma: 0, sersicIndex: 4 }, grid).data;
    expect(image.every(Number.isFinite)).toBe(true);
    expect(image[0]).toBeGreaterThanOrEqual(image[1]);
    expect(image[2]).toBeCloseTo(intensity, 8);
  }
});

test('chameleon light far out keeps its digits', () => {
  const far = imageFrom(
    { type: 'Chameleon', intensity: 1, coreRadius0: 0.1, coreRadius1: 0.2 },
    real([0, 1e6], [1, 2]),
  );
  // (c1^2 - c0^2) / (4 r^3).
  expect(far.data[0] / ((0.04 - 0.01) / 4 / 1e18)).toBeCloseTo(1, 10);
});
