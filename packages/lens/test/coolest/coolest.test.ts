import { real } from '@wtilde/core-types';
import { describe, expect, test } from 'vitest';
import {
  convergenceFrom,
  coolestFrom,
  deflectionsFrom,
  imageFrom,
  type LensModel,
  lensModelFromCoolest,
  parseLensModel,
} from '../../src/index.js';
import { largestDifference } from '../largestDifference.js';
import { thrownBy } from '../mesh/thrownBy.js';

const grid = real([0.4, 0.7, -0.02, 1.3, 0.9, 0.001, 1.1, -0.2], [4, 2]);
const pixelScale = 0.05;
const estimate = (value: number | null) => ({ point_estimate: { value } });
const parameters = (values: Readonly<Record<string, number | null>>) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, estimate(value)]));

const pemd = { theta_E: 1.27, gamma: 2.035, q: 0.7, phi: 32, center_x: 0.1, center_y: -0.05 };
const sersic = { I_eff: 1, theta_eff: 0.23, n: 2.3, q: 0.8, phi: 72, center_x: 0.05, center_y: -0.1 };
const template = (entities: readonly object[]) => ({ standard: 'COOLEST', mode: 'MAP', lensing_entities: entities });
const galaxy = (redshift: number, mass: readonly object[], light: readonly object[]) => ({
  type: 'Galaxy',
  redshift,
  mass_model: mass,
  light_model: light,
});
const shear = {
  type: 'MassField',
  redshift: 0.5,
  mass_model: [{ type: 'ExternalShear', parameters: parameters({ gamma_ext: 0.05, phi_ext: 20 }) }],
};
const simple = template([
  shear,
  galaxy(
    0.5,
    [{ type: 'PEMD', parameters: parameters(pemd) }],
    [
      {
        type: 'Sersic',
        parameters: parameters({
          ...sersic,
          n: null,
          I_eff: null,
          theta_eff: null,
          q: null,
          phi: null,
          center_x: null,
          center_y: null,
        }),
      },
    ],
  ),
  galaxy(2, [], [{ type: 'Sersic', parameters: parameters(sersic) }]),
]);

describe('import', () => {
  const { lens, lensRedshift, sourceRedshift } = lensModelFromCoolest(simple, { pixelScale });

  test('planes and kinds', () => {
    expect([lensRedshift, sourceRedshift]).toEqual([0.5, 2]);
    expect(lens.mass.map(({ type }) => type)).toEqual(['ExternalShear', 'PowerLaw']);
    expect(lens.light?.map(({ type }) => type)).toEqual(['Sersic']);
    expect(lens.lensLight).toBeUndefined();
  });

  test('the convergence by the definition of the standard', () => {
    const angle = ((pemd.phi + 90) * Math.PI) / 180;
    const expected = Float64Array.from({ length: 4 }, (_, at) => {
      const [dy, dx] = [grid.data[2 * at] - pemd.center_y, grid.data[2 * at + 1] - pemd.center_x];
      const x = dx * Math.cos(angle) + dy * Math.sin(angle);
      const y = dy * Math.cos(angle) - dx * Math.sin(angle);
      const radius = Math.hypot(x * Math.sqrt(pemd.q), y / Math.sqrt(pemd.q));
      return ((3 - pemd.gamma) / 2) * (pemd.theta_E / radius) ** (pemd.gamma - 1);
    });
    expect(largestDifference(convergenceFrom(lens.mass, grid), real(expected))).toBeLessThan(1e-13);
  });

  test('shear turns as the standard has it, brightness is per pixel', () => {
    const doubled = (2 * 110 * Math.PI) / 180;
    const [{ data }] = [deflectionsFrom(lens.mass[0], grid)];
    expect(data[1]).toBeCloseTo(0.05 * (Math.cos(doubled) * 0.7 + Math.sin(doubled) * 0.4), 14);
    const atCentre = imageFrom(lens.light ?? [], real([-0.1, 0.05 + 1e-12], [1, 2])).data[0];
    expect(atCentre).toBeGreaterThan(pixelScale ** 2);
  });
});

test('export and import are each other back', () => {
  const lens: LensModel = parseLensModel({
    mass: [
      { type: 'Isothermal', centre: [0.1, -0.2], einsteinRadius: 1.4, ellComps: [0.1, -0.05] },
      { type: 'PowerLaw', einsteinRadius: 0.4, slope: 2.3, axisRatio: 0.6, angle: -100 },
      { type: 'ExternalShear', gamma1: 0.03, gamma2: -0.05 },
      { type: 'MassSheet', kappa: 0.1 },
    ],
    light: [{ type: 'Exponential', centre: [0.1, 0], intensity: 2, effectiveRadius: 0.4, axisRatio: 0.5, angle: 10 }],
    lensLight: [{ type: 'DevVaucouleurs', intensity: 2, effectiveRadius: 0.9 }],
  });
  const json: unknown = JSON.parse(
    JSON.stringify(coolestFrom({ lens, lensRedshift: 0.4, sourceRedshift: 1.9, pixelScale })),
  );
  const back = lensModelFromCoolest(json, { pixelScale });
  expect([back.lensRedshift, back.sourceRedshift]).toEqual([0.4, 1.9]);
  expect(largestDifference(deflectionsFrom(back.lens.mass, grid), deflectionsFrom(lens.mass, grid))).toBeLessThan(
    1e-13,
  );
  for (const name of ['light', 'lensLight'] as const) {
    expect(largestDifference(imageFrom(back.lens[name] ?? [], grid), imageFrom(lens[name] ?? [], grid))).toBeLessThan(
      1e-13,
    );
  }
});

test.each([
  ['no template', { standard: 'other' }],
  ['an unknown profile', template([galaxy(0.5, [{ type: 'NFW', parameters: parameters({ r_s: 1 }) }], [])])],
  ['half of a profile', template([galaxy(0.5, [{ type: 'PEMD', parameters: parameters({ theta_E: 1 }) }], [])])],
  ['mass on two planes', template([shear, galaxy(0.8, [{ type: 'PEMD', parameters: parameters(pemd) }], [])])],
  ['no mass', template([galaxy(0.5, [], [])])],
] as const)('%s is refused', (_name, json) => {
  expect(thrownBy(() => lensModelFromCoolest(json, { pixelScale }))).toMatchObject({ code: 'InvalidValue' });
});

test('a profile that COOLEST has not is refused by its place', () => {
  const lens: LensModel = { mass: [{ type: 'NFWSph', kappaS: 0.1, scaleRadius: 3 }] };
  const thrown = thrownBy(() => coolestFrom({ lens, lensRedshift: 0.4, sourceRedshift: 1.9, pixelScale }));
  expect(thrown).toMatchObject({ code: 'InvalidValue', where: 'mass[0]' });
});
