import { readFileSync } from 'node:fs';
import { real } from '@wtilde/core-types';
import { describe, expect, test } from 'vitest';
import { imageFrom, type LightProfile } from '../../src/index.js';
import { thrownBy } from '../mesh/thrownBy.js';

/** Values of PyAutoLens: pyautolens.json says which. */
interface Published {
  readonly grid: readonly (readonly [number, number])[];
  readonly light: readonly { readonly profile: LightProfile; readonly values: readonly number[] }[];
}

const at = (...points: readonly (readonly [number, number])[]) => real(points.flat(), [points.length, 2]);

/** Flux within a radius of a round profile, by the midpoint rule in ln r. */
function flux(light: LightProfile, radius: number): number {
  const steps = 20000;
  const from = Math.log(1e-9);
  const pitch = (Math.log(radius) - from) / steps;
  const radii = Float64Array.from({ length: steps }, (_, i) => Math.exp(from + (i + 0.5) * pitch));
  const { data } = imageFrom(
    light,
    real(
      [...radii].flatMap((r) => [0, r]),
      [steps, 2],
    ),
  );
  return data.reduce((sum, value, i) => sum + 2 * Math.PI * radii[i] ** 2 * value * pitch, 0);
}

describe('Sersic', () => {
  test.each([
    [0.5, 3e-4],
    [1, 2e-5],
    [2.5, 1e-6],
    [4, 1e-6],
    [8, 1e-6],
  ])('index %s: half of the light is within the effective radius', (sersicIndex, tolerance) => {
    const light: LightProfile = { type: 'Sersic', intensity: 1.3, effectiveRadius: 0.7, sersicIndex };
    expect(Math.abs(flux(light, 0.7) / flux(light, 0.7 * 1e5) - 0.5)).toBeLessThan(tolerance);
  });

  test('the intensity is that at the effective radius; one exponential scale is 1/1.678 of it', () => {
    const exponential: LightProfile = { type: 'Exponential', intensity: 2, effectiveRadius: 1.678347 };
    const { data } = imageFrom(exponential, at([0, 1.678347], [0.6, 0.8], [0, 2]));
    expect(data[0]).toBeCloseTo(2, 14);
    expect(data[1] / data[2]).toBeCloseTo(Math.E, 3);
  });

  test('index 1 and 4 have names of their own', () => {
    const common = { intensity: 1, effectiveRadius: 0.5, axisRatio: 0.6, angle: 20 };
    const grid = at([0.3, 0.1], [-0.5, 0.2], [0, 0]);
    const of = (light: LightProfile) => imageFrom(light, grid);
    expect(of({ type: 'Exponential', ...common })).toEqual(of({ type: 'Sersic', sersicIndex: 1, ...common }));
    expect(of({ type: 'DevVaucouleurs', ...common })).toEqual(of({ type: 'Sersic', sersicIndex: 4, ...common }));
  });
});

test('Gaussian: total flux 2 pi sigma^2 intensity, at the centre the intensity', () => {
  const light: LightProfile = { type: 'Gaussian', intensity: 3, sigma: 0.4 };
  expect(flux(light, 10)).toBeCloseTo(2 * Math.PI * 0.16 * 3, 6);
  expect(imageFrom(light, at([0, 0])).data[0]).toBe(3);
});

describe('PyAutoLens', () => {
  const { grid, light }: Published = JSON.parse(readFileSync(new URL('pyautolens.json', import.meta.url), 'utf8'));

  test.each(light.map(({ profile, values }) => [JSON.stringify(profile), profile, values] as const))(
    '%s has the same brightness',
    (_name, profile, values) => {
      const { data } = imageFrom(profile, at(...grid));
      values.forEach((value, point) => {
        expect(data[point] / value).toBeCloseTo(1, 13);
      });
    },
  );
});

test('a Gaussian is as wide as sigma along its minor axis, sigma / q along its major one', () => {
  const light: LightProfile = { type: 'Gaussian', intensity: 1, sigma: 0.3, axisRatio: 0.7 };
  const { data } = imageFrom(light, at([0.3, 0], [0, 0.3 / 0.7]));
  expect(data[0]).toBeCloseTo(Math.exp(-0.5), 15);
  expect(data[1]).toBeCloseTo(Math.exp(-0.5), 15);
});

