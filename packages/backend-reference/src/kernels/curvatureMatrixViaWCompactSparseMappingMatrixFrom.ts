import { implement, kernels, real } from '@wtilde/core-types';
import { lookUpCompact } from '../math/lookUp.js';
import { curvatureMatrix, entriesOf } from '../math/sparseMapping.js';

export const curvatureMatrixViaWCompactSparseMappingMatrixFrom = implement(
  kernels.curvatureMatrixViaWCompactSparseMappingMatrixFrom,
  {
    direct: {
      cost: ({ M, B, S, N }) => ({ flops: 3 * (M * B) ** 2, bytes: 8 * (2 * N * N + S * S) + 12 * M * B }),
      run(args, { sizes: { S } }) {
        const entries = entriesOf(args.pixIndexesForSubSlimIndex, args.pixWeightsForSubSlimIndex);
        const look = lookUpCompact(args.wCompact, args.nativeIndexForSlimIndex);
        return real(curvatureMatrix(entries, look, S), [S, S]);
      },
    },
  },
);
