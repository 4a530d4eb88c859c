import * as tf from '@tensorflow/tfjs-core';
import { real } from '@wtilde/core-types';
import type { Engine } from '../engine/engine.js';
import { fits, productCost } from '../shared/costs.js';
import { onHost } from '../shared/methods.js';

export const dataVectorFrom = (engine: Engine) =>
  onHost<'dataVectorFrom'>({
    product: {
      cost: ({ M, S }) => productCost(2 * M * S, M * S),
      canRun: ({ M, S }) => fits(M * S, 'the mapping matrix'),
      async run({ mappingMatrix, dirtyImage }, { sizes: { M, S } }) {
        if (M === 0 || S === 0) return real(new Float64Array(S));
        const [row] = await engine.run(() => [
          tf.matMul(
            tf.tensor2d(new Float32Array(dirtyImage.data), [1, M]),
            tf.tensor2d(new Float32Array(mappingMatrix.data), [M, S]),
          ),
        ]);
        return real(new Float64Array(row));
      },
    },
  });
