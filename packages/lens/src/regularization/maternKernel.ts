import { scale } from './gaussianKernel.js';
import { kernelPrior } from './kernelPrior.js';
import { coefficient, regularizationKind } from './kind.js';
import { maternCorrelation } from './maternCorrelation.js';

/** The parameter that says how smooth a Matern process is. */
export const nu = {
  doc: 'how smooth the source is: 1/2 as exponentialKernel, towards gaussianKernel where it is large',
  minimum: 0.05,
  maximum: 20,
} as const;

/** A Gaussian process with a Matern correlation. */
export const maternKernel = regularizationKind({
  doc: 'a Gaussian process with a Matern correlation of any nu',
  formula:
    'H = coefficient C^-1, C_ij = 2^(1-nu) / Gamma(nu) z^nu K_nu(z), z = sqrt(2 nu) d_ij / scale, + 1e-8 on the diagonal',
  source: 'Vernardos & Koopmans 2022; Rasmussen & Williams 2006',
  upstream: 'MaternKernel',
  parameters: { coefficient, scale, nu },
  prior: ({ coefficient, scale, nu }, mesh) => kernelPrior(maternCorrelation(scale, nu), coefficient, mesh),
});
