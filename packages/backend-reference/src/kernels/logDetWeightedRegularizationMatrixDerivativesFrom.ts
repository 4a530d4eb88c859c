import { implement, kernels } from '@wtilde/core-types';
import { graphDerivatives } from '../math/derivatives.js';

export const logDetWeightedRegularizationMatrixDerivativesFrom = implement(
  kernels.logDetWeightedRegularizationMatrixDerivativesFrom,
  {
    direct: {
      cost: ({ S, P }) => ({ flops: S ** 3 + 20 * S * P, bytes: 40 * S * S + 20 * S * P }),
      run: (args) => graphDerivatives(args),
    },
  },
);
