import { implement, kernels } from '@wtilde/core-types';
import { noiseNormalization } from '../math/dataTerms.js';

export const noiseNormalizationComplexFrom = implement(kernels.noiseNormalizationComplexFrom, {
  direct: {
    cost: ({ K }) => ({ flops: 8 * K, bytes: 16 * K }),
    run: ({ noiseMap }) => noiseNormalization(noiseMap),
  },
});
