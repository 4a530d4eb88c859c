import type { SyncImplementation } from '@wtilde/core-types';
import { chiSquared0 } from '../math/dataTerms.js';

export const chiSquared0From: SyncImplementation<'chiSquared0From'> = {
  methods: {
    direct: {
      cost: ({ K }) => ({ flops: 8 * K, bytes: 32 * K }),
      run: ({ data, noiseMap }) => chiSquared0(data, noiseMap),
    },
  },
};
