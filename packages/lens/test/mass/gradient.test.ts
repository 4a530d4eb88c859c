import { real } from '@wtilde/core-types';
import { describe, expect, test } from 'vitest';
import {
  convergenceFrom,
  deflectionsFrom,
  lensGradient,
  type MassProfile,
  parametersOf,
  parseLensModel,
  rayTrace,
} from '../../src/index.js';
import { thrownBy } from '../mesh/thrownBy.js';

/** Points around the lens, none near a centre. */
const grid = real(
  Float64Array.from({ length: 120 }, (_, lane) => {
    const radius = 1.5 + 0.9 * Math.sin(3.1 * Math.floor(lane / 2));
    return radius * (lane % 2 === 0 ? Math.sin(0.7 * lane) : Math.cos(0.7 * (lane - 1)));
  }),
  [60, 2],
);
const bySource = real(
  grid.data.map((_, lane) => Math.sin(1.3 * lane * lane + 0.2)),
  grid.shape,
);

/** A lens as JSON with one number replaced, by its path. */
function replaced(mass: readonly MassProfile[], path: string, value: number): readonly MassProfile[] {
  const names = path.split('.');
  const replaceIn = (json: unknown, depth: number): unknown => {
    if (depth === names.length) return value;
    const name = names[depth];
    if (Array.isArray(json)) return json.map((each, at) => (`${at}` === name ? replaceIn(each, depth + 1) : each));
    const record = Object(json);
    return { ...record, [name]: replaceIn(record[name] ?? (name === 'centre' ? [0, 0] : undefined), depth + 1) };
  };
  return parseLensModel(replaceIn({ mass }, 0)).mass;
}

/** A quantity of the sources, whose derivatives by them are `bySource`. */
function quantity(mass: readonly MassProfile[], at = grid): number {
  return rayTrace(mass, at).data.reduce((sum, value, lane) => sum + bySource.data[lane] * value, 0);
}

/** By central differences of eighth order. */
function difference(values: (shift: number) => number, step: number): number {
  return [4 / 5, -1 / 5, 4 / 105, -1 / 280].reduce(
    (sum, weight, at) => sum + (weight / step) * (values((at + 1) * step) - values(-(at + 1) * step)),
    0,
  );
}

const lenses: readonly (readonly [string, readonly MassProfile[]])[] = [
  [
    'isothermal and shear',
    [
      { type: 'Isothermal', centre: [0.04, -0.07], einsteinRadius: 1.6, axisRatio: 0.82, angle: 38 },
      { type: 'ExternalShear', gamma1: 0.03, gamma2: -0.05 },
    ],
  ],
  [
    'components, and everything that has a default',
    [
      { type: 'PowerLaw', einsteinRadius: 1.4, slope: 2.1, ellComps: [0.1, -0.05] },
      { type: 'NFW', kappaS: 0.05, scaleRadius: 9, ellComps: [-0.2, 0.1] },
      { type: 'IsothermalSph', centre: [0.1, 0.1], einsteinRadius: 0.3, coreRadius: 0.4 },
      { type: 'ExternalShear', centre: [0.2, 0.1], gamma1: 0.05 },
    ],
  ],
  [
    'a halo of any inner slope',
    [
      { type: 'GNFW', kappaS: 0.1, scaleRadius: 2, innerSlope: 1.4, axisRatio: 0.7, angle: 40 },
      { type: 'GNFW', kappaS: 0.2, scaleRadius: 5, innerSlope: 0.7, ellComps: [0.1, 0.05] },
    ],
  ],
  [
    'all the others',
    [
      { type: 'NFW', kappaS: 0.1, scaleRadius: 2, axisRatio: 0.7, angle: -200 },
      { type: 'PowerLaw', einsteinRadius: 0.4, slope: 1.6, axisRatio: 0.6, angle: 100 },
      { type: 'NFWSph', kappaS: 0.1, scaleRadius: 2 },
      { type: 'PowerLawSph', einsteinRadius: 0.2, slope: 2.4 },
      { type: 'PointMass', einsteinRadius: 0.3 },
      { type: 'MassSheet', kappa: 0.1 },
      { type: 'Isothermal', einsteinRadius: 0.3, coreRadius: 0.2, ellComps: [1e-3, 2e-3] },
    ],
  ],
];

