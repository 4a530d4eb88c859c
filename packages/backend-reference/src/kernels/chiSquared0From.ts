import { implement, kernels } from '@wtilde/core-types';
import { chiSquared0 } from '../math/dataTerms.js';

export const chiSquared0From = implement(kernels.chiSquared0From, {
  direct: {
    cost: ({ K }) => ({ flops: 8 * K, bytes: 32 * K }),
    run: ({ data, noiseMap }) => chiSquared0(data, noiseMap),
  },
});
