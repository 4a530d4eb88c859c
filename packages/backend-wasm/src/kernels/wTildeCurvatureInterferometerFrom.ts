import { implement, kernels, real, type Sizes } from '@wtilde/core-types';
import { displacementLattice, imageLattice, onBlockOf, onLattice, sumDisplacements } from '@wtilde/numerics';
import type { Engine } from '../engine/engine.js';
import { wTildeFromTable } from '../fourier/wTildeExpand.js';
import { wTildeFromPoints } from '../fourier/wTildePoints.js';
import { fasterStrategy } from '../shared/displacementSums.js';

const name = 'wTildeCurvatureInterferometerFrom';

export const wTildeCurvatureInterferometerFrom = (engine: Engine) =>
  implement(kernels.wTildeCurvatureInterferometerFrom, {
    /** The grid lies on a lattice: W by displacement, then every pair of pixels looked up. */
    lattice: {
      cost(sizes, options = {}) {
        const { K, M } = sizes;
        const shape = shapeOf(sizes);
        const sums = fasterStrategy(engine, K, shape, options).cost(K, shape, options);
        return { ...sums, bytes: 8 * (3 * K + 2 * M + M * M), time: sums.time + M * M };
      },
      canRun: onLattice,
      run(args, context) {
        const { K, M } = context.sizes;
        const { lattice, nativeIndexForSlimIndex } = imageLattice(args.gridRadiansSlim, name);
        const { rows, columns, pitchY, pitchX } = lattice;
        const strategy = fasterStrategy(engine, K, { rows, columns }, context.options);
        const displacements = displacementLattice(rows, columns, pitchY, pitchX);
        const values = sumDisplacements(strategy, args, displacements, context, name);
        return real(wTildeFromTable(engine, { rows, columns, values }, nativeIndexForSlimIndex), [M, M]);
      },
    },
    /** Any grid: a product of (M, K) tables of cosines and sines. */
    factorised: {
      cost: ({ K, M }) => ({
        flops: 2 * K * M * M,
        bytes: 8 * (3 * K + 2 * M + M * M),
        time: 0.16 * K * M * M + 10 * K * M,
      }),
      run({ noiseMapReal, uvWavelengths, gridRadiansSlim }, context) {
        const { M } = context.sizes;
        const onBlock = onBlockOf(context, name);
        const w = wTildeFromPoints(engine, noiseMapReal.data, uvWavelengths.data, gridRadiansSlim.data, onBlock);
        return real(w, [M, M]);
      },
    },
  });

/** The image of a grid, taken as a square. */
function shapeOf({ M, latticePoints = M }: Sizes) {
  const side = Math.max(1, Math.ceil(Math.sqrt(latticePoints)));
  return { rows: side, columns: side };
}
