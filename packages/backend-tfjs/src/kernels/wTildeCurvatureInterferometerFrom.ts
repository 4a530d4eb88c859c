import * as tf from '@tensorflow/tfjs-core';
import { kernels, real } from '@wtilde/core-types';
import { toFloats } from '@wtilde/numerics';
import type { Engine } from '../engine/engine.js';
import { addTo, inChunks } from '../shared/chunks.js';
import { fits, productCost } from '../shared/costs.js';
import { transposed } from '../shared/mapping.js';
import { onHost } from '../shared/methods.js';
import { phaseTable } from '../shared/pixelSums.js';

/** Visibilities per product; each enters with a cosine and a sine. */
const chunk = 128;

/** cos(phi_i - phi_j) = cos phi_i cos phi_j + sin phi_i sin phi_j. */
export const wTildeCurvatureInterferometerFrom = (engine: Engine) =>
  onHost(kernels.wTildeCurvatureInterferometerFrom, {
    factorised: {
      cost: ({ M, K }) => productCost(4 * M * M * K, 16 * M * K, Math.ceil(K / chunk)),
      canRun: ({ M }) => fits(M * M, 'W'),
      async run({ noiseMapReal, uvWavelengths, gridRadiansSlim }, context) {
        const [M] = gridRadiansSlim.shape;
        const W = new Float64Array(M * M);
        if (M === 0) return real(W, [M, M]);
        await inChunks(noiseMapReal.data.length, chunk, context, async (from, to) => {
          const width = 2 * (to - from);
          const table = phaseTable(gridRadiansSlim, uvWavelengths, from, to);
          const weights = toFloats(noiseMapReal.data.subarray(from, to).map((noise) => noise ** -2));
          const weighted = table.map((value, at) => value * weights.data[(at % width) % (to - from)]);
          const [part] = await engine.run(() => [
            tf.matMul(tf.tensor2d(weighted, [M, width]), tf.tensor2d(transposed(table, width, 0, M), [width, M])),
          ]);
          addTo(W, part, weights.exponent);
        });
        return real(W, [M, M]);
      },
    },
  });
