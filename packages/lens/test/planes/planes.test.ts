import { existsSync } from 'node:fs';
import { real } from '@wtilde/core-types';
import { requireField } from '@wtilde/data';
import { readNpzFile } from '@wtilde/data/node';
import { describe, expect, test } from 'vitest';
import {
  angularDiameterDistance,
  type Cosmology,
  type MassProfile,
  planck15,
  planeScaling,
  rayTrace,
  tracePlanes,
} from '../../src/index.js';
import { goldenFile, testWithGoldenJson } from '../golden.js';
import { largestDifference } from '../largestDifference.js';
import { thrownBy } from '../mesh/thrownBy.js';

const lens: MassProfile = {
  type: 'Isothermal',
  centre: [0.043, -0.071],
  einsteinRadius: 1.6,
  axisRatio: 0.82,
  angle: 38,
};
const grid = real([0.4, 0.7, -0.02, 1.3, 0.9, 0.001, 1.1, -0.2], [4, 2]);
const empty: Cosmology = { hubbleConstant: 70, matterDensity: 1, temperature: 0, neutrinos: 0, neutrinoMasses: [] };

describe('cosmology', () => {
  test('a universe of matter alone: 2 c/H0 (1 - (1+z)^(-1/2)) / (1+z)', () => {
    for (const z of [0.1, 1, 3, 1000]) {
      const expected = (((2 * 299792.458) / 70) * (1 - 1 / Math.sqrt(1 + z))) / (1 + z);
      expect(angularDiameterDistance(0, z, empty) / expected).toBeCloseTo(1, 12);
    }
  });

  test('a universe without matter: c/H0 z / (1+z)', () => {
    const sitter = { ...empty, matterDensity: 0 };
    expect(angularDiameterDistance(0, 2, sitter) / ((299792.458 / 70) * (2 / 3))).toBeCloseTo(1, 12);
  });

  test('distances add up, comoving', () => {
    const [near, far, between] = [
      angularDiameterDistance(0, 0.5) * 1.5,
      angularDiameterDistance(0, 2) * 3,
      angularDiameterDistance(0.5, 2) * 3,
    ];
    expect((near + between) / far).toBeCloseTo(1, 12);
  });

  test('Planck 2015: the distance to redshift 1, and the scaling of PyAutoLens', () => {
    expect(angularDiameterDistance(0, 1)).toBeCloseTo(1697.953, 2);
    expect(Math.abs(planeScaling(0.5, 1, 2) - 0.6739454005263711)).toBeLessThan(3e-7);
  });

  test('a plane before the lens is not lensed, the last one in full', () => {
    expect(planeScaling(0.5, 0.3, 2)).toBe(0);
    expect(planeScaling(0.5, 2, 2)).toBe(1);
    expect(planeScaling(0.5, 1.2, 2, planck15)).toBeGreaterThan(planeScaling(0.5, 1.1, 2, planck15));
  });

  test('redshifts out of order are refused', () => {
    expect(thrownBy(() => angularDiameterDistance(2, 1))).toMatchObject({ code: 'InvalidValue' });
    expect(thrownBy(() => planeScaling(0.5, 3, 2))).toMatchObject({ code: 'InvalidValue' });
    expect(thrownBy(() => angularDiameterDistance(0, 1, { ...planck15, hubbleConstant: 0 }))).toMatchObject({
      code: 'InvalidValue',
      where: 'cosmology hubbleConstant',
    });
  });
});

describe('planes', () => {
  test('one lens and one source: as without planes', () => {
    const [first, second] = tracePlanes([{ redshift: 0.5, mass: [lens] }, { redshift: 2 }], grid);
    expect(first).toEqual(grid);
    expect(largestDifference(second, rayTrace(lens, grid))).toBe(0);
  });

  test('a plane without mass changes nothing behind it', () => {
    const planes = [{ redshift: 0.5, mass: [lens] }, { redshift: 1 }, { redshift: 2 }];
    expect(largestDifference(tracePlanes(planes, grid)[2], rayTrace(lens, grid))).toBe(0);
  });

  test('planes out of order are refused', () => {
    expect(thrownBy(() => tracePlanes([{ redshift: 1 }, { redshift: 0.5 }], grid))).toMatchObject({
      code: 'InvalidValue',
      where: 'planes',
    });
    expect(thrownBy(() => tracePlanes([{ redshift: 1 }], grid))).toMatchObject({ code: 'InvalidValue' });
  });
});

testWithGoldenJson('pyautolens/linear.json', 'two source planes of PyAutoLens', async () => {
  const path = goldenFile('pyautolens/linear.npz');
  expect(existsSync(path)).toBe(true);
  const fields = await readNpzFile(path);
  const pixels = requireField(fields, 'double_plane.grid', 'real');
  const planes = [
    { redshift: 0.5, mass: [lens] },
    { redshift: 1, mass: [{ type: 'IsothermalSph', centre: [0.05, 0.1], einsteinRadius: 0.2 } as const] },
    { redshift: 2 },
  ];
  const [, first, second] = tracePlanes(planes, pixels);
  // Its distances differ from ours by 2e-7, the mass of neutrinos.
  expect(largestDifference(first, requireField(fields, 'double_plane.grid_plane1', 'real'))).toBeLessThan(2e-6);
  expect(largestDifference(second, requireField(fields, 'double_plane.grid_plane2', 'real'))).toBeLessThan(5e-6);
});
