import { real } from '@wtilde/core-types';
import { expect } from 'vitest';
import { convergenceFrom, deflectionsFrom, type MassProfile, potentialFrom } from '../../src/index.js';
import { testWithGoldenJson } from '../golden.js';

interface GoldenProfile {
  readonly deflections_yx_2d: readonly (readonly [number, number])[];
  readonly convergence_2d: readonly number[];
  readonly potential_2d: readonly number[] | null;
  readonly 'self.max|grad psi-alpha|'?: number;
}

const centre = [0.06, -0.04] as const;
const ellComps = [0.16582810955045443, 0.060356495881000394] as const;
const round = { centre } as const;
const ellipse = { centre, ellComps } as const;
const powerLaw = { einsteinRadius: 1.3, slope: 2.2 } as const;
const light = { massToLightRatio: 1.9, intensity: 0.7 } as const;
const sersic = { ...light, effectiveRadius: 0.8, sersicIndex: 3 } as const;
const halo = { kappaS: 0.15, scaleRadius: 5 } as const;
const broken = { einsteinRadius: 1.3, innerSlope: 1.5, outerSlope: 2.4, breakRadius: 0.5 } as const;
const multipole = { ...round, einsteinRadius: 1.3, slope: 2.2, sine: 0.05, cosine: -0.03 } as const;

/**
 * The profiles of profiles.json as wtilde writes them, with how far its deflections may be from ours as a part of the
 * largest: more than 1e-12 where they are sums of Gaussians or series there. Ours are compared with integrals in 28
 * digits in densities.json.
 */
const profiles: Readonly<Record<string, readonly [MassProfile, number]>> = {
  IsothermalSph: [{ type: 'IsothermalSph', ...round, einsteinRadius: 1.3 }, 1e-12],
  Isothermal: [{ type: 'Isothermal', ...ellipse, einsteinRadius: 1.3 }, 1e-12],
  IsothermalCore: [{ type: 'Isothermal', ...ellipse, einsteinRadius: 1.3, coreRadius: 0.2 }, 1e-12],
  IsothermalCoreSph: [{ type: 'IsothermalSph', ...round, einsteinRadius: 1.3, coreRadius: 0.2 }, 1e-12],
  'PowerLaw_2.2': [{ type: 'PowerLaw', ...ellipse, ...powerLaw }, 1e-12],
  'PowerLaw_1.7': [{ type: 'PowerLaw', ...ellipse, einsteinRadius: 1.3, slope: 1.7 }, 1e-12],
  PowerLawSph: [{ type: 'PowerLawSph', ...round, ...powerLaw }, 1e-12],
  PowerLawCore: [{ type: 'PowerLawCore', ...ellipse, ...powerLaw, coreRadius: 0.2 }, 1e-12],
  PowerLawCoreSph: [{ type: 'PowerLawCore', ...round, ...powerLaw, coreRadius: 0.2 }, 1e-12],
  PowerLawBroken: [{ type: 'PowerLawBroken', ...ellipse, ...broken }, 1e-6],
  PowerLawBrokenSph: [{ type: 'PowerLawBroken', ...round, ...broken }, 1e-12],
  PowerLawMultipole_m1: [{ type: 'PowerLawMultipole1', ...multipole }, 1e-12],
  PowerLawMultipole_m3: [{ type: 'PowerLawMultipole3', ...multipole }, 1e-12],
  PowerLawMultipole_m4: [{ type: 'PowerLawMultipole4', ...multipole }, 1e-12],
  PowerLawMultipole_m4_iso: [{ type: 'PowerLawMultipole4', ...multipole, slope: 2 }, 1e-12],
  NFW: [{ type: 'NFW', ...ellipse, ...halo }, 1e-12],
  NFWSph: [{ type: 'NFWSph', ...round, ...halo }, 1e-12],
  NFW_small_rs: [{ type: 'NFW', ...ellipse, kappaS: 0.4, scaleRadius: 0.9 }, 1e-12],
  gNFW: [{ type: 'GNFW', ...ellipse, ...halo, innerSlope: 1.4 }, 1e-4],
  gNFWSph: [{ type: 'GNFW', ...round, ...halo, innerSlope: 1.4 }, 1e-4],
  cNFW: [{ type: 'CNFW', ...ellipse, ...halo, coreRadius: 0.3 }, 2e-4],
  cNFWSph: [{ type: 'CNFW', ...round, ...halo, coreRadius: 0.3 }, 1e-12],
  NFWTruncatedSph: [{ type: 'NFWTruncated', ...round, kappaS: 0.15, scaleRadius: 1.5, truncationRadius: 3 }, 1e-12],
  PointMass: [{ type: 'PointMass', ...round, einsteinRadius: 1.3 }, 1e-12],
  ExternalShear: [{ type: 'ExternalShear', gamma1: 0.05, gamma2: -0.03 }, 1e-12],
  MassSheet: [{ type: 'MassSheet', ...round, kappa: 0.2 }, 1e-12],
  Sersic: [{ type: 'SersicMass', ...ellipse, ...sersic }, 1e-6],
  SersicSph: [{ type: 'SersicMass', ...round, ...sersic }, 1e-6],
  SersicGradient: [{ type: 'SersicMass', ...ellipse, ...sersic, massToLightGradient: 0.4 }, 1e-4],
  Exponential: [{ type: 'ExponentialMass', ...ellipse, ...light, effectiveRadius: 0.8 }, 2e-5],
  DevVaucouleurs: [{ type: 'DevVaucouleursMass', ...ellipse, ...light, effectiveRadius: 0.8 }, 1e-5],
  Gaussian: [{ type: 'GaussianMass', ...ellipse, ...light, sigma: 0.6 }, 1e-5],
  Chameleon: [{ type: 'ChameleonMass', ...ellipse, ...light, coreRadius0: 0.1, coreRadius1: 0.6 }, 1e-12],
  dPIEMass: [{ type: 'DPIE', ...ellipse, ra: 0.1, rs: 2, b0: 1.1 }, 1e-12],
  dPIEMassSph: [{ type: 'DPIE', ...round, ra: 0.1, rs: 2, b0: 1.1 }, 1e-12],
};

