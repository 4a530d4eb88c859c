import { gridPitch, implementAsync, kernels, real } from '@wtilde/core-types';
import { preloadFromDisplacementTable } from '@wtilde/numerics';
import type { Device } from '../device/device.js';
import { hostArray } from '../device/hostArray.js';
import { displacementTable } from '../transforms/displacementTable.js';
import { latticeSumsFit, latticeSumsFlops } from '../transforms/latticeSums.js';

const name = 'wTildeCurvaturePreloadInterferometerFrom';

export const wTildeCurvaturePreloadInterferometerFrom = (device: Device) =>
  implementAsync(kernels.wTildeCurvaturePreloadInterferometerFrom, {
    factorised: {
      cost: ({ K, Ny, Nx }) => ({ flops: latticeSumsFlops(K, Ny, 2 * Nx - 1), bytes: 24 * K + 16 * Ny * Nx }),
      canRun: ({ Ny, Nx }) => latticeSumsFit(device, Ny, 2 * Nx - 1),
      run: (args, context) =>
        device.scoped(name, async (scope) => {
          const { Ny, Nx } = context.sizes;
          const pitch = gridPitch(await hostArray(args.gridRadians2d)) ?? 0;
          const extent = { rows: Ny, columns: Nx, pitchY: pitch, pitchX: pitch };
          const table = await displacementTable(device, name, context, args, extent);
          return scope.finishOnHost(real(preloadFromDisplacementTable(table), [2 * Ny, 2 * Nx]), context.options);
        }),
    },
  });
