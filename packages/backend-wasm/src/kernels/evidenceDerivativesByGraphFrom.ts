import { implement, kernels, real } from '@wtilde/core-types';
import type { Engine } from '../engine/engine.js';
import { derivativesByGraphFrom } from '../shared/evidenceDerivatives.js';

export const evidenceDerivativesByGraphFrom = (engine: Engine) =>
  implement(kernels.evidenceDerivativesByGraphFrom, {
    cholesky: {
      cost: ({ S }) => ({ flops: S ** 3, bytes: 40 * S * S }),
      run: (args, { sizes: { S } }) =>
        engine.scoped((arena) => {
          const matrix = arena.putF64(args.curvatureMatrix.data);
          const found = derivativesByGraphFrom(engine, arena, matrix, args.dataVector.data, args);
          return { ...found, curvatureRegMatrixInverse: real(engine.heap.copyF64(matrix, S * S), [S, S]) };
        }),
    },
  });
