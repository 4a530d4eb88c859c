import { gridPitch, real, type SyncImplementation } from '@wtilde/core-types';
import { preloadFromDisplacementTable } from '../fourier/displacement-table.js';
import { displacementLattice } from '../fourier/lattice.js';
import { latticeSums } from '../fourier/lattice-sums.js';
import { weightStrengths } from '../fourier/strengths.js';
import { onBlockOf } from '../shared/onBlock.js';

export const wTildeCurvaturePreloadInterferometerFrom: SyncImplementation<'wTildeCurvaturePreloadInterferometerFrom'> =
  {
    methods: {
      factorised: {
        cost: ({ K, Ny, Nx }) => ({
          flops: 4 * K * Ny * Nx,
          bytes: 8 * (3 * K + 4 * Ny * Nx),
          time: K * (Ny * Nx + 10 * (Ny + Nx)),
        }),
        run({ noiseMapReal, uvWavelengths, gridRadians2d }, context) {
          const { Ny, Nx } = context.sizes;
          const lattice = displacementLattice(Ny, Nx, gridPitch(gridRadians2d) ?? 0);
          const values = new Float64Array(lattice.rows * lattice.columns);
          const onBlock = onBlockOf(context, 'wTildeCurvaturePreloadInterferometerFrom');
          latticeSums(weightStrengths(noiseMapReal.data), uvWavelengths.data, lattice, values, onBlock);
          return real(preloadFromDisplacementTable({ rows: Ny, columns: Nx, values }), [2 * Ny, 2 * Nx]);
        },
      },
    },
  };
