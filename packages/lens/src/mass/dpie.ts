import { wholeSky } from '../profile/lengths.js';
import { ellipticalLaw, withParameters } from './ellipticalLaw.js';
import { massKind } from './law.js';
import type { RadialDensity } from './radialDensity.js';

/** Dual pseudo isothermal ellipsoid, of elliptical density. */
export const dpie = massKind({
  doc: 'dual pseudo isothermal ellipsoid: isothermal from ra to rs, of finite mass',
  formula: 'kappa = b0/2 rs/(rs-ra) (1/sqrt(ra^2 + r^2) - 1/sqrt(rs^2 + r^2)), r = (1+q)/2 sqrt(x^2 + y^2/q^2)',
  source: 'Kassiola & Kovner 1993; Elíasdóttir et al. 2007',
  symmetry: 'elliptical',
  parameters: {
    b0: {
      doc: 'strength in arcsec: the Einstein radius without core and truncation',
      unit: 'arcsec',
      minimum: 0,
      maximum: wholeSky,
    },
    ra: { doc: 'radius of the core in arcsec', unit: 'arcsec', minimum: 1e-6, maximum: wholeSky },
    rs: {
      doc: 'radius in arcsec beyond which the density falls steeply',
      unit: 'arcsec',
      minimum: 1e-6,
      maximum: wholeSky,
    },
  },
  prepare({ b0, ra, rs }, q) {
    const ratio = ra / rs;
    const unit = (1 + ratio) / (2 * rs);
    const amplitude = unit * b0;
    return withParameters(ellipticalLaw(betweenCores(ratio), amplitude, (2 * rs) / (1 + q), q), (by) => {
      const byRatio = by.shape[0] + (by.amplitude * b0) / (2 * rs);
      return {
        b0: by.amplitude * unit,
        ra: byRatio / rs,
        rs: (2 * by.scale) / (1 + q) - (by.amplitude * amplitude + byRatio * ratio) / rs,
        axisRatio: by.axisRatio - (by.scale * 2 * rs) / (1 + q) ** 2,
      };
    });
  },
});

/** The difference of two isothermal ellipsoids with cores. */
export const chameleonMass = massKind({
  doc: 'mass of chameleon light: the difference of two isothermal ellipsoids, much like a Sersic profile',
  formula:
    'kappa = massToLightRatio intensity / (1+q) (1/sqrt(r^2 + c0^2) - 1/sqrt(r^2 + c1^2)), r^2 = x^2 + y^2/q^2, c = 2 coreRadius / (1+q)',
  source: 'Dutton et al. 2011; Suyu et al. 2014',
  symmetry: 'elliptical',
  parameters: {
    massToLightRatio: { doc: 'convergence for every unit of surface brightness', minimum: 0 },
    intensity: { doc: 'intensity as chameleon light has it', minimum: 0 },
    coreRadius0: { doc: 'smaller core in arcsec', unit: 'arcsec', minimum: 1e-6, maximum: wholeSky },
    coreRadius1: { doc: 'larger core in arcsec', unit: 'arcsec', minimum: 1e-6, maximum: wholeSky },
  },
  prepare({ massToLightRatio, intensity, coreRadius0, coreRadius1 }, q) {
    const ratio = coreRadius0 / coreRadius1;
    const unit = ((1 - ratio) * (1 + ratio)) / (2 * coreRadius1);
    const amplitude = unit * massToLightRatio * intensity;
    const law = ellipticalLaw(betweenCores(ratio), amplitude, (2 * coreRadius1) / (1 + q), q);
    return withParameters(law, (by) => {
      const byRatio = by.shape[0] - (by.amplitude * massToLightRatio * intensity * ratio) / coreRadius1;
      return {
        massToLightRatio: by.amplitude * unit * intensity,
        intensity: by.amplitude * unit * massToLightRatio,
        coreRadius0: byRatio / coreRadius1,
        coreRadius1: (2 * by.scale) / (1 + q) - (by.amplitude * amplitude + byRatio * ratio) / coreRadius1,
        axisRatio: by.axisRatio - (by.scale * 2 * coreRadius1) / (1 + q) ** 2,
      };
    });
  },
});

/**
 * 1 / (A B (A + B)) with A^2 = a^2 + z^2, B^2 = 1 + z^2: the difference 1/A - 1/B over (1-a) (1+a), of which nothing
 * cancels, neither far out nor for cores that are alike.
 */
function betweenCores(a: number): RadialDensity {
  return {
    shapes: 1,
    cored: true,
    convergence(z) {
      const [A, B] = [Math.hypot(a, z), Math.hypot(1, z)];
      return 1 / (A * B * (A + B));
    },
    rates(z, out) {
      const [A, B] = [Math.hypot(a, z), Math.hypot(1, z)];
      const value = 1 / (A * B * (A + B));
      const [zA, zB] = [z / A, z / B];
      out[0] = value;
      out[1] = -value * (zA * zA + zB * zB + zA * zB);
      out[2] = -value * (a / A) * (1 / A + 1 / (A + B));
    },
  };
}
