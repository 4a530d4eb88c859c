import { type MassLaw, massKind } from './law.js';

/** A sheet of constant density. */
export const massSheet = massKind({
  doc: 'sheet of constant density',
  formula: 'deflection = kappa (x, y)',
  source: 'Falco, Gorenstein & Shapiro 1985',
  symmetry: 'circular',
  parameters: { kappa: { doc: 'convergence of the sheet' } },
  prepare: ({ kappa }): MassLaw<'kappa'> => ({
    deflect(x, y, out) {
      out[0] = kappa * x;
      out[1] = kappa * y;
    },
    convergence: () => kappa,
    potential: (x, y) => (kappa / 2) * (x * x + y * y),
    adjoint: (x, y, alongX, alongY) => ({
      x: kappa * alongX,
      y: kappa * alongY,
      kappa: alongX * x + alongY * y,
    }),
  }),
});
