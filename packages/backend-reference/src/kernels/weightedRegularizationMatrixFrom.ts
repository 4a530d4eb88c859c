import { implement, kernels, real } from '@wtilde/core-types';
import { weightedRegularizationMatrix } from '../math/regularization.js';

export const weightedRegularizationMatrixFrom = implement(kernels.weightedRegularizationMatrixFrom, {
  direct: {
    cost: ({ S, P }) => ({ flops: S * (2 * P + 1), bytes: 8 * S * S + 12 * S * P }),
    run: (graph, { sizes: { S } }) => real(weightedRegularizationMatrix(graph), [S, S]),
  },
});
