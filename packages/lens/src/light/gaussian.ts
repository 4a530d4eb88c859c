import { profileKind } from '../profile/kind.js';
import type { LightLaw } from './law.js';

/** A Gaussian. */
export const gaussian = profileKind({
  doc: 'Gaussian',
  formula: 'intensity exp(-r^2 / (2 sigma^2)), r = sqrt(q x^2 + y^2 / q)',
  source: 'by definition',
  symmetry: 'elliptical',
  parameters: {
    intensity: { doc: 'surface brightness at the centre', minimum: 0 },
    sigma: { doc: 'standard deviation in arcsec, geometric mean of both axes', above: 0 },
  },
  prepare:
    ({ intensity, sigma }, q): LightLaw =>
    (x, y) =>
      intensity * Math.exp(-(q * x * x + (y * y) / q) / (2 * sigma * sigma)),
});
