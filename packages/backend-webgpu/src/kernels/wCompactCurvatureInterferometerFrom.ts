import { implementAsync, kernels, radiansPerPixel, real } from '@wtilde/core-types';
import type { Device } from '../device/device.js';
import { displacementTable } from '../transforms/displacementTable.js';
import { latticeSumsFit, latticeSumsFlops } from '../transforms/latticeSums.js';

const name = 'wCompactCurvatureInterferometerFrom';

export const wCompactCurvatureInterferometerFrom = (device: Device) =>
  implementAsync(kernels.wCompactCurvatureInterferometerFrom, {
    factorised: {
      cost: ({ K, N }) => ({ flops: latticeSumsFlops(K, N, 2 * N - 1), bytes: 24 * K + 8 * N * N }),
      canRun: ({ N }) => latticeSumsFit(device, N, 2 * N - 1),
      run: (args, context) =>
        device.scoped(name, async (scope) => {
          const { N } = context.sizes;
          const pitch = radiansPerPixel(args.pixelScale);
          const extent = { rows: N, columns: N, pitchY: pitch, pitchX: pitch };
          const { values } = await displacementTable(device, name, context, args, extent);
          return scope.finishOnHost(real(values, [N, 2 * N - 1]), context.options);
        }),
    },
  });
