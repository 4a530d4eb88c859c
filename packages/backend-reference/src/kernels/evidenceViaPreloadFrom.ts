import { implement, kernels } from '@wtilde/core-types';
import { evidence } from '../math/evidence.js';
import { lookUpPreload } from '../math/lookUp.js';

export const evidenceViaPreloadFrom = implement(kernels.evidenceViaPreloadFrom, {
  direct: {
    cost: ({ M, B, S }) => ({ flops: 3 * (M * B) ** 2 + S ** 3 / 3 + 25 * S ** 2, bytes: 24 * S * S + 12 * M * B }),
    run: (args) => evidence(args, lookUpPreload(args.wTildePreload, args.nativeIndexForSlimIndex)),
  },
});