testWithGoldenJson('pyautolens/profiles.json', 'mass profiles of PyAutoLens', (json) => {
  const golden: {
    readonly grid: readonly (readonly [number, number])[];
    readonly mass: Readonly<Record<string, GoldenProfile>>;
  } = Object(json);
  const grid = real(golden.grid.flat(), [golden.grid.length, 2]);
  for (const [name, [profile, within]] of Object.entries(profiles)) {
    const expected = golden.mass[name];
    const { data } = deflectionsFrom(profile, grid);
    const sizes = expected.deflections_yx_2d.map(([y, x]) => Math.hypot(y, x));
    const errors = expected.deflections_yx_2d.map(([y, x], at) => Math.hypot(data[2 * at] - y, data[2 * at + 1] - x));
    expect(Math.max(...errors) / Math.max(...sizes), `${name} deflections`).toBeLessThan(within);
    // Theirs of a halo with a core is a placeholder of zeros.
    if (!name.startsWith('cNFW')) {
      const kappa = convergenceFrom(profile, grid).data;
      const worst = Math.max(...expected.convergence_2d.map((value, at) => Math.abs(kappa[at] - value)));
      expect(worst, `${name} convergence`).toBeLessThan(1e-10);
    }
    // Theirs are potentials where their gradient is the deflection, up to a constant.
    if (expected.potential_2d !== null && (expected['self.max|grad psi-alpha|'] ?? 1) < 1e-5) {
      const psi = potentialFrom(profile, grid).data;
      const [first] = expected.potential_2d;
      const worst = Math.max(...expected.potential_2d.map((value, at) => Math.abs(psi[at] - psi[0] - (value - first))));
      expect(worst, `${name} potential`).toBeLessThan(1e-9);
    }
  }
});
