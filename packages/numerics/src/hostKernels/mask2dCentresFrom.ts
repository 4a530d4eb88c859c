import { implement, kernels, real } from '@wtilde/core-types';

export const mask2dCentresFrom = implement(kernels.mask2dCentresFrom, {
  direct: {
    cost: () => ({ flops: 6, bytes: 64 }),
    run: ({ shapeNative: [Ny, Nx], pixelScales: [sy, sx], centre: [cy, cx] }) =>
      real([(Ny - 1) / 2 - cy / sy, (Nx - 1) / 2 + cx / sx]),
  },
});
