import { real, type SyncImplementation } from '@wtilde/core-types';
import { displacementLattice } from '../fourier/lattice.js';
import { latticeSums } from '../fourier/lattice-sums.js';
import { weightStrengths } from '../fourier/strengths.js';
import { wTildeFromCompact } from '../fourier/w-tilde-expand.js';
import { wTildeFromPoints } from '../fourier/w-tilde-points.js';
import { imageLattice } from '../shared/imageLattice.js';
import { onBlockOf } from '../shared/onBlock.js';

export const wTildeCurvatureInterferometerFrom: SyncImplementation<'wTildeCurvatureInterferometerFrom'> = {
  methods: {
    /** The grid lies on a lattice: W by displacement, then every pair of pixels looked up. */
    lattice: {
      cost: ({ K, M, latticePoints: points = M }) => ({
        flops: 8 * K * points,
        bytes: 8 * (3 * K + 2 * M + M * M),
        time: K * points + 15 * K * Math.sqrt(points) + M * M,
      }),
      canRun: ({ latticePoints }) => latticePoints !== 0 || 'the grid lies on no regular lattice',
      run({ noiseMapReal, uvWavelengths, gridRadiansSlim }, context) {
        const { M } = context.sizes;
        const { lattice, nativeIndexForSlimIndex } = imageLattice(gridRadiansSlim, 'wTildeCurvatureInterferometerFrom');
        const displacements = displacementLattice(lattice.rows, lattice.columns, lattice.spacing);
        const values = new Float64Array(displacements.rows * displacements.columns);
        const onBlock = onBlockOf(context, 'wTildeCurvatureInterferometerFrom');
        latticeSums(weightStrengths(noiseMapReal.data), uvWavelengths.data, displacements, values, onBlock);
        return real(wTildeFromCompact(values, lattice.columns, nativeIndexForSlimIndex), [M, M]);
      },
    },
    /** Any grid: a product of (M, K) tables of cosines and sines. */
    factorised: {
      cost: ({ K, M }) => ({
        flops: 2 * K * M * M,
        bytes: 8 * (3 * K + 2 * M + M * M),
        time: 0.5 * K * M * M + 20 * K * M,
      }),
      run({ noiseMapReal, uvWavelengths, gridRadiansSlim }, context) {
        const { M } = context.sizes;
        const onBlock = onBlockOf(context, 'wTildeCurvatureInterferometerFrom');
        const w = new Float64Array(M * M);
        wTildeFromPoints(noiseMapReal.data, uvWavelengths.data, gridRadiansSlim.data, w, onBlock);
        return real(w, [M, M]);
      },
    },
  },
};
