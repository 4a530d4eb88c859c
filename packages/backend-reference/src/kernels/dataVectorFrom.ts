import { implement, kernels, real } from '@wtilde/core-types';

export const dataVectorFrom = implement(kernels.dataVectorFrom, {
  direct: {
    cost: ({ M, S }) => ({ flops: 2 * M * S, bytes: 8 * (M * S + M + S) }),
    run({ mappingMatrix, dirtyImage }, { sizes: { M, S } }) {
      const d = new Float64Array(S);
      for (let i = 0; i < M; i++) {
        for (let s = 0; s < S; s++) d[s] += mappingMatrix.data[i * S + s] * dirtyImage.data[i];
      }
      return real(d);
    },
  },
});
