import { implement, kernels, real } from '@wtilde/core-types';
import { weightedGraphOf } from '@wtilde/numerics';
import type { Engine } from '../engine/engine.js';
import { graphDerivatives } from '../linalg/graphDerivatives.js';

export const logDetWeightedRegularizationMatrixDerivativesFrom = (engine: Engine) =>
  implement(kernels.logDetWeightedRegularizationMatrixDerivativesFrom, {
    /** Sparse elimination without subtractions, and back. */
    sparse: {
      cost: ({ S, P }) => ({ flops: 4 * S * (P + Math.sqrt(S)) ** 2, bytes: 20 * S * P + 16 * S ** 1.5 }),
      run(args) {
        const { byWeights, byDiagonal } = graphDerivatives(engine, weightedGraphOf(args));
        return { byWeights: real(byWeights, args.neighbors.shape), byDiagonal: real(byDiagonal) };
      },
    },
  });
