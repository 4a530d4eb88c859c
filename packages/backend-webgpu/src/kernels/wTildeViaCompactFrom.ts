import { implementAsync, kernels } from '@wtilde/core-types';
import type { Device } from '../device/device.js';
import { expansion, expansionFits } from '../products/expansion.js';

const name = 'wTildeViaCompactFrom';

export const wTildeViaCompactFrom = (device: Device) =>
  implementAsync(kernels.wTildeViaCompactFrom, {
    lookup: {
      cost: ({ M, N }) => ({ flops: 0, bytes: 8 * M * M + 8 * N * N }),
      canRun: ({ M, N }, { keep }) => expansionFits(device, M, 2 * N * N, keep),
      run: ({ wCompact, nativeIndexForSlimIndex }, context) =>
        expansion(device, name, context, 'half', wCompact, nativeIndexForSlimIndex),
    },
  });
