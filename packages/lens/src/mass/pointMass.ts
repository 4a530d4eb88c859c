import { profileKind } from '../profile/kind.js';
import type { MassLaw } from './law.js';

/** A point mass. Its deflection is infinite at its place, where 0 is given: the mean of all directions. */
export const pointMass = profileKind({
  doc: 'point mass',
  formula: 'deflection = einsteinRadius^2 / r',
  source: 'Schneider, Ehlers & Falco 1992',
  symmetry: 'circular',
  parameters: { einsteinRadius: { doc: 'Einstein radius in arcsec', minimum: 0 } },
  prepare: ({ einsteinRadius }): MassLaw => ({
    deflect(x, y, out) {
      const squared = x * x + y * y;
      const factor = squared === 0 ? 0 : einsteinRadius ** 2 / squared;
      out[0] = factor * x;
      out[1] = factor * y;
    },
    convergence: (x, y) => (x === 0 && y === 0 ? Number.POSITIVE_INFINITY : 0),
    potential: (x, y) => einsteinRadius ** 2 * Math.log(Math.hypot(x, y)),
  }),
});
