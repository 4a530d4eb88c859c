import { real } from '@wtilde/core-types';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  convergenceFrom,
  deflectionsFrom,
  ellCompsFrom,
  type MassProfile,
  potentialFrom,
  rayTrace,
} from '../../src/index.js';
import { largestDifference } from '../largestDifference.js';

/** One of every kind, at parameters of no special value. */
const profiles: readonly MassProfile[] = [
  { type: 'Isothermal', centre: [0.1, -0.2], einsteinRadius: 1.6, axisRatio: 0.7, angle: 35 },
  { type: 'Isothermal', centre: [0.1, -0.2], einsteinRadius: 1.6, axisRatio: 0.7, angle: 35, coreRadius: 0.3 },
  { type: 'IsothermalSph', einsteinRadius: 1.2 },
  { type: 'IsothermalSph', einsteinRadius: 1.2, coreRadius: 0.1 },
  { type: 'PowerLaw', centre: [-0.1, 0.05], einsteinRadius: 1.4, slope: 1.7, axisRatio: 0.6, angle: -70 },
  { type: 'PowerLaw', einsteinRadius: 1.4, slope: 2.4, ellComps: [0.1, -0.2] },
  { type: 'PowerLawSph', einsteinRadius: 1.4, slope: 2.2 },
  { type: 'PointMass', centre: [0.3, 0.3], einsteinRadius: 0.9 },
  { type: 'NFW', kappaS: 0.3, scaleRadius: 2.5, axisRatio: 0.65, angle: 110 },
  { type: 'NFWSph', centre: [0.2, 0.1], kappaS: 0.2, scaleRadius: 1.1 },
  { type: 'ExternalShear', gamma1: 0.05, gamma2: -0.08 },
  { type: 'MassSheet', kappa: 0.2 },
];

const named = profiles.map((profile) => [JSON.stringify(profile), profile] as const);

/** Positions that no profile above has its centre at. */
const grid = real(
  Float64Array.from({ length: 200 }, (_, lane) => 2.5 * Math.sin(1.7 * lane + 0.4 * (lane % 2)) + 0.013),
  [100, 2],
);

const shifted = (y: number, x: number) =>
  real(
    grid.data.map((at, lane) => at + (lane % 2 === 0 ? y : x)),
    grid.shape,
  );

/** Derivative of (P) values along a direction by central differences of eighth order. */
function derivative(values: (grid: ReturnType<typeof shifted>) => Float64Array, [y, x]: readonly [number, number]) {
  const step = 2e-3;
  const weights = [4 / 5, -1 / 5, 4 / 105, -1 / 280];
  const sum = new Float64Array(grid.shape[0]);
  weights.forEach((weight, at) => {
    const h = (at + 1) * step;
    const ahead = values(shifted(h * y, h * x));
    const behind = values(shifted(-h * y, -h * x));
    for (let i = 0; i < sum.length; i++) sum[i] += (weight / step) * (ahead[i] - behind[i]);
  });
  return sum;
}

const column = (data: Float64Array, at: 0 | 1) => data.filter((_, lane) => lane % 2 === at);

describe.each(named)('%s', (_name, profile) => {
  test('the deflection is the gradient of the potential', () => {
    const { data } = deflectionsFrom(profile, grid);
    const potential = (at: typeof grid) => potentialFrom(profile, at).data;
    const along = [
      [derivative(potential, [1, 0]), column(data, 0)],
      [derivative(potential, [0, 1]), column(data, 1)],
    ];
    for (const [numerical, analytical] of along) {
      expect(largestDifference(real(numerical), real(analytical))).toBeLessThan(2e-7);
    }
  });

  test('the convergence is half the divergence of the deflection', () => {
    const of = (at: 0 | 1) => (where: typeof grid) => column(deflectionsFrom(profile, where).data, at);
    const alongX = derivative(of(1), [0, 1]);
    const half = derivative(of(0), [1, 0]).map((value, i) => (value + alongX[i]) / 2);
    expect(largestDifference(real(half), convergenceFrom(profile, grid))).toBeLessThan(2e-7);
  });

  test('the deflection has no curl', () => {
    const of = (at: 0 | 1) => (where: typeof grid) => column(deflectionsFrom(profile, where).data, at);
    const upward = derivative(of(1), [1, 0]);
    expect(largestDifference(real(derivative(of(0), [0, 1])), real(upward))).toBeLessThan(2e-7);
  });

  test('its own centre is a place like any other', () => {
    const centre = real([...(profile.centre ?? [0, 0])], [1, 2]);
    expect(deflectionsFrom(profile, centre).data).toEqual(new Float64Array(2));
  });
});

