import { gridPitch, implement, type KernelRunArgs, kernels, real } from '@wtilde/core-types';
import { displacementLattice, preloadFromDisplacementTable } from '@wtilde/numerics';
import { displacementMethods } from '../shared/displacementSums.js';

export const wTildeCurvaturePreloadInterferometerFrom = implement(
  kernels.wTildeCurvaturePreloadInterferometerFrom,
  displacementMethods({
    name: 'wTildeCurvaturePreloadInterferometerFrom',
    shapeOf: ({ Ny, Nx }) => ({ rows: Ny, columns: Nx }),
    displacementsOf: ({ gridRadians2d }: KernelRunArgs<'wTildeCurvaturePreloadInterferometerFrom'>, { Ny, Nx }) =>
      displacementLattice(Ny, Nx, gridPitch(gridRadians2d) ?? 0),
    resultOf: (values, _args, { Ny, Nx }) =>
      real(preloadFromDisplacementTable({ rows: Ny, columns: Nx, values }), [2 * Ny, 2 * Nx]),
    bytes: ({ K, Ny, Nx }) => 8 * (3 * K + 4 * Ny * Nx),
  }),
);
