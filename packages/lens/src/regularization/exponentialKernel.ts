import { scale } from './gaussianKernel.js';
import { kernelPrior } from './kernelPrior.js';
import { coefficient, regularizationKind } from './kind.js';

/** A Gaussian process with an exponential correlation. */
export const exponentialKernel = regularizationKind({
  doc: 'a Gaussian process with an exponential correlation: continuous, with no slope anywhere',
  formula: 'H = coefficient C^-1, C_ij = exp(-d_ij / scale), + 1e-8 on the diagonal',
  source: 'Vernardos & Koopmans 2022',
  upstream: 'ExponentialKernel',
  parameters: { coefficient, scale },
  prior: ({ coefficient, scale }, mesh) =>
    kernelPrior(
      {
        names: ['scale'],
        values: [2, scale],
        at: (distance) => Math.exp(-distance / scale),
        derivatives(distance, out) {
          const value = Math.exp(-distance / scale);
          out[0] = -value / scale;
          out[1] = (distance / (scale * scale)) * value;
        },
      },
      coefficient,
      mesh,
    ),
});
