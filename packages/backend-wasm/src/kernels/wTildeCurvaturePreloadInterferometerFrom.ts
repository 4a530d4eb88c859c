import { gridPitch, implement, type KernelRunArgs, kernels, real } from '@wtilde/core-types';
import { displacementLattice, preloadFromDisplacementTable } from '@wtilde/numerics';
import type { Engine } from '../engine/engine.js';
import { displacementMethods } from '../shared/displacementSums.js';

const name = 'wTildeCurvaturePreloadInterferometerFrom';

export const wTildeCurvaturePreloadInterferometerFrom = (engine: Engine) =>
  implement(
    kernels.wTildeCurvaturePreloadInterferometerFrom,
    displacementMethods(engine, {
      name,
      shapeOf: ({ Ny, Nx }) => ({ rows: Ny, columns: Nx }),
      displacementsOf({ gridRadians2d }: KernelRunArgs<typeof name>, { Ny, Nx }) {
        const pitch = gridPitch(gridRadians2d) ?? 0;
        return displacementLattice(Ny, Nx, pitch, pitch);
      },
      resultOf: (values, { Ny, Nx }) =>
        real(preloadFromDisplacementTable({ rows: Ny, columns: Nx, values }), [2 * Ny, 2 * Nx]),
      bytes: ({ K, Ny, Nx }) => 8 * (3 * K + 4 * Ny * Nx),
    }),
  );
