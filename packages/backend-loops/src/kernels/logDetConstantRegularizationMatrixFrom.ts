import { implement, kernels } from '@wtilde/core-types';
import { constantGraph } from '@wtilde/numerics';
import { logDetWeightedGraph } from '../linalg/groundedLaplacian.js';

export const logDetConstantRegularizationMatrixFrom = implement(kernels.logDetConstantRegularizationMatrixFrom, {
  /** Sparse elimination without subtractions. */
  sparse: {
    cost: ({ S, P }) => ({ flops: S * (P + Math.sqrt(S)) ** 2, bytes: 4 * S * P }),
    run({ coefficient, neighbors, neighborsSizes }, { sizes: { S } }) {
      const graph = { order: S, neighbors: neighbors.data, sizes: neighborsSizes.data };
      return logDetWeightedGraph(constantGraph(coefficient, graph));
    },
  },
});
