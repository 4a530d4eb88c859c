import { implement, kernels, real } from '@wtilde/core-types';
import { displacementTableFromCompact } from '@wtilde/numerics';
import type { Engine } from '../engine/engine.js';
import { wTildeFromTable } from '../fourier/wTildeExpand.js';

export const wTildeViaCompactFrom = (engine: Engine) =>
  implement(kernels.wTildeViaCompactFrom, {
    runs: {
      cost: ({ M, N }) => ({ flops: 0, bytes: 8 * (M * M + 2 * N * N + M) }),
      run({ wCompact, nativeIndexForSlimIndex }, { sizes: { M, N } }) {
        const table = displacementTableFromCompact(wCompact.data, N);
        return real(wTildeFromTable(engine, table, nativeIndexForSlimIndex.data), [M, M]);
      },
    },
  });
