import * as tf from '@tensorflow/tfjs-core';
import { kernels, real } from '@wtilde/core-types';
import { fromFloats, toFloats } from '@wtilde/numerics';
import type { Engine } from '../engine/engine.js';
import { fits, productCost } from '../shared/costs.js';
import { onHost } from '../shared/methods.js';

export const dataVectorFrom = (engine: Engine) =>
  onHost(kernels.dataVectorFrom, {
    product: {
      cost: ({ M, S }) => productCost(2 * M * S, M * S),
      canRun: ({ M, S }) => fits(M * S, 'the mapping matrix'),
      async run({ mappingMatrix, dirtyImage }, { sizes: { M, S } }) {
        if (M === 0 || S === 0) return real(new Float64Array(S));
        const d = toFloats(dirtyImage.data);
        const T = toFloats(mappingMatrix.data);
        const [row] = await engine.run(() => [tf.matMul(tf.tensor2d(d.data, [1, M]), tf.tensor2d(T.data, [M, S]))]);
        return real(fromFloats(row, d.exponent + T.exponent));
      },
    },
  });
