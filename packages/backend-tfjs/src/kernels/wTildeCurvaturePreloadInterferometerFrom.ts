import { gridPitch, kernels, real } from '@wtilde/core-types';
import type { Engine } from '../engine/engine.js';
import { displacementCost, displacementSums } from '../shared/displacements.js';
import { onHost } from '../shared/methods.js';

export const wTildeCurvaturePreloadInterferometerFrom = (engine: Engine) =>
  onHost(kernels.wTildeCurvaturePreloadInterferometerFrom, {
    factorised: {
      cost: ({ Ny, Nx, K }) => displacementCost(Ny, Nx, K),
      async run({ shapeMaskedPixels2d: [Ny, Nx], gridRadians2d, ...visibilities }, context) {
        const extent = { rows: Ny, columns: Nx, pitch: gridPitch(gridRadians2d) ?? 0 };
        const { even, odd } = await displacementSums(engine, visibilities, extent, context);
        const table = new Float64Array(4 * Ny * Nx);
        for (let m = 0; m < Ny; m++) {
          for (let n = 0; n < Nx; n++) {
            const same = even[m * Nx + n] + odd[m * Nx + n];
            const opposite = even[m * Nx + n] - odd[m * Nx + n];
            const [up, left] = [(2 * Ny - m) % (2 * Ny), (2 * Nx - n) % (2 * Nx)];
            table[m * 2 * Nx + n] = same;
            table[up * 2 * Nx + left] = same;
            table[m * 2 * Nx + left] = opposite;
            table[up * 2 * Nx + n] = opposite;
          }
        }
        return real(table, [2 * Ny, 2 * Nx]);
      },
    },
  });
