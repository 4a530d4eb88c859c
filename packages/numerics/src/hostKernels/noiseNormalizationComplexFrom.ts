import { implement, kernels } from '@wtilde/core-types';
import { noiseNormalization } from '../noiseSums.js';

export const noiseNormalizationComplexFrom = implement(kernels.noiseNormalizationComplexFrom, {
  products: {
    cost: ({ K }) => ({ flops: 8 * K, bytes: 16 * K }),
    run: ({ noiseMap }) => noiseNormalization(noiseMap.data),
  },
});
