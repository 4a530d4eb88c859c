import { implement, kernels, real } from '@wtilde/core-types';
import { mappingMatrix } from '../mappingMatrix.js';

export const mappingMatrixFrom = implement(kernels.mappingMatrixFrom, {
  scatter: {
    cost: ({ Msub, M, S, B }) => ({ flops: 2 * Msub * B, bytes: 8 * M * S + 12 * Msub * B }),
    run: (args, { sizes: { Msub, M, S } }) =>
      real(
        mappingMatrix({
          indexes: args.pixIndexesForSubSlimIndex.data,
          weights: args.pixWeightsForSubSlimIndex.data,
          subPixels: Msub,
          pixels: S,
          imagePixels: M,
          sizes: args.pixSizeForSubSlimIndex?.data,
          slimIndexes: args.slimIndexForSubSlimIndex?.data,
          subFraction: args.subFraction?.data,
        }),
        [M, S],
      ),
  },
});
