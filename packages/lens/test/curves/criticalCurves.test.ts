import { real } from '@wtilde/core-types';
import { describe, expect, test } from 'vitest';
import {
  type Curve,
  caustics,
  convergenceFrom,
  criticalCurves,
  deflectionsFrom,
  einsteinRadiusFrom,
  type MassProfile,
  magnificationFrom,
  shearFrom,
} from '../../src/index.js';
import { testWithGoldenJson } from '../golden.js';
import { thrownBy } from '../mesh/thrownBy.js';

const radii = ({ points: { data } }: Curve, [y, x]: readonly [number, number] = [0, 0]) =>
  Array.from({ length: data.length / 2 }, (_, at) => Math.hypot(data[2 * at] - y, data[2 * at + 1] - x));

/** A lens of everything at once, with a satellite. */
const crowd: readonly MassProfile[] = [
  { type: 'Isothermal', centre: [0.05, -0.1], einsteinRadius: 1.2, axisRatio: 0.7, angle: 30, coreRadius: 0.05 },
  { type: 'IsothermalSph', centre: [0.9, 1.8], einsteinRadius: 0.15 },
  { type: 'NFW', kappaS: 0.05, scaleRadius: 4, axisRatio: 0.8, angle: 100 },
  { type: 'ExternalShear', gamma1: 0.04, gamma2: -0.03 },
];

describe('closed forms', () => {
  test('an isothermal sphere: a ring, a caustic of one point, and no radial curve', () => {
    const mass: MassProfile = { type: 'IsothermalSph', centre: [0.3, -0.2], einsteinRadius: 1.3 };
    const { tangential, radial } = criticalCurves(mass);
    expect(radial).toEqual([]);
    expect(tangential).toHaveLength(1);
    expect(tangential[0].closed).toBe(true);
    for (const radius of radii(tangential[0], [0.3, -0.2])) expect(Math.abs(radius - 1.3)).toBeLessThan(1e-12);
    for (const radius of radii(caustics(mass).tangential[0], [0.3, -0.2])) expect(radius).toBeLessThan(1e-12);
    expect(Math.abs(einsteinRadiusFrom(mass) / 1.3 - 1)).toBeLessThan(1e-9);
  });

  test('an isothermal ellipsoid: kappa = 1/2 all along its curve, and the astroid of its caustic', () => {
    const [einsteinRadius, axisRatio] = [1.3, 0.7];
    const mass: MassProfile = { type: 'Isothermal', einsteinRadius, axisRatio };
    const { tangential } = criticalCurves(mass);
    for (const kappa of convergenceFrom(mass, tangential[0].points).data)
      expect(Math.abs(kappa - 0.5)).toBeLessThan(1e-12);
    const expected = (2 * Math.sqrt(axisRatio) * einsteinRadius) / (1 + axisRatio);
    expect(Math.abs(einsteinRadiusFrom(mass) / expected - 1)).toBeLessThan(1e-8);
    // Cusps of Kormann et al. 1994 on the axes, b = 2 einsteinRadius q / (1 + q), f^2 = 1 - q^2.
    const [b, f] = [(2 * einsteinRadius * axisRatio) / (1 + axisRatio), Math.sqrt(1 - axisRatio ** 2)];
    const [{ points }] = caustics(mass).tangential;
    const furthest = (lane: 0 | 1) => Math.max(...points.data.filter((_, at) => at % 2 === lane));
    expect(furthest(1)).toBeCloseTo(b / axisRatio - (b / f) * Math.acos(axisRatio), 4);
    expect(furthest(0)).toBeCloseTo((b / f) * Math.acosh(1 / axisRatio) - b, 4);
  });

  test('a cored sphere: two circles', () => {
    const core = 0.1;
    const mass: MassProfile = { type: 'IsothermalSph', einsteinRadius: 1, coreRadius: core };
    const { tangential, radial } = criticalCurves(mass);
    // alpha = (sqrt(r^2 + s^2) - s) / r: alpha = r and dalpha/dr = 1.
    for (const radius of radii(tangential[0])) expect(Math.abs(radius - Math.sqrt(1 - 2 * core))).toBeLessThan(1e-12);
    for (const radius of radii(radial[0])) {
      const root = Math.hypot(radius, core);
      expect(Math.abs(1 / root - (root - core) / radius ** 2 - 1)).toBeLessThan(1e-10);
    }
  });

  test.each([1e-2, 1e-3, 2e-4])('a radial curve of some core of %d, far below a cell', (core) => {
    const { radial } = criticalCurves({
      type: 'IsothermalSph',
      centre: [0.02, 0.01],
      einsteinRadius: 1,
      coreRadius: core,
    });
    expect(radial).toHaveLength(1);
    expect(radial[0].closed).toBe(true);
    expect(Math.min(...radii(radial[0], [0.02, 0.01])) / Math.max(...radii(radial[0], [0.02, 0.01]))).toBeCloseTo(1, 9);
  });

  test('curves below a cell are left out where nobody wants them; the others stay', () => {
    const mass: MassProfile = { type: 'IsothermalSph', einsteinRadius: 1, coreRadius: 1e-3 };
    const region = { extent: [-2, 2.1, -2, 2.1], shape: [20, 20] } as const;
    const [all, large] = [criticalCurves(mass, region), criticalCurves(mass, { ...region, aroundCentres: false })];
    expect(large).toEqual({ ...all, radial: [] });
    expect(all.radial).toHaveLength(1);
  });

  test('a point mass with shear: two tangential curves side by side where the shear is above 1', () => {
    const mass: MassProfile[] = [
      { type: 'PointMass', einsteinRadius: 1 },
      { type: 'ExternalShear', gamma1: 1.3 },
    ];
    const { tangential } = criticalCurves(mass, { extent: [-3, 3, -3, 3], shape: [120, 120] });
    expect(tangential.map(({ closed }) => closed)).toEqual([true, true]);
    const areas = einsteinRadiusFrom(mass, { extent: [-3, 3, -3, 3] });
    expect(areas).toBeGreaterThan(0.5);
  });

  test('a lens too weak for any', () => {
    const weak: MassProfile = { type: 'NFWSph', kappaS: 1e-3, scaleRadius: 10 };
    // Its centre is logarithmic, so that there is a curve in truth, of some exp(-500) arcsec.
    expect(criticalCurves(weak)).toEqual({ tangential: [], radial: [] });
    expect(einsteinRadiusFrom(weak)).toBe(0);
  });
});

