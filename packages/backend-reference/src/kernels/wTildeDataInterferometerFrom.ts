import { implement, kernels, real } from '@wtilde/core-types';
import { phase } from '../math/phase.js';

export const wTildeDataInterferometerFrom = implement(kernels.wTildeDataInterferometerFrom, {
  direct: {
    cost: ({ K, M }) => ({ flops: 6 * K * M, bytes: 8 * (4 * K + 3 * M) }),
    run({ visibilitiesReal, noiseMapReal, uvWavelengths, gridRadiansSlim }, { sizes: { K, M } }) {
      const out = new Float64Array(M);
      for (let i = 0; i < M; i++) {
        const [y, x] = gridRadiansSlim.data.subarray(2 * i, 2 * i + 2);
        for (let k = 0; k < K; k++) {
          const weight = noiseMapReal.data[k] ** 2 / visibilitiesReal.data[k];
          out[i] += weight ** 2 * Math.cos(phase(uvWavelengths, k, y, x));
        }
      }
      return real(out);
    },
  },
});
