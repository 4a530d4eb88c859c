import { bool, implement, kernels } from '@wtilde/core-types';

export const mask2dCircularFrom = implement(kernels.mask2dCircularFrom, {
  direct: {
    cost: ({ Ny, Nx }) => ({ flops: 8 * Ny * Nx, bytes: Ny * Nx }),
    run({ shapeNative: [Ny, Nx], pixelScales: [sy, sx], radius, centre: [cy, cx] }) {
      const yc = (Ny - 1) / 2 - cy / sy;
      const xc = (Nx - 1) / 2 + cx / sx;
      const masked = new Uint8Array(Ny * Nx);
      for (let row = 0; row < Ny; row++) {
        for (let column = 0; column < Nx; column++) {
          const squared = ((row - yc) * sy) ** 2 + ((column - xc) * sx) ** 2;
          masked[row * Nx + column] = squared > radius ** 2 ? 1 : 0;
        }
      }
      return bool(masked, [Ny, Nx]);
    },
  },
});
