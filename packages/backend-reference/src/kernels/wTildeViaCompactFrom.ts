import { implement, kernels, real } from '@wtilde/core-types';
import { lookUpCompact } from '../math/lookUp.js';

export const wTildeViaCompactFrom = implement(kernels.wTildeViaCompactFrom, {
  direct: {
    cost: ({ M, N }) => ({ flops: 0, bytes: 8 * (M * M + 2 * N * N) + 8 * M }),
    run({ wCompact, nativeIndexForSlimIndex }, { sizes: { M } }) {
      const look = lookUpCompact(wCompact, nativeIndexForSlimIndex);
      const w = new Float64Array(M * M);
      for (let i = 0; i < M; i++) {
        for (let j = 0; j < M; j++) w[i * M + j] = look(i, j);
      }
      return real(w, [M, M]);
    },
  },
});
