import { implement, kernels } from '@wtilde/core-types';

export const chiSquared0From = implement(kernels.chiSquared0From, {
  sum: {
    cost: ({ K }) => ({ flops: 6 * K, bytes: 32 * K }),
    run({ data, noiseMap }) {
      let sum = 0;
      for (let lane = 0; lane < data.data.length; lane++) sum += (data.data[lane] / noiseMap.data[lane]) ** 2;
      return sum;
    },
  },
});
