import { implement, kernels } from '@wtilde/core-types';
import { evidenceOfMatrix } from '../math/evidence.js';
import { lookUpCompact } from '../math/lookUp.js';

export const evidenceViaWCompactOfMatrixFrom = implement(kernels.evidenceViaWCompactOfMatrixFrom, {
  direct: {
    cost: ({ M, B, S }) => ({ flops: 3 * (M * B) ** 2 + S ** 3 / 3 + 25 * S ** 2, bytes: 24 * S * S + 12 * M * B }),
    run: (args) => evidenceOfMatrix(args, lookUpCompact(args.wCompact, args.nativeIndexForSlimIndex)),
  },
});
