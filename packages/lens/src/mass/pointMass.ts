import { wholeSky } from '../profile/lengths.js';
import { type MassLaw, massKind, massless } from './law.js';

/** A point mass. Its deflection is infinite at its place, where 0 is given: the mean of all directions. */
export const pointMass = massKind({
  doc: 'point mass',
  formula: 'deflection = einsteinRadius^2 / r',
  source: 'Schneider, Ehlers & Falco 1992',
  symmetry: 'circular',
  parameters: {
    einsteinRadius: { doc: 'Einstein radius in arcsec', unit: 'arcsec', minimum: 0, maximum: wholeSky },
  },
  prepare: ({ einsteinRadius }): MassLaw<'einsteinRadius'> => ({
    ...(einsteinRadius === 0
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
        }),
    adjoint(x, y, alongX, alongY) {
      const radius = Math.hypot(x, y);
      if (radius === 0) return { x: 0, y: 0, einsteinRadius: 0 };
      const [cosine, sine] = [x / radius, y / radius];
      const outward = alongX * cosine + alongY * sine;
      const size = einsteinRadius / radius;
      return {
        x: size * size * (alongX - 2 * outward * cosine),
        y: size * size * (alongY - 2 * outward * sine),
        einsteinRadius: 2 * size * outward,
      };
    },
  }),
});
