import { implementAsync, index, kernels, real } from '@wtilde/core-types';
import { imageLattice, onLattice, weightStrengths } from '@wtilde/numerics';
import type { Device } from '../device/device.js';
import { hostArray } from '../device/hostArray.js';
import { expansion, expansionFits } from '../products/expansion.js';
import { displacementTable } from '../transforms/displacementTable.js';
import { latticeSumsFit, latticeSumsFlops } from '../transforms/latticeSums.js';
import { pairSums } from '../transforms/pointSums.js';
import { slabSumsFit } from '../transforms/slabSums.js';

const name = 'wTildeCurvatureInterferometerFrom';

/** Operations for a visibility at a pair of points: a product of table entries and its share of making them. */
const perPair = 6;

export const wTildeCurvatureInterferometerFrom = (device: Device) =>
  implementAsync(kernels.wTildeCurvatureInterferometerFrom, {
    /** The grid lies on a lattice: W by displacement, then every pair of pixels looked up. */
    lattice: {
      cost({ K, M, latticePoints = M }) {
        const side = Math.ceil(Math.sqrt(latticePoints));
        return { flops: latticeSumsFlops(K, side, 2 * side), bytes: 24 * K + 8 * M * M };
      },
      canRun(sizes, { keep }) {
        const { M, latticePoints = M } = sizes;
        const can = onLattice(sizes);
        if (can !== true) return can;
        const sums = latticeSumsFit(device, 1, 2 * latticePoints);
        return sums === true ? expansionFits(device, M, 2 * latticePoints, keep) : sums;
      },
      run: async (args, context) => {
        const { lattice, nativeIndexForSlimIndex } = imageLattice(await hostArray(args.gridRadiansSlim), name);
        const { rows, columns, values } = await displacementTable(device, name, context, args, lattice);
        const table = real(values, [rows, Math.max(2 * columns - 1, 0)]);
        const native = index(nativeIndexForSlimIndex, [context.sizes.M, 2]);
        return await expansion(device, name, context, 'half', table, native);
      },
    },
    /** Any grid: a product of tables for the points. */
    factorised: {
      cost: ({ K, M }) => ({ flops: perPair * K * M * M, bytes: 24 * K + 8 * M * M }),
      canRun: ({ M }) => slabSumsFit(device, M * M),
      run: ({ noiseMapReal, uvWavelengths, gridRadiansSlim }, context) =>
        device.scoped(name, async (scope) => {
          const { M } = context.sizes;
          const weights = weightStrengths((await hostArray(noiseMapReal)).data);
          const uv = (await hostArray(uvWavelengths)).data;
          const grid = (await hostArray(gridRadiansSlim)).data;
          const W = await pairSums(device, name, context, weights, uv, grid);
          return scope.finishOnHost(real(W, [M, M]), context.options);
        }),
    },
  });
