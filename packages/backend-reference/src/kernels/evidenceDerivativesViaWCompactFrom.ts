import { implement, kernels } from '@wtilde/core-types';
import { evidenceDerivatives } from '../math/derivatives.js';
import { lookUpCompact } from '../math/lookUp.js';

export const evidenceDerivativesViaWCompactFrom = implement(kernels.evidenceDerivativesViaWCompactFrom, {
  direct: {
    cost: ({ M, B, S, N }) => ({
      flops: 9 * (M * B) ** 2 + 3 * S ** 3 + 20 * S ** 2,
      bytes: 8 * (2 * N * N + 6 * S * S) + 32 * M * B,
    }),
    run: (args) => evidenceDerivatives(args, lookUpCompact(args.wCompact, args.nativeIndexForSlimIndex)),
  },
});
