import { profileKind } from '../profile/kind.js';
import { wholeSky } from '../profile/lengths.js';
import { type MassLaw, massless } from './law.js';

/** A point mass. Its deflection is infinite at its place, where 0 is given: the mean of all directions. */
export const pointMass = profileKind({
  doc: 'point mass',
  formula: 'deflection = einsteinRadius^2 / r',
  source: 'Schneider, Ehlers & Falco 1992',
  symmetry: 'circular',
  parameters: { einsteinRadius: { doc: 'Einstein radius in arcsec', minimum: 0, maximum: wholeSky } },
  prepare: ({ einsteinRadius }): MassLaw =>
    einsteinRadius === 0
      ? massless
      : {
          deflect(x, y, out) {
            const radius = Math.hypot(x, y);
            const size = radius === 0 ? 0 : einsteinRadius * (einsteinRadius / radius);
            out[0] = radius === 0 ? 0 : size * (x / radius);
            out[1] = radius === 0 ? 0 : size * (y / radius);
          },
          convergence: (x, y) => (x === 0 && y === 0 ? Number.POSITIVE_INFINITY : 0),
          potential: (x, y) => einsteinRadius ** 2 * Math.log(Math.hypot(x, y)),
        },
});
