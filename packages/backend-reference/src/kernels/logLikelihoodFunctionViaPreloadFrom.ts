import { implement, kernels } from '@wtilde/core-types';
import { logLikelihood } from '../math/evidence.js';
import { lookUpPreload } from '../math/lookUp.js';

export const logLikelihoodFunctionViaPreloadFrom = implement(kernels.logLikelihoodFunctionViaPreloadFrom, {
  direct: {
    cost: ({ K, M, B, S }) => ({
      flops: 3 * (M * B) ** 2 + S ** 3 + 16 * K,
      bytes: 8 * (4 * K + 3 * S * S) + 12 * M * B,
    }),
    run: (args) => logLikelihood(args, lookUpPreload(args.wTildePreload, args.nativeIndexForSlimIndex)),
  },
});