describe.each(lenses)('%s', (_name, mass) => {
  const gradient = lensGradient(mass, grid, bySource);
  const largest = Math.max(...Object.values(gradient.parameters).map(Math.abs));

  test('the derivative by every parameter is that of differences, by the path in lens.json', () => {
    const parameters = parametersOf(mass);
    expect(Object.keys(gradient.parameters)).toEqual(parameters.map(({ path }) => path));
    for (const { path, value, unit, minimum } of parameters) {
      // Where a core or a component is as small as this the next singularity is near.
      const room = path.includes('ellComps') ? 2e-3 : minimum === 0 ? value : unit === 'degrees' ? 10 : 1;
      if (room === 0) continue;
      const step = Math.min(4e-3 * (unit === 'degrees' ? 50 : 1), room / 20);
      const expected = difference((shift) => quantity(replaced(mass, path, value + shift)), step);
      expect(Math.abs(gradient.parameters[path] - expected), path).toBeLessThan(1e-9 * largest);
    }
  });

  test('the derivative by the points themselves too', () => {
    for (const lane of [0, 1]) {
      const shifted = (shift: number) =>
        real(
          grid.data.map((at, each) => at + (each % 2 === lane ? shift : 0)),
          grid.shape,
        );
      const expected = difference((shift) => quantity(mass, shifted(shift)), 4e-3);
      const together = gradient.grid.data.reduce((sum, value, each) => sum + (each % 2 === lane ? value : 0), 0);
      expect(Math.abs(together - expected)).toBeLessThan(1e-9 * largest);
    }
  });
});

test('parameters come with value, unit and domain', () => {
  const parameters = parametersOf([
    { type: 'MassSheet', kappa: 0.1 },
    { type: 'Isothermal', einsteinRadius: 1.6, angle: 20 },
    { type: 'Isothermal', einsteinRadius: 1.6, ellComps: [0.1, 0] },
  ]);
  expect(parameters.map(({ path, value, unit }) => [path, value, unit])).toEqual([
    ['mass.0.centre.0', 0, 'arcsec'],
    ['mass.0.centre.1', 0, 'arcsec'],
    ['mass.0.kappa', 0.1, undefined],
    ['mass.1.centre.0', 0, 'arcsec'],
    ['mass.1.centre.1', 0, 'arcsec'],
    ['mass.1.einsteinRadius', 1.6, 'arcsec'],
    ['mass.1.coreRadius', 0, 'arcsec'],
    ['mass.1.axisRatio', 1, undefined],
    ['mass.1.angle', 20, 'degrees'],
    ['mass.2.centre.0', 0, 'arcsec'],
    ['mass.2.centre.1', 0, 'arcsec'],
    ['mass.2.einsteinRadius', 1.6, 'arcsec'],
    ['mass.2.coreRadius', 0, 'arcsec'],
    ['mass.2.ellComps.0', 0.1, undefined],
    ['mass.2.ellComps.1', 0, undefined],
  ]);
  expect(parameters[7]).toMatchObject({ minimum: 1e-4, maximum: 1 });
});

const named = <Profile extends MassProfile>(profiles: readonly Profile[]) =>
  profiles.map((profile) => [JSON.stringify(profile), profile] as const);

