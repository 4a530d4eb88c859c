import { implement, kernels, real } from '@wtilde/core-types';
import { matrixOfGraph, weightedGraphOf } from '../evidence/weightedGraph.js';

export const weightedRegularizationMatrixFrom = implement(kernels.weightedRegularizationMatrixFrom, {
  scatter: {
    cost: ({ S, P }) => ({ flops: S * (2 * P + 1), bytes: 8 * S * S + 12 * S * P }),
    run: (args, { sizes: { S } }) => real(matrixOfGraph(weightedGraphOf(args)), [S, S]),
  },
});