describe('a lens of everything', () => {
  const { tangential, radial } = criticalCurves(crowd, { extent: [-3, 3, -3, 3], shape: [80, 90] });

  test('every point of every curve is on it, and every curve is closed', () => {
    expect(tangential.length).toBeGreaterThanOrEqual(1);
    expect(radial.length).toBeGreaterThanOrEqual(1);
    for (const { points, closed } of [...tangential, ...radial]) {
      expect(closed).toBe(true);
      for (const mu of magnificationFrom(crowd, points).data) expect(Math.abs(mu)).toBeGreaterThan(1e10);
    }
  });

  test('no chord is further from its curve than the tolerance', () => {
    const coarse = criticalCurves(crowd, { extent: [-3, 3, -3, 3], shape: [80, 90], tolerance: 0.1 });
    expect(coarse.tangential[0].points.shape[0]).toBeLessThan(tangential[0].points.shape[0] / 3);
    const { data } = tangential[0].points;
    const { data: ring } = coarse.tangential[0].points;
    for (let at = 0; at < data.length; at += 2) {
      let least = Number.POSITIVE_INFINITY;
      for (let i = 0; i < ring.length; i += 2) {
        const next = (i + 2) % ring.length;
        least = Math.min(
          least,
          distance([data[at], data[at + 1]], [ring[i], ring[i + 1]], [ring[next], ring[next + 1]]),
        );
      }
      expect(least).toBeLessThan((2 * 0.1 * 6) / 80);
    }
  });

  test('the Einstein radius does not depend on the lattice', () => {
    const radius = einsteinRadiusFrom(crowd);
    for (const shape of [
      [40, 50],
      [150, 130],
    ] as const) {
      expect(Math.abs(einsteinRadiusFrom(crowd, { shape }) / radius - 1)).toBeLessThan(1e-6);
    }
  });

  test('shear and magnification are those of differences of the deflection', () => {
    const grid = real([0.4, 0.9, -1.3, 0.2, 2.1, -1.7], [3, 2]);
    const h = 1e-4;
    const moved = (y: number, x: number) =>
      deflectionsFrom(
        crowd,
        real(
          grid.data.map((at, lane) => at + (lane % 2 === 0 ? y : x)),
          grid.shape,
        ),
      ).data;
    const [up, down, right, left] = [moved(h, 0), moved(-h, 0), moved(0, h), moved(0, -h)];
    const shear = shearFrom(crowd, grid).data;
    const mu = magnificationFrom(crowd, grid).data;
    for (let at = 0; at < 3; at++) {
      const yy = (up[2 * at] - down[2 * at]) / (2 * h);
      const xx = (right[2 * at + 1] - left[2 * at + 1]) / (2 * h);
      const xy = (up[2 * at + 1] - down[2 * at + 1]) / (2 * h);
      expect(shear[2 * at]).toBeCloseTo((xx - yy) / 2, 6);
      expect(shear[2 * at + 1]).toBeCloseTo(xy, 6);
      expect(mu[at] * ((1 - xx) * (1 - yy) - xy * xy)).toBeCloseTo(1, 6);
    }
  });
});

