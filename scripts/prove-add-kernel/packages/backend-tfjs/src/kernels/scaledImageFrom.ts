import * as tf from '@tensorflow/tfjs-core';
import { kernels, real } from '@wtilde/core-types';
import { fromFloats, toFloats } from '@wtilde/numerics';
import type { Engine } from '../engine/engine.js';
import { productCost } from '../shared/costs.js';
import { onHost } from '../shared/methods.js';

export const scaledImageFrom = (engine: Engine) =>
  onHost(kernels.scaledImageFrom, {
    product: {
      cost: ({ M }) => productCost(M, M),
      async run({ image, factor }, { sizes: { M } }) {
        if (M === 0) return real(new Float64Array());
        const pixels = toFloats(image.data);
        const scale = toFloats(Float64Array.of(factor));
        const [scaled] = await engine.run(() => [tf.mul(tf.tensor1d(pixels.data), tf.tensor1d(scale.data))]);
        return real(fromFloats(scaled, pixels.exponent + scale.exponent));
      },
    },
  });
