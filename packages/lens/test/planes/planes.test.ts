import { existsSync } from 'node:fs';
import { createLoopsBackend } from '@wtilde/backend-loops';
import { real } from '@wtilde/core-types';
import { observations, requireField, uvTrackOf } from '@wtilde/data';
import { readNpzFile } from '@wtilde/data/node';
import { describe, expect, test } from 'vitest';
import {
  angularDiameterDistance,
  type Cosmology,
  circularMask,
  createInversion,
  geometryOf,
  imageFrom,
  type LensModel,
  lensModelGradient,
  lensParametersOf,
  lensPlanesOf,
  type MassProfile,
  parseCosmology,
  parseLensModel,
  parseMesh,
  parseRegularization,
  planck15,
  planeScaling,
  rayTrace,
  simulateVisibilities,
  traceLens,
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

describe('a lens model of several planes', () => {
  const further = {
    redshift: 1,
    mass: [{ type: 'IsothermalSph', centre: [0.05, 0.1], einsteinRadius: 0.2 } as const],
  };
  const model: LensModel = {
    mass: [lens],
    lensRedshift: 0.5,
    sourceRedshift: 2,
    planes: [further, { redshift: 0.3, mass: [{ type: 'ExternalShear', gamma1: 0.05, gamma2: -0.02 }] }],
  };

  test('is traced as its planes in their order are', () => {
    const planes = [
      { redshift: 0.3, mass: [{ type: 'ExternalShear', gamma1: 0.05, gamma2: -0.02 } as const] },
      { redshift: 0.5, mass: [lens] },
      further,
      { redshift: 2 },
    ];
    expect(largestDifference(traceLens(model, grid), tracePlanes(planes, grid)[3])).toBe(0);
    expect(lensPlanesOf(model).map(({ massPath }) => massPath)).toEqual(['planes.1.mass', 'mass', 'planes.0.mass', '']);
  });

  test('without further planes redshifts change nothing', () => {
    const alone = { mass: [lens], lensRedshift: 0.5, sourceRedshift: 2 };
    expect(largestDifference(traceLens(alone, grid), rayTrace(lens, grid))).toBe(0);
  });

  test('its adjoint agrees with differences, by every parameter and by the points', () => {
    const bySource = real([0.3, -0.7, 1.1, 0.2, -0.4, 0.9, 0.5, 0.6], [4, 2]);
    const sumOf = (planes: LensModel, at = grid) =>
      traceLens(planes, at).data.reduce((sum, place, lane) => sum + place * bySource.data[lane], 0);
    const { parameters, grid: byGrid } = lensModelGradient(model, grid, bySource);
    const numbers = lensParametersOf(model);
    expect(Object.keys(parameters).toSorted()).toEqual(numbers.map(({ path }) => path).toSorted());
    const step = 1e-6;
    const withValue = (path: string, value: number) => {
      const json: unknown = JSON.parse(JSON.stringify(model));
      const steps = path.split('.');
      let place: Record<string, unknown> = Object(json);
      for (const name of steps.slice(0, -1)) {
        place[name] ??= name === 'centre' ? [0, 0] : {};
        place = Object(place[name]);
      }
      place[steps[steps.length - 1]] = value;
      return parseLensModel(json);
    };
    for (const { path, value } of numbers) {
      if (path.endsWith('coreRadius')) continue; // One-sided at 0.
      const difference = (sumOf(withValue(path, value + step)) - sumOf(withValue(path, value - step))) / (2 * step);
      expect(Math.abs(parameters[path] - difference), path).toBeLessThan(1e-8);
    }
    for (let lane = 0; lane < 8; lane++) {
      const moved = (by: number) =>
        real(
          grid.data.map((each, at) => each + (at === lane ? by : 0)),
          [4, 2],
        );
      const difference = (sumOf(model, moved(step)) - sumOf(model, moved(-step))) / (2 * step);
      expect(Math.abs(byGrid.data[lane] - difference)).toBeLessThan(1e-8);
    }
  });

  test.each([
    ['without redshifts', { planes: [further] }],
    ['behind the source', { planes: [further], lensRedshift: 0.5, sourceRedshift: 0.9 }],
    ['two at one redshift', { planes: [further, further], lensRedshift: 0.5, sourceRedshift: 2 }],
    ['at no redshift', { planes: [{ mass: [] }], lensRedshift: 0.5, sourceRedshift: 2 }],
    ['of another key', { planes: [{ redshift: 1, masses: [] }], lensRedshift: 0.5, sourceRedshift: 2 }],
    ['half a source', { planes: [{ redshift: 1, mesh: 'overlay:9x9' }], lensRedshift: 0.5, sourceRedshift: 2 }],
    ['no list', { planes: {}, lensRedshift: 0.5, sourceRedshift: 2 }],
    ['no cosmology', { cosmology: 'einstein' }],
  ])('planes %s are refused', (_, given) => {
    expect(thrownBy(() => parseLensModel({ mass: [lens], ...given }))).toMatchObject({ code: 'InvalidValue' });
  });

  test('a cosmology of two numbers has no radiation', () => {
    const { cosmology } = parseLensModel({ mass: [lens], cosmology: { hubbleConstant: 70, matterDensity: 0.3 } });
    expect(cosmology).toEqual({
      hubbleConstant: 70,
      matterDensity: 0.3,
      temperature: 0,
      neutrinos: 0,
      neutrinoMasses: [],
    });
    expect(parseLensModel({ mass: [lens], cosmology: 'planck15' }).cosmology).toBe(planck15);
    expect(thrownBy(() => parseCosmology({ hubbleConstant: 70 }))).toMatchObject({ code: 'MissingArgument' });
  });

  test('evidence, gradient and simulation go through them', async () => {
    const mask = circularMask({ shapeNative: [30, 30], pixelScale: 0.16, radius: 2.4 });
    const backends = [createLoopsBackend()];
    const light = [{ type: 'Gaussian', centre: [0.05, 0.1], intensity: 1, sigma: 0.25 } as const];
    const uvWavelengths = uvTrackOf(observations.sma, 150);
    const simulation = { mask, uvWavelengths, noise: 0.5, seed: 2, backends };
    const { visibilities, image } = await simulateVisibilities({ lens: { ...model, light }, ...simulation });
    const expected = imageFrom(light, traceLens(model, geometryOf(mask).grid));
    expect(largestDifference(image, expected)).toBe(0);
    const inversion = await createInversion(visibilities, { mask, backends });
    const pixels = { mesh: parseMesh('overlay:14x14'), regularization: parseRegularization('gradient:3') };
    const found = await inversion.evidenceAndGradient({ lens: model, ...pixels });
    const { planes: _, ...alone } = model;
    expect(found.logEvidence).toBeGreaterThan((await inversion.evidence({ lens: alone, ...pixels })).logEvidence + 3);
    const at = async (einsteinRadius: number) => {
      const planes = [
        { ...further, mass: [{ ...further.mass[0], einsteinRadius }] },
        ...(model.planes?.slice(1) ?? []),
      ];
      return (await inversion.evidence({ lens: { ...model, planes }, ...pixels })).logEvidence;
    };
    const step = 1e-6;
    const difference = ((await at(0.2 + step)) - (await at(0.2 - step))) / (2 * step);
    expect(found.gradient['planes.0.mass.0.einsteinRadius'] / difference).toBeCloseTo(1, 4);
  });
});
