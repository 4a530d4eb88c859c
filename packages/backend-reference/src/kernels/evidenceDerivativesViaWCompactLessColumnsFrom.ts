import { implement, kernels } from '@wtilde/core-types';
import { evidenceDerivatives } from '../math/derivatives.js';
import { lessColumns, lookUpCompact } from '../math/lookUp.js';

export const evidenceDerivativesViaWCompactLessColumnsFrom = implement(
  kernels.evidenceDerivativesViaWCompactLessColumnsFrom,
  {
    direct: {
      cost: ({ M, B, S, N, Q }) => ({
        flops: (9 + 6 * Q) * (M * B) ** 2 + 3 * S ** 3 + 20 * S ** 2,
        bytes: 8 * (2 * N * N + 6 * S * S + M * Q) + 32 * M * B,
      }),
      run(args) {
        const wTilde = lookUpCompact(args.wCompact, args.nativeIndexForSlimIndex);
        return evidenceDerivatives(args, lessColumns(wTilde, args.lostColumns));
      },
    },
  },
);
