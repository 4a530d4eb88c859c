import { implement, kernels } from '@wtilde/core-types';
import { weightedGraphOf } from '@wtilde/numerics';
import type { Engine } from '../engine/engine.js';
import { logDetWeightedGraph } from '../linalg/groundedLaplacian.js';

export const logDetWeightedRegularizationMatrixFrom = (engine: Engine) =>
  implement(kernels.logDetWeightedRegularizationMatrixFrom, {
    /** Sparse elimination without subtractions. */
    sparse: {
      cost: ({ S, P }) => ({ flops: S * (P + Math.sqrt(S)) ** 2, bytes: 12 * S * P }),
      run: (args) => logDetWeightedGraph(engine, weightedGraphOf(args)),
    },
  });
