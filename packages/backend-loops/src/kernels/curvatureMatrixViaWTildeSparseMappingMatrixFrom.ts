import { real, type SyncImplementation } from '@wtilde/core-types';
import { curvatureFromDenseW } from '../linalg/curvatureFromDenseW.js';
import { columnsOfMapping } from '../linalg/sparseColumns.js';

export const curvatureMatrixViaWTildeSparseMappingMatrixFrom: SyncImplementation<'curvatureMatrixViaWTildeSparseMappingMatrixFrom'> =
  {
    methods: {
      rows: {
        cost: ({ M, B, S, nonZeros = M * B }) => ({
          flops: 2 * nonZeros * (M + S),
          bytes: 8 * (M * M + S * S) + 12 * M * B,
        }),
        run({ wTilde, pixIndexesForSubSlimIndex, pixWeightsForSubSlimIndex }, { sizes: { M, S } }) {
          const columns = columnsOfMapping(M, S, pixIndexesForSubSlimIndex.data, pixWeightsForSubSlimIndex.data);
          return real(curvatureFromDenseW(wTilde.data, columns), [S, S]);
        },
      },
    },
  };