function distance([y, x]: readonly number[], [fromY, fromX]: readonly number[], [toY, toX]: readonly number[]): number {
  const [dy, dx] = [toY - fromY, toX - fromX];
  const part = Math.min(Math.max(((y - fromY) * dy + (x - fromX) * dx) / (dy * dy + dx * dx || 1), 0), 1);
  return Math.hypot(y - fromY - part * dy, x - fromX - part * dx);
}

test('at the centre of a singular profile nothing is magnified', () => {
  expect(magnificationFrom({ type: 'IsothermalSph', einsteinRadius: 1 }, real([0, 0], [1, 2])).data[0]).toBe(0);
});

test('curves that leave the extent are open', () => {
  const { tangential } = criticalCurves({ type: 'IsothermalSph', einsteinRadius: 1 }, { extent: [0.05, 2, -2, 2] });
  expect(tangential.map(({ closed }) => closed)).toEqual([false]);
});

test.each([
  ['extent', { extent: [1, -1, -1, 1] as const }, 'InvalidValue'],
  ['shape', { shape: [1, 10] as const }, 'InvalidValue'],
  ['tolerance', { tolerance: 0 }, 'InvalidValue'],
] as const)('another %s is refused by its name', (name, region, code) => {
  const thrown = thrownBy(() => criticalCurves({ type: 'IsothermalSph', einsteinRadius: 1 }, region));
  expect(thrown).toMatchObject({ code, where: expect.stringContaining(name) });
});

test('an extent that cuts the curve has no Einstein radius, a lens that is strong everywhere no extent', () => {
  const cut = thrownBy(() =>
    einsteinRadiusFrom({ type: 'IsothermalSph', einsteinRadius: 1 }, { extent: [0, 2, -2, 2] }),
  );
  expect(cut).toMatchObject({ code: 'InvalidValue', where: 'einsteinRadiusFrom extent' });
  expect(thrownBy(() => criticalCurves({ type: 'MassSheet', kappa: 1.2 }))).toMatchObject({ code: 'NumericalFailure' });
});

interface GoldenCurves {
  readonly einstein_radius_from: number;
  readonly magnification_2d_via_hessian: readonly number[];
  readonly points: readonly (readonly [number, number])[];
}

/** The lenses of critical.json as wtilde writes them. */
const goldenLenses: Readonly<Record<string, readonly MassProfile[]>> = {
  sis: [{ type: 'IsothermalSph', einsteinRadius: 1.3 }],
  sie: [{ type: 'Isothermal', einsteinRadius: 1.3, axisRatio: 0.7, angle: 0 }],
  A: [{ type: 'Isothermal', centre: [0.043, -0.071], einsteinRadius: 1.6, axisRatio: 0.82, angle: 38 }],
  B: [
    { type: 'Isothermal', centre: [0.043, -0.071], einsteinRadius: 1.45, axisRatio: 0.82, angle: 38 },
    { type: 'ExternalShear', gamma1: 0.04, gamma2: -0.025 },
  ],
  C: [
    { type: 'PowerLaw', centre: [-0.02, 0.03], einsteinRadius: 1.55, slope: 2.15, axisRatio: 0.75, angle: -25 },
    { type: 'ExternalShear', gamma1: -0.03, gamma2: 0.02 },
  ],
  nfw: [{ type: 'NFW', kappaS: 0.4, scaleRadius: 5, ellComps: [-0.07021827598252205, 0.04054054054054055] }],
};

testWithGoldenJson('pyautolens/critical.json', 'Einstein radii and magnifications of PyAutoLens', (json) => {
  const golden: Readonly<Record<string, GoldenCurves>> = Object(json);
  for (const [name, mass] of Object.entries(goldenLenses)) {
    const { einstein_radius_from, magnification_2d_via_hessian, points } = golden[name];
    // Its marching squares on cells of 0.05 arcsec are good to 1e-3; of a sphere of 1.3 it says 1.30007.
    expect(Math.abs(einsteinRadiusFrom(mass) - einstein_radius_from), name).toBeLessThan(1e-3);
    const grid = real(points.flat(), [points.length, 2]);
    magnificationFrom(mass, grid).data.forEach((mu, at) => {
      // Its Hessian is one of differences, over 0.01 arcsec.
      expect(Math.abs(mu / magnification_2d_via_hessian[at] - 1), `${name} ${at}`).toBeLessThan(0.02);
    });
  }
});
