import { implement, kernels, real } from '@wtilde/core-types';
import type { Engine } from '../engine/engine.js';
import { wTildeFromPreload } from '../fourier/wTildeExpand.js';

export const wTildeViaPreloadFrom = (engine: Engine) =>
  implement(kernels.wTildeViaPreloadFrom, {
    runs: {
      cost: ({ M, Ny, Nx }) => ({ flops: 0, bytes: 8 * (M * M + 4 * Ny * Nx + M) }),
      run: ({ wTildePreload, nativeIndexForSlimIndex }, { sizes: { M, Ny, Nx } }) =>
        real(wTildeFromPreload(engine, wTildePreload.data, Ny, Nx, nativeIndexForSlimIndex.data), [M, M]),
    },
  });
