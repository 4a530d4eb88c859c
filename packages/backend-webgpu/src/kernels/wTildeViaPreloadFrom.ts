import { implementAsync, kernels } from '@wtilde/core-types';
import type { Device } from '../device/device.js';
import { expansion, expansionFits } from '../products/expansion.js';

const name = 'wTildeViaPreloadFrom';

export const wTildeViaPreloadFrom = (device: Device) =>
  implementAsync(kernels.wTildeViaPreloadFrom, {
    lookup: {
      cost: ({ M, Ny, Nx }) => ({ flops: 0, bytes: 8 * M * M + 16 * Ny * Nx }),
      canRun: ({ M, Ny, Nx }, { keep }) => expansionFits(device, M, 4 * Ny * Nx, keep),
      run: ({ wTildePreload, nativeIndexForSlimIndex }, context) =>
        expansion(device, name, context, 'wrapped', wTildePreload, nativeIndexForSlimIndex),
    },
  });