describe('where derivatives do not exist', () => {
  test.each(
    named([
      { type: 'Isothermal', einsteinRadius: 1.5, ellComps: [0, 0] },
      { type: 'Isothermal', einsteinRadius: 1.5, coreRadius: 0.3, ellComps: [0, 0] },
      { type: 'PowerLaw', einsteinRadius: 1.5, slope: 2, ellComps: [0, 0] },
      { type: 'PowerLaw', einsteinRadius: 1.5, slope: 1.6, ellComps: [0, 0] },
      { type: 'PowerLaw', einsteinRadius: 1.5, slope: 2.6, ellComps: [0, 0] },
      { type: 'NFW', kappaS: 0.3, scaleRadius: 2, ellComps: [0, 0] },
      { type: 'PowerLawCore', einsteinRadius: 1.5, slope: 1.6, coreRadius: 0.2, ellComps: [0, 0] },
      {
        type: 'PowerLawBroken',
        einsteinRadius: 1.5,
        innerSlope: 0.6,
        outerSlope: 1.4,
        breakRadius: 1,
        ellComps: [0, 0],
      },
      { type: 'GNFW', kappaS: 0.3, scaleRadius: 2, innerSlope: 1.5, ellComps: [0, 0] },
      { type: 'DPIE', b0: 1.5, ra: 0.1, rs: 3, ellComps: [0, 0] },
      { type: 'SersicMass', massToLightRatio: 2, intensity: 0.3, effectiveRadius: 1, sersicIndex: 3, ellComps: [0, 0] },
    ]),
  )('%s: at components of 0, the mean of both sides', (_name, profile) => {
    const { parameters } = lensGradient(profile, grid, bySource);
    const largest = Math.max(...Object.values(parameters).map(Math.abs));
    for (const path of ['mass.0.ellComps.0', 'mass.0.ellComps.1']) {
      const side = (at: number) => lensGradient(replaced([profile], path, at), grid, bySource).parameters[path];
      expect(Math.abs(parameters[path] - (side(1e-9) + side(-1e-9)) / 2)).toBeLessThan(3e-8 * largest);
    }
  });

  test('components of 0 are no tip where a profile is isothermal without a core', () => {
    const profile = { type: 'Isothermal', einsteinRadius: 1.5, ellComps: [0, 0] } as const;
    const at = lensGradient(profile, grid, bySource).parameters;
    for (const ellComps of [
      [1e-13, 0],
      [0, -1e-13],
      [-1e-15, 1e-14],
    ] as const) {
      const near = lensGradient({ ...profile, ellComps }, grid, bySource).parameters;
      for (const path of Object.keys(at)) expect(Math.abs(near[path] - at[path]), path).toBeLessThan(1e-10);
    }
  });

  test.each(
    named<MassProfile>([
      { type: 'Isothermal', einsteinRadius: 1.5, axisRatio: 0.6, angle: 20 },
      { type: 'Isothermal', einsteinRadius: 1.5, ellComps: [0, 0] },
      { type: 'PowerLaw', einsteinRadius: 1.5, slope: 1.6, axisRatio: 0.6, angle: 20 },
      { type: 'PowerLaw', einsteinRadius: 1.5, slope: 2.6, axisRatio: 0.6, angle: 20 },
      { type: 'NFW', kappaS: 0.3, scaleRadius: 2, axisRatio: 0.6, angle: 20 },
      { type: 'IsothermalSph', einsteinRadius: 1.5 },
      { type: 'PowerLawSph', einsteinRadius: 1.5, slope: 2.6 },
      { type: 'NFWSph', kappaS: 0.3, scaleRadius: 2 },
      { type: 'PointMass', einsteinRadius: 1.5 },
      {
        type: 'PowerLawBroken',
        einsteinRadius: 1.5,
        innerSlope: 1.2,
        outerSlope: 0.5,
        breakRadius: 0.5,
        axisRatio: 0.6,
      },
      { type: 'PowerLawMultipole1', einsteinRadius: 1.5, slope: 1.6, sine: 0.1 },
      { type: 'PowerLawMultipole4', einsteinRadius: 1.5, slope: 2.2, cosine: 0.1 },
      { type: 'GNFW', kappaS: 0.3, scaleRadius: 2, innerSlope: 1.4, axisRatio: 0.6 },
      { type: 'NFWTruncated', kappaS: 0.3, scaleRadius: 2, truncationRadius: 9, axisRatio: 0.6 },
    ]),
  )('%s: at the centre of a singular profile all are 0', (_name, profile) => {
    const { parameters, grid: byGrid } = lensGradient(profile, real([0, 0], [1, 2]), real([1, 2], [1, 2]));
    for (const [path, value] of Object.entries(parameters)) expect(Math.abs(value), path).toBe(0);
    expect([...byGrid.data]).toEqual([1, 2]);
  });

  test.each(
    named<MassProfile>([
      { type: 'Isothermal', einsteinRadius: 1.5, coreRadius: 0.3 },
      { type: 'Isothermal', einsteinRadius: 1.5, coreRadius: 0.3, axisRatio: 0.4 },
      { type: 'PowerLawCore', einsteinRadius: 1.5, slope: 1.6, coreRadius: 0.2, axisRatio: 0.4 },
      { type: 'CNFW', kappaS: 0.3, scaleRadius: 2, coreRadius: 0.3, axisRatio: 0.4, angle: 90 },
      { type: 'GNFW', kappaS: 0.3, scaleRadius: 2, innerSlope: 0.3, axisRatio: 0.4 },
      { type: 'DPIE', b0: 1.5, ra: 0.2, rs: 3, axisRatio: 0.4 },
      {
        type: 'ChameleonMass',
        massToLightRatio: 2,
        intensity: 0.3,
        coreRadius0: 0.1,
        coreRadius1: 0.8,
        axisRatio: 0.4,
      },
      { type: 'GaussianMass', massToLightRatio: 2, intensity: 0.3, sigma: 0.5, axisRatio: 0.4 },
      { type: 'DevVaucouleursMass', massToLightRatio: 2, intensity: 0.3, effectiveRadius: 1, axisRatio: 0.4 },
    ]),
  )('%s: at the centre of a core the density counts', (_name, profile) => {
    const [kappa] = convergenceFrom(profile, real([0, 0], [1, 2])).data;
    const { grid: byGrid } = lensGradient(profile, real([0, 0], [1, 2]), real([1, 2], [1, 2]));
    // A uniform ellipse deflects by 2 kappa / (1+q) along its minor axis, by q times as much along its major one.
    const q = 'axisRatio' in profile ? (profile.axisRatio ?? 1) : 1;
    const [minor, major] = [(2 * kappa) / (1 + q), (2 * kappa * q) / (1 + q)];
    const turned = 'angle' in profile && profile.angle === 90;
    expect(byGrid.data[0] / (1 - (turned ? major : minor))).toBeCloseTo(1, 10);
    expect(byGrid.data[1] / (2 - 2 * (turned ? minor : major))).toBeCloseTo(1, 10);
  });

  test.each([
    { type: 'Isothermal', einsteinRadius: 0, axisRatio: 0.7 },
    { type: 'PowerLaw', einsteinRadius: 0, axisRatio: 0.7, slope: 2 },
    { type: 'PowerLawSph', einsteinRadius: 0, slope: 2 },
    { type: 'NFW', kappaS: 0, scaleRadius: 2, axisRatio: 0.7 },
    { type: 'NFWSph', kappaS: 0, scaleRadius: 2 },
  ] as const)('$type without mass: the first arcsec of it counts', (profile) => {
    const { parameters } = lensGradient(profile, grid, bySource);
    const one = 'kappaS' in profile ? { ...profile, kappaS: 1 } : { ...profile, einsteinRadius: 1 };
    const path = 'kappaS' in profile ? 'mass.0.kappaS' : 'mass.0.einsteinRadius';
    const expected = -deflectionsFrom(one, grid).data.reduce((sum, at, lane) => sum + bySource.data[lane] * at, 0);
    expect(parameters[path] / expected).toBeCloseTo(1, 12);
    for (const [each, value] of Object.entries(parameters)) if (each !== path) expect(Math.abs(value), each).toBe(0);
  });

  test.each([1.5, 2.5])('a power law of slope %d without mass: nothing, whichever way the truth is', (slope) => {
    const { parameters } = lensGradient({ type: 'PowerLaw', einsteinRadius: 0, slope }, grid, bySource);
    for (const value of Object.values(parameters)) expect(Math.abs(value)).toBe(0);
  });
});

