import { implement, kernels, real } from '@wtilde/core-types';
import { phase } from '../math/phase.js';

export const dirtyImageInterferometerFrom = implement(kernels.dirtyImageInterferometerFrom, {
  direct: {
    cost: ({ K, M }) => ({ flops: 12 * K * M, bytes: 8 * (6 * K + 3 * M) }),
    run({ data: { data: v }, noiseMap: { data: n }, uvWavelengths, gridRadiansSlim }, { sizes: { K, M } }) {
      const image = new Float64Array(M);
      for (let i = 0; i < M; i++) {
        const [y, x] = gridRadiansSlim.data.subarray(2 * i, 2 * i + 2);
        for (let k = 0; k < K; k++) {
          const phi = phase(uvWavelengths, k, y, x);
          image[i] += (v[2 * k] / n[2 * k] ** 2) * Math.cos(phi);
          image[i] -= (v[2 * k + 1] / n[2 * k + 1] ** 2) * Math.sin(phi);
        }
      }
      return real(image);
    },
  },
});