test.each([
  { type: 'Isothermal', einsteinRadius: 1.6, coreRadius: 0.2, axisRatio: 0.7 },
  { type: 'PowerLaw', einsteinRadius: 1.4, slope: 1.7, axisRatio: 0.6 },
  { type: 'NFW', kappaS: 0.3, scaleRadius: 2.5, axisRatio: 0.65 },
] as const)('$type: turning profile and grid turns the deflection', (profile) => {
  const swapped = (data: Float64Array) =>
    real(
      data.map((_, lane) => (lane % 2 === 0 ? data[lane + 1] : -data[lane - 1])),
      grid.shape,
    );
  const { data } = deflectionsFrom({ ...profile, centre: [0.1, -0.2], angle: 35 }, grid);
  const turned = deflectionsFrom({ ...profile, centre: [-0.2, -0.1], angle: -55 }, swapped(grid.data));
  expect(largestDifference(turned, swapped(data))).toBeLessThan(1e-13);
});

describe('closed forms', () => {
  const on = (y: number, x: number) => real([y, x], [1, 2]);

  test('isothermal sphere: the deflection is the Einstein radius everywhere, kappa 1/2 there', () => {
    const sphere: MassProfile = { type: 'IsothermalSph', einsteinRadius: 1.3 };
    const { data } = deflectionsFrom(sphere, on(3, -4));
    expect(data[0]).toBeCloseTo(1.3 * 0.6, 14);
    expect(data[1]).toBeCloseTo(-1.3 * 0.8, 14);
    expect(convergenceFrom(sphere, on(0, 1.3)).data[0]).toBeCloseTo(0.5, 14);
  });

  test('isothermal ellipsoid on its axes (Kormann et al. 1994)', () => {
    const q = 0.6;
    const f = Math.sqrt(1 - q * q);
    const lens: MassProfile = { type: 'Isothermal', einsteinRadius: 1, axisRatio: q };
    const b = (2 * q) / (1 + q);
    expect(deflectionsFrom(lens, on(0, 2)).data[1]).toBeCloseTo((b / f) * Math.asin(f), 14);
    expect(deflectionsFrom(lens, on(2, 0)).data[0]).toBeCloseTo((b / f) * Math.atanh(f), 14);
  });

  test.each(['IsothermalSph', 'PowerLawSph', 'PointMass'] as const)('%s: the Einstein ring', (type) => {
    const base = { centre: [0.2, -0.1], einsteinRadius: 1.1 } as const;
    const lens: MassProfile = type === 'PowerLawSph' ? { ...base, type, slope: 2.37 } : { ...base, type };
    for (const angle of [0, 1, 2, 3, 4, 5]) {
      const { data } = rayTrace(lens, on(0.2 + 1.1 * Math.sin(angle), -0.1 + 1.1 * Math.cos(angle)));
      expect(data[0]).toBeCloseTo(0.2, 14);
      expect(data[1]).toBeCloseTo(-0.1, 14);
    }
  });

  test('NFW sphere (Wright & Brainerd 2000), inside, at and outside the scale radius', () => {
    const halo: MassProfile = { type: 'NFWSph', kappaS: 1, scaleRadius: 2 };
    const half = 2 * (Math.log(0.25) + Math.acosh(2) / Math.sqrt(0.75));
    expect(deflectionsFrom(halo, on(0, 1)).data[1]).toBeCloseTo(8 * half, 12);
    expect(deflectionsFrom(halo, on(0, 2)).data[1]).toBeCloseTo(8 * (1 - Math.LN2), 12);
    expect(deflectionsFrom(halo, on(4, 0)).data[0]).toBeCloseTo(4 * (Math.acos(0.5) / Math.sqrt(3)), 12);
    expect(convergenceFrom(halo, on(0, 2)).data[0]).toBeCloseTo(2 / 3, 14);
    expect(convergenceFrom(halo, on(0, 4)).data[0]).toBeCloseTo((2 / 3) * (1 - Math.acos(0.5) / Math.sqrt(3)), 14);
  });

  test('NFW: the pieces meet where one formula hands over to the next', () => {
    const halo: MassProfile = { type: 'NFWSph', kappaS: 1, scaleRadius: 1 };
    for (const edge of [0.3, Math.sqrt(0.9), Math.sqrt(1.1)]) {
      const around = real([0, edge * (1 - 1e-12), 0, edge * (1 + 1e-12)], [2, 2]);
      for (const of of [convergenceFrom, potentialFrom, deflectionsFrom]) {
        const { data } = of(halo, around);
        expect(data[data.length - 1]).toBeCloseTo(data[data.length / 2 - 1], 10);
      }
    }
  });

  test('NFW far inside: the deflection is 2 kappaS z ln(2/z) to leading order, without loss of digits', () => {
    const halo: MassProfile = { type: 'NFWSph', kappaS: 1, scaleRadius: 1 };
    const z = 1e-7;
    const leading = 4 * (z / 2) * (Math.log(2 / z) - 0.5);
    expect(deflectionsFrom(halo, on(0, z)).data[1] / leading).toBeCloseTo(1, 12);
  });

  test('shear and sheet', () => {
    const { data } = deflectionsFrom([{ type: 'ExternalShear', gamma1: 0.1, gamma2: 0.02 }], on(3, 2));
    expect(data[0]).toBeCloseTo(0.02 * 2 - 0.1 * 3, 15);
    expect(data[1]).toBeCloseTo(0.1 * 2 + 0.02 * 3, 15);
    expect(deflectionsFrom({ type: 'MassSheet', kappa: 0.5 }, on(1, -2)).data).toEqual(Float64Array.of(0.5, -1));
  });
});