describe('at the edges of the domain', () => {
  const sersic = (sersicIndex: number, rest: object = {}): LightProfile => ({
    type: 'Sersic',
    intensity: 1.3,
    effectiveRadius: 0.7,
    sersicIndex,
    ...rest,
  });

  test.each([
    // mpmath, 40 digits: 1.3 exp(-b_n ((r / 0.7)^(1/n) - 1)), b_n of the series.
    [0.5, 1e-6, 2.60065686285888],
    [0.5, 0.01, 2.60028886952956],
    [0.5, 0.7, 1.3],
    [0.5, 5.0, 1.12411969112566e-15],
    [0.51, 1e-6, 2.65151505581412],
    [0.51, 0.7, 1.3],
    [1, 1e-6, 6.96397562454567],
    [1, 0.7, 1.3],
    [10, 1e-6, 2704297.24814785],
    [10, 0.7, 1.3],
    [10, 1000.0, 9.86301063334359e-10],
    [100, 0.01, 5258.10474022887],
    [100, 5.0, 0.0246702937734939],
    [1000, 1e-6, 529526508330.917],
    [1000, 0.7, 1.3],
    [1000, 1000.0, 6.05648577071756e-7],
    [1000000.0, 0.01, 6369.87600375324],
    [1000000.0, 5.0, 0.0254799182034525],
    [1000000000000.0, 1e-6, 636999999881.756],
    [1000000000000.0, 0.7, 1.3],
    [1000000000000.0, 1000.0, 6.36999999967927e-7],
  ])('Sersic index %d at r = %d', (index, radius, value) => {
    expect(imageFrom(sersic(index), at([0, radius])).data[0] / value).toBeCloseTo(1, 11);
  });

  test('a brightness beyond float64 names the profile and the point', () => {
    const thrown = thrownBy(() => imageFrom([sersic(1), sersic(500)], at([1, 1], [0, 0])));
    expect(thrown).toMatchObject({ code: 'NumericalFailure', where: 'light[1] Sersic' });
    expect(thrown).toMatchObject({ actual: 'Infinity at (y, x) = (0, 0)' });
  });

  test('what is far smaller than float64 can square, or far away, is dark', () => {
    const tiny: LightProfile = { type: 'Gaussian', intensity: 1, sigma: 1e-200 };
    expect(imageFrom(tiny, at([0, 0], [0, 1e-100])).data).toEqual(Float64Array.of(1, 0));
    expect(imageFrom(sersic(4, { effectiveRadius: 1e-300 }), at([0, 1e40])).data).toEqual(Float64Array.of(0));
  });
});

test('an ellipse of constant brightness has the axis ratio and angle asked for', () => {
  const light: LightProfile = {
    type: 'Gaussian',
    centre: [1, -1],
    intensity: 1,
    sigma: 0.4,
    axisRatio: 0.5,
    angle: 30,
  };
  const [cosine, sine] = [Math.cos(Math.PI / 6), Math.sin(Math.PI / 6)];
  const { data } = imageFrom(light, at([1 + 0.8 * sine, -1 + 0.8 * cosine], [1 + 0.4 * cosine, -1 - 0.4 * sine]));
  expect(data[0]).toBeCloseTo(data[1], 14);
  expect(data[0]).toBeCloseTo(Math.exp(-0.5), 14);
});

test('several add up', () => {
  const one: LightProfile = { type: 'Gaussian', intensity: 1, sigma: 0.4 };
  const two: LightProfile = { type: 'Sersic', intensity: 1, effectiveRadius: 0.4, sersicIndex: 2 };
  const grid = at([0.3, 0.1], [-0.5, 0.2]);
  const [a, b, both] = [imageFrom(one, grid), imageFrom(two, grid), imageFrom([one, two], grid)];
  expect(both.data).toEqual(a.data.map((value, i) => value + b.data[i]));
});
