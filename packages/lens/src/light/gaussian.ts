import { profileKind } from '../profile/kind.js';
import { wholeSky } from '../profile/lengths.js';
import type { LightLaw } from './law.js';

/** A Gaussian, elliptical as in PyAutoLens: sigma is that of the minor axis, which is q times that of the major one. */
export const gaussian = profileKind({
  doc: 'Gaussian',
  formula: 'intensity exp(-(q^2 x^2 + y^2) / (2 sigma^2))',
  source: "by definition; the ellipse of PyAutoLens' Gaussian",
  symmetry: 'elliptical',
  parameters: {
    intensity: { doc: 'surface brightness at the centre', minimum: 0 },
    sigma: { doc: 'standard deviation in arcsec along the minor axis', unit: 'arcsec', above: 0, maximum: wholeSky },
  },
  prepare:
    ({ intensity, sigma }, q): LightLaw =>
    (x, y) =>
      intensity * Math.exp(-(((q * x) / sigma) ** 2 + (y / sigma) ** 2) / 2),
});
