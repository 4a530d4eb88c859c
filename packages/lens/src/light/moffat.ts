import { profileKind } from '../profile/kind.js';
import { wholeSky } from '../profile/lengths.js';
import type { LightLaw } from './law.js';

/** A core and a power law, as stars seen through air have it. */
export const moffat = profileKind({
  doc: "Moffat's profile",
  formula: 'intensity (1 + (q^2 x^2 + y^2) / alpha^2)^-beta',
  source: 'Moffat 1969',
  symmetry: 'elliptical',
  parameters: {
    intensity: { doc: 'surface brightness at the centre', minimum: 0 },
    alpha: { doc: 'radius of the core in arcsec, along the minor axis', unit: 'arcsec', above: 0, maximum: wholeSky },
    beta: { doc: 'half of the slope far out', above: 0 },
  },
  prepare:
    ({ intensity, alpha, beta }, q): LightLaw =>
    (x, y) =>
      intensity * Math.exp(-beta * Math.log1p((q * (x / alpha)) ** 2 + (y / alpha) ** 2)),
});

/** Elson, Freeman and Fall's profile of young clusters. */
export const elsonFreeFall = profileKind({
  doc: "Elson, Freeman and Fall's profile",
  formula: 'intensity (1 + (r / effectiveRadius)^2)^-eta, r = sqrt(q x^2 + y^2 / q)',
  source: 'Elson, Fall & Freeman 1987',
  symmetry: 'elliptical',
  parameters: {
    intensity: { doc: 'surface brightness at the centre', minimum: 0 },
    effectiveRadius: { doc: 'radius of the core in arcsec', unit: 'arcsec', above: 0, maximum: wholeSky },
    eta: { doc: 'half of the slope far out', above: 0 },
  },
  prepare:
    ({ intensity, effectiveRadius, eta }, q): LightLaw =>
    (x, y) =>
      intensity * Math.exp(-eta * Math.log1p(q * (x / effectiveRadius) ** 2 + (y / effectiveRadius) ** 2 / q)),
});
