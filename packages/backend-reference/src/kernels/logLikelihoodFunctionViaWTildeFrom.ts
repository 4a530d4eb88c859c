import { implement, kernels } from '@wtilde/core-types';
import { logLikelihood } from '../math/evidence.js';

export const logLikelihoodFunctionViaWTildeFrom = implement(kernels.logLikelihoodFunctionViaWTildeFrom, {
  direct: {
    cost: ({ K, M, B, S }) => ({
      flops: 3 * (M * B) ** 2 + S ** 3 + 16 * K,
      bytes: 8 * (4 * K + 3 * S * S) + 12 * M * B,
    }),
    run: (args, { sizes: { M } }) => logLikelihood(args, (i, j) => args.wTilde.data[i * M + j]),
  },
});
