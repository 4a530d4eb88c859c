import { gridPitch, implement, kernels, real } from '@wtilde/core-types';
import { phase } from '../math/phase.js';

export const wTildeCurvaturePreloadInterferometerFrom = implement(kernels.wTildeCurvaturePreloadInterferometerFrom, {
  direct: {
    cost: ({ K, Ny, Nx }) => ({ flops: 28 * K * Ny * Nx, bytes: 8 * (3 * K + 4 * Ny * Nx) }),
    run({ noiseMapReal, uvWavelengths, gridRadians2d }, { sizes: { K, Ny, Nx } }) {
      const d = gridPitch(gridRadians2d) ?? 0;
      const table = new Float64Array(4 * Ny * Nx);
      for (let dy = 1 - Ny; dy < Ny; dy++) {
        for (let dx = 1 - Nx; dx < Nx; dx++) {
          const row = (dy + 2 * Ny) % (2 * Ny);
          const column = (dx + 2 * Nx) % (2 * Nx);
          for (let k = 0; k < K; k++) {
            table[row * 2 * Nx + column] +=
              noiseMapReal.data[k] ** -2 * Math.cos(phase(uvWavelengths, k, -dy * d, dx * d));
          }
        }
      }
      return real(table, [2 * Ny, 2 * Nx]);
    },
  },
});
