import { implement, kernels } from '@wtilde/core-types';
import { logDetWeightedGraph } from '../math/regularization.js';

export const logDetWeightedRegularizationMatrixFrom = implement(kernels.logDetWeightedRegularizationMatrixFrom, {
  direct: {
    cost: ({ S }) => ({ flops: (2 * S ** 3) / 3, bytes: 8 * S * S }),
    run: (graph) => logDetWeightedGraph(graph),
  },
});
