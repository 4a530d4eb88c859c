import { implement, kernels } from '@wtilde/core-types';
import { evidence } from '../math/evidence.js';

export const evidenceViaWTildeFrom = implement(kernels.evidenceViaWTildeFrom, {
  direct: {
    cost: ({ M, B, S }) => ({ flops: 3 * (M * B) ** 2 + S ** 3 / 3 + 25 * S ** 2, bytes: 24 * S * S + 12 * M * B }),
    run: (args) => evidence(args, (i, j) => args.wTilde.data[i * args.wTilde.shape[1] + j]),
  },
});
