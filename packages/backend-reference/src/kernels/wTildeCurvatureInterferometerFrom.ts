import { implement, kernels, real } from '@wtilde/core-types';
import { phase } from '../math/phase.js';

export const wTildeCurvatureInterferometerFrom = implement(kernels.wTildeCurvatureInterferometerFrom, {
  direct: {
    cost: ({ K, M }) => ({ flops: 7 * K * M * M, bytes: 8 * (3 * K + 2 * M + M * M) }),
    run({ noiseMapReal, uvWavelengths, gridRadiansSlim: { data: grid } }, { sizes: { K, M } }) {
      const w = new Float64Array(M * M);
      for (let i = 0; i < M; i++) {
        for (let j = 0; j < M; j++) {
          const y = grid[2 * i] - grid[2 * j];
          const x = grid[2 * i + 1] - grid[2 * j + 1];
          for (let k = 0; k < K; k++) {
            w[i * M + j] += noiseMapReal.data[k] ** -2 * Math.cos(phase(uvWavelengths, k, y, x));
          }
        }
      }
      return real(w, [M, M]);
    },
  },
});
