import * as tf from '@tensorflow/tfjs-core';
import { kernels, real } from '@wtilde/core-types';
import { fromFloats, toFloats } from '@wtilde/numerics';
import type { Engine } from '../engine/engine.js';
import { fits } from '../shared/costs.js';
import { onHost } from '../shared/methods.js';

export const mappingMatrixFrom = (engine: Engine) =>
  onHost(kernels.mappingMatrixFrom, {
    scatter: {
      cost: ({ Msub, M, S }) => ({ flops: 2 * Msub, bytes: 4 * M * S, time: 3e5 + 3 * M * S }),
      canRun: ({ M, S }) => fits(M * S, 'the mapping matrix'),
      async run(args, { sizes: { M, S } }) {
        const { pixIndexesForSubSlimIndex: indexes, pixWeightsForSubSlimIndex: weights } = args;
        const { pixSizeForSubSlimIndex: used, slimIndexForSubSlimIndex: slim, subFraction: fraction } = args;
        const [rows, width] = indexes.shape;
        const positions: number[] = [];
        const updates: number[] = [];
        for (let row = 0; row < rows; row++) {
          const pixel = slim?.data[row] ?? row;
          const end = row * width + (used?.data[row] ?? width);
          for (let at = row * width; at < end && indexes.data[at] >= 0; at++) {
            positions.push(pixel * S + indexes.data[at]);
            updates.push(weights.data[at] * (fraction?.data[pixel] ?? 1));
          }
        }
        if (positions.length === 0) return real(new Float64Array(M * S), [M, S]);
        const { data, exponent } = toFloats(Float64Array.from(updates));
        const [dense] = await engine.run(() => [
          tf.scatterND(tf.tensor2d(Int32Array.from(positions), [positions.length, 1], 'int32'), tf.tensor1d(data), [
            M * S,
          ]),
        ]);
        return real(fromFloats(dense, exponent), [M, S]);
      },
    },
  });
