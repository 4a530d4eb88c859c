import { implement, kernels, real } from '@wtilde/core-types';
import { lookUpPreload } from '../math/lookUp.js';

export const wTildeViaPreloadFrom = implement(kernels.wTildeViaPreloadFrom, {
  direct: {
    cost: ({ M, Ny, Nx }) => ({ flops: 0, bytes: 8 * (M * M + 4 * Ny * Nx) + 8 * M }),
    run({ wTildePreload, nativeIndexForSlimIndex }, { sizes: { M } }) {
      const look = lookUpPreload(wTildePreload, nativeIndexForSlimIndex);
      const w = new Float64Array(M * M);
      for (let i = 0; i < M; i++) {
        for (let j = 0; j < M; j++) w[i * M + j] = look(i, j);
      }
      return real(w, [M, M]);
    },
  },
});
