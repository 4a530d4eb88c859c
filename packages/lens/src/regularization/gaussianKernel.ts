import { kernelPrior } from './kernelPrior.js';
import { coefficient, regularizationKind } from './kind.js';

/** The parameter that every kernel has. */
export const scale = {
  doc: 'distance in arcsec over which the source is alike',
  unit: 'arcsec',
  above: 0,
} as const;

/** A Gaussian process with a Gaussian correlation. */
export const gaussianKernel = regularizationKind({
  doc: 'a Gaussian process with a Gaussian correlation: infinitely smooth, nearly singular where scale is beyond the mesh',
  formula: 'H = coefficient C^-1, C_ij = exp(-d_ij^2 / (2 scale^2)), + 1e-8 on the diagonal',
  source: 'Vernardos & Koopmans 2022',
  upstream: 'GaussianKernel',
  parameters: { coefficient, scale },
  prior: ({ coefficient, scale }, mesh) =>
    kernelPrior(
      {
        names: ['scale'],
        values: [1, scale],
        at: (distance) => Math.exp(-0.5 * (distance / scale) ** 2),
        derivatives(distance, out) {
          const z = distance / scale;
          const value = Math.exp(-0.5 * z * z);
          out[0] = (-z / scale) * value;
          out[1] = ((z * z) / scale) * value;
        },
      },
      coefficient,
      mesh,
    ),
});
