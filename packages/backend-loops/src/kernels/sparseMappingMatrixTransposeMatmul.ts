import { implement, kernels, real } from '@wtilde/core-types';
import { columnsOfMapping } from '@wtilde/numerics';
import { transposeMatmul } from '../linalg/transposeMatmul.js';

export const sparseMappingMatrixTransposeMatmul = implement(kernels.sparseMappingMatrixTransposeMatmul, {
  rows: {
    cost: ({ M, B, S, S2 }) => ({ flops: 2 * M * B * S2, bytes: 8 * (M + S) * S2 + 12 * M * B }),
    run({ matrix, pixIndexesForSubSlimIndex, pixWeightsForSubSlimIndex }, { sizes: { M, S, S2 } }) {
      const columns = columnsOfMapping(M, S, pixIndexesForSubSlimIndex.data, pixWeightsForSubSlimIndex.data);
      return real(transposeMatmul(columns, matrix.data, S2), [S, S2]);
    },
  },
});
