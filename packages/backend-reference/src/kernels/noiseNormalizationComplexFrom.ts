import type { SyncImplementation } from '@wtilde/core-types';
import { noiseNormalization } from '../math/dataTerms.js';

export const noiseNormalizationComplexFrom: SyncImplementation<'noiseNormalizationComplexFrom'> = {
  methods: {
    direct: {
      cost: ({ K }) => ({ flops: 8 * K, bytes: 16 * K }),
      run: ({ noiseMap }) => noiseNormalization(noiseMap),
    },
  },
};