describe('limits', () => {
  const round = { centre: [0.1, -0.2] as const, angle: 35 };
  const isothermal = (axisRatio: number): MassProfile => ({
    ...round,
    type: 'Isothermal',
    einsteinRadius: 1.6,
    axisRatio,
  });
  const power = (axisRatio: number, slope: number): MassProfile => ({
    ...round,
    type: 'PowerLaw',
    einsteinRadius: 1.6,
    axisRatio,
    slope,
  });
  const nfw = (axisRatio: number): MassProfile => ({ ...round, type: 'NFW', kappaS: 0.3, scaleRadius: 2.5, axisRatio });
  const difference = (a: MassProfile, b: MassProfile) =>
    largestDifference(deflectionsFrom(a, grid), deflectionsFrom(b, grid));

  test.each([
    ['isothermal', isothermal, 1e-14],
    ['power law', (q: number) => power(q, 2.3), 1e-14],
    ['NFW', nfw, 1e-11],
  ] as const)('%s: an axis ratio of 1 is approached from below', (_name, make, floor) => {
    for (const gap of [1e-3, 1e-6, 1e-9, 1e-12]) {
      expect(difference(make(1 - gap), make(1))).toBeLessThan(3 * gap + floor);
    }
  });

  test('a power law of slope 2 is isothermal, at any axis ratio', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.05, max: 1, noNaN: true }), (q) => {
        expect(difference(power(q, 2), isothermal(q))).toBeLessThan(1e-12);
      }),
    );
  });

  test('a core that shrinks', () => {
    for (const coreRadius of [1e-3, 1e-6, 1e-9]) {
      const cored: MassProfile = { ...round, type: 'Isothermal', einsteinRadius: 1.6, axisRatio: 0.8, coreRadius };
      expect(difference(cored, isothermal(0.8))).toBeLessThan(30 * coreRadius);
    }
  });

  test('ellipticity components and axis ratio with angle are the same ellipse', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 1, noNaN: true }),
        fc.double({ min: -180, max: 180, noNaN: true }),
        (q, angle) => {
          const ellComps = ellCompsFrom({ axisRatio: q, angle });
          const components: MassProfile = { type: 'Isothermal', einsteinRadius: 1.6, ellComps };
          const ratio: MassProfile = { type: 'Isothermal', einsteinRadius: 1.6, axisRatio: q, angle };
          expect(difference(components, ratio)).toBeLessThan(1e-12);
        },
      ),
    );
  });

  test('a sum is the sum of its parts', () => {
    const { data } = deflectionsFrom(profiles, grid);
    const sum = new Float64Array(data.length);
    for (const profile of profiles)
      deflectionsFrom(profile, grid).data.forEach((value, at) => {
        sum[at] += value;
      });
    expect(largestDifference(real(data), real(sum))).toBeLessThan(1e-13);
  });
});
