import { implement, kernels, real } from '@wtilde/core-types';

export const curvatureMatrixViaWTildeFrom = implement(kernels.curvatureMatrixViaWTildeFrom, {
  direct: {
    cost: ({ M, S }) => ({ flops: 2 * M * M * S + 2 * M * S * S, bytes: 8 * (M * M + M * S + S * S) }),
    run({ wTilde: { data: w }, mappingMatrix: { data: t } }, { sizes: { M, S } }) {
      const wt = new Float64Array(M * S);
      for (let i = 0; i < M; i++) {
        for (let j = 0; j < M; j++) {
          for (let s = 0; s < S; s++) wt[i * S + s] += w[i * M + j] * t[j * S + s];
        }
      }
      const f = new Float64Array(S * S);
      for (let i = 0; i < M; i++) {
        for (let s = 0; s < S; s++) {
          for (let r = 0; r < S; r++) f[s * S + r] += t[i * S + s] * wt[i * S + r];
        }
      }
      return real(f, [S, S]);
    },
  },
});
