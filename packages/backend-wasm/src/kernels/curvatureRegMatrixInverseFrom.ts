import { implement, kernels, real } from '@wtilde/core-types';
import { inSources, regularizationOfMatrix } from '@wtilde/numerics';
import type { Engine } from '../engine/engine.js';
import { factorEvidence } from '../linalg/factorEvidence.js';
import { inverseOfFactor } from '../linalg/inverse.js';

export const curvatureRegMatrixInverseFrom = (engine: Engine) =>
  implement(kernels.curvatureRegMatrixInverseFrom, {
    cholesky: {
      cost: ({ S }) => ({ flops: S ** 3, bytes: 40 * S * S }),
      run: ({ curvatureMatrix, regularizationMatrix }, { sizes: { S } }) =>
        engine.scoped((arena) => {
          const matrix = arena.putF64(curvatureMatrix.data);
          const regularization = regularizationOfMatrix(S, regularizationMatrix.data);
          const factored = factorEvidence(engine, arena, matrix, regularization);
          inverseOfFactor(engine, factored.factor, matrix);
          const inverse = engine.heap.copyF64(matrix, S * S);
          inSources(inverse, factored);
          return real(inverse, [S, S]);
        }),
    },
  });
