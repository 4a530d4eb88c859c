import { type MassLaw, massKind } from './law.js';

/** Shear by mass far outside. Its magnitude is hypot(gamma1, gamma2), its angle atan2(gamma2, gamma1) / 2. */
export const externalShear = massKind({
  doc: 'shear by mass far outside',
  formula: 'potential = gamma1/2 (x^2 - y^2) + gamma2 x y',
  source: 'Schneider, Ehlers & Falco 1992',
  symmetry: 'circular',
  parameters: {
    gamma1: { doc: 'shear along the axes', default: 0 },
    gamma2: { doc: 'shear along the diagonals', default: 0 },
  },
  prepare: ({ gamma1, gamma2 }): MassLaw<'gamma1' | 'gamma2'> => ({
    deflect(x, y, out) {
      out[0] = gamma1 * x + gamma2 * y;
      out[1] = gamma2 * x - gamma1 * y;
    },
    convergence: () => 0,
    potential: (x, y) => (gamma1 / 2) * (x * x - y * y) + gamma2 * x * y,
    adjoint: (x, y, alongX, alongY) => ({
      x: gamma1 * alongX + gamma2 * alongY,
      y: gamma2 * alongX - gamma1 * alongY,
      gamma1: alongX * x - alongY * y,
      gamma2: alongX * y + alongY * x,
    }),
  }),
});
