import { kernels, radiansPerPixel, real } from '@wtilde/core-types';
import type { Engine } from '../engine/engine.js';
import { displacementCost, displacementSums } from '../shared/displacements.js';
import { onHost } from '../shared/methods.js';

export const wCompactCurvatureInterferometerFrom = (engine: Engine) =>
  onHost(kernels.wCompactCurvatureInterferometerFrom, {
    factorised: {
      cost: ({ N, K }) => displacementCost(N, N, K),
      async run({ gridSize: N, pixelScale, ...visibilities }, context) {
        const extent = { rows: N, columns: N, pitch: radiansPerPixel(pixelScale) };
        const { even, odd } = await displacementSums(engine, visibilities, extent, context);
        const width = 2 * N - 1;
        const compact = new Float64Array(N * width);
        for (let m = 0; m < N; m++) {
          for (let n = 0; n < N; n++) {
            compact[m * width + N - 1 + n] = even[m * N + n] + odd[m * N + n];
            compact[m * width + N - 1 - n] = even[m * N + n] - odd[m * N + n];
          }
        }
        return real(compact, [N, width]);
      },
    },
  });
