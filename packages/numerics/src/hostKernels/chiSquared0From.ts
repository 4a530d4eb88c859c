import { implement, kernels } from '@wtilde/core-types';
import { chiSquared0 } from '../noiseSums.js';

export const chiSquared0From = implement(kernels.chiSquared0From, {
  blocks: {
    cost: ({ K }) => ({ flops: 8 * K, bytes: 32 * K }),
    run: ({ data, noiseMap }) => chiSquared0(data.data, noiseMap.data),
  },
});
