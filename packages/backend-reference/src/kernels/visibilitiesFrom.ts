import { complex, implement, kernels } from '@wtilde/core-types';
import { phase } from '../math/phase.js';

export const visibilitiesFrom = implement(kernels.visibilitiesFrom, {
  direct: {
    cost: ({ K, M }) => ({ flops: 8 * K * M, bytes: 8 * (4 * K + 3 * M) }),
    run({ image, uvWavelengths, gridRadiansSlim }, { sizes: { K, M } }) {
      const v = new Float64Array(2 * K);
      for (let i = 0; i < M; i++) {
        const [y, x] = gridRadiansSlim.data.subarray(2 * i, 2 * i + 2);
        for (let k = 0; k < K; k++) {
          const phi = phase(uvWavelengths, k, y, x);
          v[2 * k] += image.data[i] * Math.cos(phi);
          v[2 * k + 1] -= image.data[i] * Math.sin(phi);
        }
      }
      return complex(v);
    },
  },
});
