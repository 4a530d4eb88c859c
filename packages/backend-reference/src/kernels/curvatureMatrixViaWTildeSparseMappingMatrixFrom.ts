import { implement, kernels, real } from '@wtilde/core-types';
import { curvatureMatrix, entriesOf } from '../math/sparseMapping.js';

export const curvatureMatrixViaWTildeSparseMappingMatrixFrom = implement(
  kernels.curvatureMatrixViaWTildeSparseMappingMatrixFrom,
  {
    direct: {
      cost: ({ M, B, S }) => ({ flops: 3 * (M * B) ** 2, bytes: 8 * (M * M + S * S) + 12 * M * B }),
      run(args, { sizes: { M, S } }) {
        const entries = entriesOf(args.pixIndexesForSubSlimIndex, args.pixWeightsForSubSlimIndex);
        const look = (i: number, j: number) => args.wTilde.data[i * M + j];
        return real(curvatureMatrix(entries, look, S), [S, S]);
      },
    },
  },
);
