import { implement, kernels, real } from '@wtilde/core-types';
import { graphDerivatives, weightedGraphOf } from '@wtilde/numerics';

export const logDetWeightedRegularizationMatrixDerivativesFrom = implement(
  kernels.logDetWeightedRegularizationMatrixDerivativesFrom,
  {
    /** Sparse elimination without subtractions, and back. */
    sparse: {
      cost: ({ S, P }) => ({ flops: 4 * S * (P + Math.sqrt(S)) ** 2, bytes: 20 * S * P + 16 * S ** 1.5 }),
      run(args) {
        const { byWeights, byDiagonal } = graphDerivatives(weightedGraphOf(args));
        return { byWeights: real(byWeights, args.neighbors.shape), byDiagonal: real(byDiagonal) };
      },
    },
  },
);
