import { adaptParameters, adaptWeights } from './adaptWeights.js';
import { scale } from './gaussianKernel.js';
import { kernelPrior } from './kernelPrior.js';
import { type CovariancePrior, type MatrixPrior, regularizationKind } from './kind.js';
import { maternCorrelation } from './maternCorrelation.js';
import { nu } from './maternKernel.js';

/** A Matern process that is wider where the source is bright. */
export const maternAdaptKernel = regularizationKind({
  doc: 'a Gaussian process with a Matern correlation, looser where the source is bright',
  formula:
    'H = C^-1, C_ij = matern(d_ij) / (w_i w_j), + 1e-8 on the diagonal, w = (innerCoefficient p + outerCoefficient (1 - p))^2',
  source: 'Nightingale et al. 2021',
  upstream: 'MaternAdaptKernel',
  needs: 'an adapt image',
  parameters: { scale, nu, ...adaptParameters },
  prior({ scale, nu, ...adapt }, mesh) {
    const weights = adaptWeights(adapt, 2, mesh, 'maternAdaptKernel');
    const { key, covariance, inverted } = kernelPrior(maternCorrelation(scale, nu), 1, mesh, weights.values);
    return {
      key,
      covariance,
      inverted(...made: Parameters<CovariancePrior['inverted']>) {
        const prior = inverted(...made);
        return {
          ...prior,
          pull(...by: Parameters<MatrixPrior['pull']>) {
            const { parameters, vertices, scales } = prior.pullScales(...by);
            const pulled = weights.pull(scales);
            return {
              parameters: { scale: parameters.scale, nu: parameters.nu, ...pulled.parameters },
              vertices,
              mapping: pulled.mapping,
            };
          },
        };
      },
    };
  },
});
