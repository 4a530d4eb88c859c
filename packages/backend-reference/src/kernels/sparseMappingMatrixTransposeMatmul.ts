import { implement, kernels, real } from '@wtilde/core-types';
import { entriesOf } from '../math/sparseMapping.js';

export const sparseMappingMatrixTransposeMatmul = implement(kernels.sparseMappingMatrixTransposeMatmul, {
  direct: {
    cost: ({ M, B, S, S2 }) => ({ flops: 2 * M * B * S2, bytes: 8 * (M + S) * S2 + 12 * M * B }),
    run({ matrix, pixIndexesForSubSlimIndex, pixWeightsForSubSlimIndex }, { sizes: { S, S2 } }) {
      const out = new Float64Array(S * S2);
      for (const { row, column, weight } of entriesOf(pixIndexesForSubSlimIndex, pixWeightsForSubSlimIndex)) {
        for (let c = 0; c < S2; c++) out[column * S2 + c] += weight * matrix.data[row * S2 + c];
      }
      return real(out, [S, S2]);
    },
  },
});
