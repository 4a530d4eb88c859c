import { implement, kernels, radiansPerPixel, real } from '@wtilde/core-types';
import { phase } from '../math/phase.js';

export const wCompactCurvatureInterferometerFrom = implement(kernels.wCompactCurvatureInterferometerFrom, {
  direct: {
    cost: ({ K, N }) => ({ flops: 14 * K * N * N, bytes: 8 * (3 * K + 2 * N * N) }),
    run({ noiseMapReal, uvWavelengths, pixelScale }, { sizes: { K, N } }) {
      const d = radiansPerPixel(pixelScale);
      const width = 2 * N - 1;
      const c = new Float64Array(N * width);
      for (let m = 0; m < N; m++) {
        for (let n = 1 - N; n < N; n++) {
          for (let k = 0; k < K; k++) {
            c[m * width + n + N - 1] += noiseMapReal.data[k] ** -2 * Math.cos(phase(uvWavelengths, k, -m * d, n * d));
          }
        }
      }
      return real(c, [N, width]);
    },
  },
});
