import { implement, kernels, real } from '@wtilde/core-types';
import { regularizationMatrix } from '../math/regularization.js';

export const constantRegularizationMatrixFrom = implement(kernels.constantRegularizationMatrixFrom, {
  direct: {
    cost: ({ S, P }) => ({ flops: S * (P + 2), bytes: 8 * S * S + 4 * S * P }),
    run: ({ coefficient, neighbors, neighborsSizes }, { sizes: { S } }) =>
      real(regularizationMatrix(coefficient, neighbors, neighborsSizes), [S, S]),
  },
});
