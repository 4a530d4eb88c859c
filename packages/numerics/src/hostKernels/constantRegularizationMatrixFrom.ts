import { implement, kernels, real } from '@wtilde/core-types';
import { constantRegularizationMatrix } from '../evidence/constantRegularization.js';

export const constantRegularizationMatrixFrom = implement(kernels.constantRegularizationMatrixFrom, {
  scatter: {
    cost: ({ S, P }) => ({ flops: S * (P + 2), bytes: 8 * S * S + 4 * S * P }),
    run({ coefficient, neighbors, neighborsSizes }, { sizes: { S } }) {
      const graph = { order: S, neighbors: neighbors.data, sizes: neighborsSizes.data };
      return real(constantRegularizationMatrix(coefficient, graph), [S, S]);
    },
  },
});
