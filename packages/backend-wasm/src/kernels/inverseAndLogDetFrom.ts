import { implement, kernels, real } from '@wtilde/core-types';
import type { Engine } from '../engine/engine.js';
import { factorDiagonal, factorPacked, packedLength, packLowerTriangle } from '../linalg/cholesky.js';
import { inverseOfFactor } from '../linalg/inverse.js';

export const inverseAndLogDetFrom = (engine: Engine) =>
  implement(kernels.inverseAndLogDetFrom, {
    cholesky: {
      cost: ({ S }) => ({ flops: S ** 3, bytes: 32 * S * S }),
      run: ({ curvatureRegMatrix }, { sizes: { S } }) =>
        engine.scoped((arena) => {
          const matrix = arena.putF64(curvatureRegMatrix.data);
          const packed = arena.f64(packedLength(S));
          packLowerTriangle(engine, S, matrix, packed);
          const factor = factorPacked(engine, arena, packed, S);
          const diagonal = factorDiagonal(engine, factor);
          inverseOfFactor(engine, factor, matrix);
          return {
            inverse: real(engine.heap.copyF64(matrix, S * S), [S, S]),
            logDeterminant: 2 * diagonal.reduce((sum, value) => sum + Math.log(value), 0),
          };
        }),
    },
  });
