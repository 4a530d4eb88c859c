import { implement, kernels } from '@wtilde/core-types';
import { constantGraph, logDetWeightedGraph } from '../math/regularization.js';

export const logDetConstantRegularizationMatrixFrom = implement(kernels.logDetConstantRegularizationMatrixFrom, {
  direct: {
    cost: ({ S }) => ({ flops: (2 * S ** 3) / 3, bytes: 8 * S * S }),
    run: ({ coefficient, neighbors, neighborsSizes }) =>
      logDetWeightedGraph(constantGraph(coefficient, neighbors, neighborsSizes)),
  },
});
