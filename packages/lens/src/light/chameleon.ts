import { profileKind } from '../profile/kind.js';
import { wholeSky } from '../profile/lengths.js';
import type { LightLaw } from './law.js';

/** The difference of two isothermal ellipsoids with cores, much like a Sersic profile. */
export const chameleon = profileKind({
  doc: 'chameleon: the difference of two isothermal ellipsoids, much like a Sersic profile; ChameleonMass is its mass',
  formula: 'intensity / (1+q) (1/sqrt(r^2 + c0^2) - 1/sqrt(r^2 + c1^2)), r^2 = x^2 + y^2/q^2, c = 2 coreRadius / (1+q)',
  source: 'Dutton et al. 2011; Suyu et al. 2014',
  symmetry: 'elliptical',
  parameters: {
    intensity: { doc: 'brightness at 1 arcsec of either of both', minimum: 0 },
    coreRadius0: { doc: 'smaller core in arcsec', unit: 'arcsec', minimum: 1e-6, maximum: wholeSky },
    coreRadius1: { doc: 'larger core in arcsec', unit: 'arcsec', minimum: 1e-6, maximum: wholeSky },
  },
  prepare({ intensity, coreRadius0, coreRadius1 }, q): LightLaw {
    const [c0, c1] = [(2 * coreRadius0) / (1 + q), (2 * coreRadius1) / (1 + q)];
    return (x, y) => {
      const [A, B] = [Math.hypot(c0, x, y / q), Math.hypot(c1, x, y / q)];
      // Their difference without cancellation.
      return ((intensity / (1 + q)) * ((c1 - c0) / A) * ((c1 + c0) / B)) / (A + B);
    };
  },
});
