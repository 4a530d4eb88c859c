import { implement, kernels, real } from '@wtilde/core-types';
import { wTildeFromPreload } from '../fourier/wTildeExpand.js';

export const wTildeViaPreloadFrom = implement(kernels.wTildeViaPreloadFrom, {
  runs: {
    cost: ({ M, Ny, Nx }) => ({ flops: 0, bytes: 8 * (M * M + 4 * Ny * Nx + M) }),
    run: ({ wTildePreload, nativeIndexForSlimIndex }, { sizes: { M, Ny, Nx } }) =>
      real(wTildeFromPreload(wTildePreload.data, Ny, Nx, nativeIndexForSlimIndex.data), [M, M]),
  },
});
