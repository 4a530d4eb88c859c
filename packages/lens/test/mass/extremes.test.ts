import { readFileSync } from 'node:fs';
import { real } from '@wtilde/core-types';
import { describe, expect, test } from 'vitest';
import {
  convergenceFrom,
  deflectionsFrom,
  type MassProfile,
  parseLensModel,
  potentialFrom,
  rayTrace,
} from '../../src/index.js';
import { largestDifference } from '../largestDifference.js';
import { thrownBy } from '../mesh/thrownBy.js';

/** Profiles at the edges of their domains, with values that extremes.py integrated in 30 digits. */
interface Extremes {
  readonly points: readonly (readonly [number, number])[];
  readonly rows: readonly {
    readonly profile: MassProfile;
    /** Deflection (y, x) and potential at each point. */
    readonly values: readonly (readonly [number, number, number])[];
  }[];
}

const { points, rows }: Extremes = JSON.parse(readFileSync(new URL('extremes.json', import.meta.url), 'utf8'));
const grid = real(points.flat(), [points.length, 2]);

describe.each(rows.map(({ profile, values }) => [JSON.stringify(profile), profile, values] as const))(
  '%s',
  (_name, profile, values) => {
    test('deflections and potential are those of 30 digits', () => {
      expect(parseLensModel({ mass: [profile] }).mass).toEqual([profile]);
      const { data } = deflectionsFrom(profile, grid);
      const potential = potentialFrom(profile, grid).data;
      values.forEach(([y, x, psi], at) => {
        const error = Math.hypot(data[2 * at] - y, data[2 * at + 1] - x) / Math.hypot(y, x);
        expect(error, `deflection at ${points[at]}`).toBeLessThan(1e-10);
        expect(Math.abs(potential[at] / psi - 1), `potential at ${points[at]}`).toBeLessThan(1e-10);
      });
    });
  },
);

describe('beyond their domains profiles are refused by name', () => {
  const needle = { type: 'PowerLaw', einsteinRadius: 1.5, slope: 2.1 };
  test.each([
    ['an axis ratio of 1e-7', { ...needle, axisRatio: 1e-7 }, 'mass[0].axisRatio', 'from 0.0001 and up to 1', '1e-7'],
    [
      'an axis ratio above 1',
      { ...needle, axisRatio: 1 + 2 ** -52 },
      'mass[0].axisRatio',
      'up to 1',
      '1.0000000000000002',
    ],
    [
      'components near 1',
      { ...needle, ellComps: [0.9999999, 0] },
      'mass[0].ellComps',
      'up to 0.9998',
      '[0.9999999, 0]',
    ],
    ['a slope of 1', { ...needle, slope: 1 }, 'mass[0].slope', 'above 1 and below 3', '1'],
    [
      'a tiny scale radius',
      { type: 'NFW', kappaS: 1, scaleRadius: 1e-7 },
      'mass[0].scaleRadius',
      'from 0.000001',
      '1e-7',
    ],
    ['more than the sky', { type: 'PointMass', einsteinRadius: 1e7 }, 'mass[0].einsteinRadius', '1296000', '10000000'],
    ['a centre beyond the sky', { ...needle, centre: [0, -1e7] }, 'mass[0].centre', '1296000', '[0, -10000000]'],
  ])('%s', (_name, profile, where, expected, actual) => {
    const thrown = thrownBy(() => parseLensModel({ mass: [profile] }));
    expect(thrown).toMatchObject({ code: 'InvalidValue', where });
    expect(thrown).toMatchObject({ expected: expect.stringContaining(expected) });
    expect(thrown).toMatchObject({ actual: expect.stringContaining(actual) });
  });
});

describe('where float64 ends', () => {
  const at = (y: number, x: number) => real([y, x], [1, 2]);

  test.each([
    { type: 'Isothermal', einsteinRadius: 1.5, axisRatio: 0.7 },
    { type: 'IsothermalSph', einsteinRadius: 1.5 },
    { type: 'PowerLaw', einsteinRadius: 1.5, slope: 2, axisRatio: 0.7 },
    { type: 'PowerLawSph', einsteinRadius: 1.5, slope: 2 },
  ] as const)('$type: the deflection of a cusp keeps its size down to the smallest distance', (profile) => {
    const near = deflectionsFrom(profile, at(3e-300, 4e-300)).data;
    const far = deflectionsFrom(profile, at(3e40, 4e40)).data;
    expect(largestDifference(real(near), real(far))).toBeLessThan(1e-14);
  });

  test('a core that is smaller than float64 can square is none, also in the potential', () => {
    const profile = { type: 'Isothermal', einsteinRadius: 1.5, axisRatio: 0.7, angle: 20 } as const;
    for (const coreRadius of [1e-300, 1e-170, 1e-20]) {
      const cored: MassProfile = { ...profile, coreRadius };
      expect(largestDifference(deflectionsFrom(cored, grid), deflectionsFrom(profile, grid))).toBeLessThan(1e-13);
      expect(largestDifference(potentialFrom(cored, grid), potentialFrom(profile, grid))).toBeLessThan(1e-12);
    }
  });

  test('an NFW halo around a point that is hardly beside its centre, and very far away', () => {
    const halo: MassProfile = { type: 'NFW', kappaS: 1, scaleRadius: 1e-3, axisRatio: 0.05 };
    for (const place of [at(1e-200, 3e-200), at(1e5, -3e5)]) {
      expect(deflectionsFrom(halo, place).data.every((value) => Number.isFinite(value) && value !== 0)).toBe(true);
    }
  });

  test.each([
    { type: 'Isothermal', einsteinRadius: 0 },
    { type: 'PowerLaw', einsteinRadius: 0, slope: 2.5 },
    { type: 'PointMass', einsteinRadius: 0 },
    { type: 'NFW', kappaS: 0, scaleRadius: 1, axisRatio: 0.5 },
  ] as const)('$type: no mass is no mass, at its centre too', (profile) => {
    const grid = real([0, 0, 1, 2], [2, 2]);
    expect(deflectionsFrom(profile, grid).data).toEqual(new Float64Array(4));
    expect(convergenceFrom(profile, grid).data).toEqual(new Float64Array(2));
    expect(potentialFrom(profile, grid).data).toEqual(new Float64Array(2));
  });

  test('a deflection beyond float64 names the profile and the point, not the grid', () => {
    const steep: MassProfile = { type: 'PowerLawSph', einsteinRadius: 1e6, slope: 2.999 };
    const thrown = thrownBy(() => rayTrace([{ type: 'MassSheet', kappa: 0 }, steep], at(1e-310, 0)));
    expect(thrown).toMatchObject({ code: 'NumericalFailure', where: 'mass[1] PowerLawSph' });
    expect(thrown).toMatchObject({ actual: expect.stringContaining('(y, x) = (1e-310, 0)') });
  });
});
