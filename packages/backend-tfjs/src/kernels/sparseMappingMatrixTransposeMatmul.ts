import * as tf from '@tensorflow/tfjs-core';
import { kernels, real } from '@wtilde/core-types';
import { fromFloats, toFloats } from '@wtilde/numerics';
import type { Engine } from '../engine/engine.js';
import { fits, productCost } from '../shared/costs.js';
import { denseMapping, transposed } from '../shared/mapping.js';
import { onHost } from '../shared/methods.js';

export const sparseMappingMatrixTransposeMatmul = (engine: Engine) =>
  onHost(kernels.sparseMappingMatrixTransposeMatmul, {
    dense: {
      cost: ({ M, S, S2 }) => productCost(2 * M * S * S2, M * (S + S2)),
      canRun: ({ M, S, S2 }) => fits(M * Math.max(S, S2), 'a matrix'),
      async run({ matrix, pixels: S, ...mapping }, { sizes: { M, S2 } }) {
        if (M === 0 || S === 0 || S2 === 0) return real(new Float64Array(S * S2), [S, S2]);
        const T = toFloats(denseMapping(mapping, S));
        const X = toFloats(matrix.data);
        const left = transposed(T.data, S, 0, M);
        const [product] = await engine.run(() => [tf.matMul(tf.tensor2d(left, [S, M]), tf.tensor2d(X.data, [M, S2]))]);
        return real(fromFloats(product, T.exponent + X.exponent), [S, S2]);
      },
    },
  });
