import type { SyncImplementation } from '@wtilde/core-types';
import { noiseNormalization } from '@wtilde/numerics';

export const noiseNormalizationComplexFrom: SyncImplementation<'noiseNormalizationComplexFrom'> = {
  methods: {
    products: {
      cost: ({ K }) => ({ flops: 8 * K, bytes: 16 * K }),
      run: ({ noiseMap }) => noiseNormalization(noiseMap.data),
    },
  },
};
