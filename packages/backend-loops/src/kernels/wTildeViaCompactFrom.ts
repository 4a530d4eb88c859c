import { implement, kernels, real } from '@wtilde/core-types';
import { displacementTableFromCompact } from '@wtilde/numerics';
import { wTildeFromHalf } from '../fourier/wTildeExpand.js';

export const wTildeViaCompactFrom = implement(kernels.wTildeViaCompactFrom, {
  runs: {
    cost: ({ M, N }) => ({ flops: 0, bytes: 8 * (M * M + 2 * N * N + M) }),
    run: ({ wCompact, nativeIndexForSlimIndex }, { sizes: { M, N } }) =>
      real(wTildeFromHalf(displacementTableFromCompact(wCompact.data, N), nativeIndexForSlimIndex.data), [M, M]),
  },
});
