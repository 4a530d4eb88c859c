import { implement, kernels } from '@wtilde/core-types';
import { derivativesByMapping } from '../math/derivatives.js';
import { lookUpCompact } from '../math/lookUp.js';

export const evidenceDerivativesByMappingViaWCompactFrom = implement(
  kernels.evidenceDerivativesByMappingViaWCompactFrom,
  {
    direct: {
      cost: ({ M, B, S, N }) => ({ flops: 9 * (M * B) ** 2, bytes: 8 * (2 * N * N + S * S) + 32 * M * B }),
      run: (args) => derivativesByMapping(args, lookUpCompact(args.wCompact, args.nativeIndexForSlimIndex)),
    },
  },
);
