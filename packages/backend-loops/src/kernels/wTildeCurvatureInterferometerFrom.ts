import { implement, kernels, real } from '@wtilde/core-types';
import { displacementLattice, imageLattice, onBlockOf, onLattice, sumDisplacements } from '@wtilde/numerics';
import { wTildeExpandCost, wTildePointsCost } from '../costs/transforms.js';
import { wTildeFromHalf } from '../fourier/wTildeExpand.js';
import { wTildeFromPoints } from '../fourier/wTildePoints.js';
import { fasterStrategy } from '../shared/displacementSums.js';

const kernel = 'wTildeCurvatureInterferometerFrom';

export const wTildeCurvatureInterferometerFrom = implement(kernels.wTildeCurvatureInterferometerFrom, {
  /** The grid lies on a lattice: W by displacement, then every pair of pixels looked up. */
  lattice: {
    cost({ K, M, latticePoints: points = M }, options = {}) {
      const side = Math.sqrt(points);
      const shape = { rows: side, columns: side };
      const sums = fasterStrategy(K, shape, options).cost(K, shape, options);
      return { ...sums, bytes: 8 * (3 * K + 2 * M + M * M), time: sums.time + wTildeExpandCost(M).time };
    },
    canRun: onLattice,
    run(args, context) {
      const { K, M } = context.sizes;
      const { lattice, nativeIndexForSlimIndex } = imageLattice(args.gridRadiansSlim, kernel);
      const { rows, columns, pitchY, pitchX } = lattice;
      const strategy = fasterStrategy(K, { rows, columns }, context.options);
      const displacements = displacementLattice(rows, columns, pitchY, pitchX);
      const values = sumDisplacements(strategy, args, displacements, context, kernel);
      return real(wTildeFromHalf({ rows, columns, values }, nativeIndexForSlimIndex), [M, M]);
    },
  },
  /** Any grid: a product of (M, K) tables of cosines and sines. */
  factorised: {
    cost: ({ K, M }) => ({ ...wTildePointsCost(K, M), bytes: 8 * (3 * K + 2 * M + M * M) }),
    run({ noiseMapReal, uvWavelengths, gridRadiansSlim }, context) {
      const { M } = context.sizes;
      const w = new Float64Array(M * M);
      const onBlock = onBlockOf(context, kernel);
      wTildeFromPoints(noiseMapReal.data, uvWavelengths.data, gridRadiansSlim.data, w, onBlock);
      return real(w, [M, M]);
    },
  },
});
