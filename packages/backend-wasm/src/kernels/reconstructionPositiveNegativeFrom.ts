import { implement, kernels, real } from '@wtilde/core-types';
import type { Engine } from '../engine/engine.js';
import { factorPacked, packedLength, packLowerTriangle, solve } from '../linalg/cholesky.js';

export const reconstructionPositiveNegativeFrom = (engine: Engine) =>
  implement(kernels.reconstructionPositiveNegativeFrom, {
    cholesky: {
      cost: ({ S }) => ({ flops: S ** 3 / 3 + 2 * S ** 2, bytes: 8 * (2 * S * S + 2 * S) }),
      run: ({ dataVector, curvatureRegMatrix }, { sizes: { S } }) =>
        engine.scoped((arena) => {
          const packed = arena.f64(packedLength(S));
          engine.scoped((first) => {
            packLowerTriangle(engine, S, first.putF64(curvatureRegMatrix.data), packed);
          });
          return real(solve(engine, factorPacked(engine, arena, packed, S), dataVector.data));
        }),
    },
  });
