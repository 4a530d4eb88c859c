import { implement, kernels } from '@wtilde/core-types';
import { evidence } from '../math/evidence.js';
import { lessColumns, lookUpCompact } from '../math/lookUp.js';

export const evidenceViaWCompactLessColumnsFrom = implement(kernels.evidenceViaWCompactLessColumnsFrom, {
  direct: {
    cost: ({ M, B, S, Q }) => ({
      flops: (3 + 2 * Q) * (M * B) ** 2 + S ** 3 / 3 + 25 * S ** 2,
      bytes: 24 * S * S + 12 * M * B + 8 * M * Q,
    }),
    run(args) {
      const wTilde = lookUpCompact(args.wCompact, args.nativeIndexForSlimIndex);
      return evidence(args, lessColumns(wTilde, args.lostColumns), wTilde);
    },
  },
});