describe('where float64 ends', () => {
  const far = real([3e-200, 4e-200, -1e-150, 0, 0, 2e-100, 1e-30, 1e-20, 0, 1e6, 1e15, -1e20], [6, 2]);
  const pull = real(
    far.data.map(() => 1),
    far.shape,
  );

  test.each(
    named<MassProfile>([
      { type: 'Isothermal', einsteinRadius: 1.5, axisRatio: 0.7 },
      { type: 'Isothermal', einsteinRadius: 1.5, coreRadius: 1e-300, axisRatio: 0.5 },
      { type: 'Isothermal', einsteinRadius: 1.5, coreRadius: 1e5, axisRatio: 1e-4 },
      { type: 'PowerLaw', einsteinRadius: 1.5, slope: 2, ellComps: [0, 0] },
      { type: 'PowerLaw', einsteinRadius: 1.5, slope: 1.0001, axisRatio: 1e-4 },
      { type: 'NFW', kappaS: 1, scaleRadius: 1, ellComps: [0, 0] },
      { type: 'NFW', kappaS: 1, scaleRadius: 1e-3, axisRatio: 0.05 },
      { type: 'NFW', kappaS: 1, scaleRadius: 1e6, axisRatio: 1e-4 },
      { type: 'IsothermalSph', einsteinRadius: 1.5 },
      { type: 'PowerLawSph', einsteinRadius: 1.5, slope: 1.9 },
      { type: 'NFWSph', kappaS: 0.3, scaleRadius: 2 },
      { type: 'PowerLawCore', einsteinRadius: 1.5, slope: 1.6, coreRadius: 1e-6, axisRatio: 1e-4 },
      {
        type: 'PowerLawBroken',
        einsteinRadius: 1.5,
        innerSlope: 1.4,
        outerSlope: 3,
        breakRadius: 1e-6,
        axisRatio: 0.1,
      },
      { type: 'PowerLawBroken', einsteinRadius: 1.5, innerSlope: 0, outerSlope: 2, breakRadius: 1e3, axisRatio: 1e-4 },
      { type: 'PowerLawMultipole4', einsteinRadius: 1.5, slope: 2, cosine: 0.1 },
      { type: 'GNFW', kappaS: 1, scaleRadius: 1, innerSlope: 2.8, axisRatio: 0.05 },
      { type: 'GNFW', kappaS: 1, scaleRadius: 1e-3, innerSlope: 0, axisRatio: 1e-4 },
      { type: 'CNFW', kappaS: 1, scaleRadius: 1, coreRadius: 1e-6, axisRatio: 0.05 },
      { type: 'NFWTruncated', kappaS: 1, scaleRadius: 1, truncationRadius: 1e4, axisRatio: 0.05 },
      { type: 'DPIE', b0: 1.5, ra: 1e-3, rs: 1, axisRatio: 0.05 },
      { type: 'DPIE', b0: 1.5, ra: 1e5, rs: 1, axisRatio: 0.5 },
      {
        type: 'SersicMass',
        massToLightRatio: 1,
        intensity: 1,
        effectiveRadius: 1,
        sersicIndex: 20,
        massToLightGradient: 1.5,
        axisRatio: 0.1,
      },
      { type: 'GaussianMass', massToLightRatio: 1, intensity: 1, sigma: 1, axisRatio: 1e-4 },
    ]),
  )('%s: next to the centre and at the end of the world every derivative is a number', (_name, profile) => {
    const { parameters, grid: byGrid } = lensGradient(profile, far, pull);
    for (const value of [...Object.values(parameters), ...byGrid.data]) expect(value).toSatisfy(Number.isFinite);
  });

  test('a derivative beyond float64 names the profile and the point', () => {
    const thrown = thrownBy(() =>
      lensGradient(
        [
          { type: 'MassSheet', kappa: 0 },
          { type: 'IsothermalSph', einsteinRadius: 1 },
        ],
        real([1, 1, 0, 1e-320], [2, 2]),
        real([1, 1, 1, 1], [2, 2]),
      ),
    );
    expect(thrown).toMatchObject({ code: 'NumericalFailure', where: 'mass[1] IsothermalSph' });
    expect(thrown).toMatchObject({ what: expect.stringContaining('derivative') });
  });
});

test.each([
  ['another number of points', real([1, 1], [1, 2]), 'ShapeMismatch'],
  [
    'numbers that are none',
    real(
      bySource.data.map(() => Number.NaN),
      grid.shape,
    ),
    'InvalidValue',
  ],
] as const)('%s are refused', (_name, wrong, code) => {
  const thrown = thrownBy(() => lensGradient({ type: 'MassSheet', kappa: 0 }, grid, wrong));
  expect(thrown).toMatchObject({ code, where: 'bySource' });
});
