import { implement, kernels, real } from '@wtilde/core-types';
import { columnsOfMapping } from '@wtilde/numerics';
import { denseWCost } from '../costs/curvatures.js';
import { curvatureFromDenseW } from '../linalg/curvatureFromDenseW.js';
import { curvatureSizesOf } from '../shared/curvatureMethods.js';

export const curvatureMatrixViaWTildeSparseMappingMatrixFrom = implement(
  kernels.curvatureMatrixViaWTildeSparseMappingMatrixFrom,
  {
    rows: {
      cost: (sizes) => ({
        ...denseWCost(curvatureSizesOf(sizes)),
        bytes: 8 * (sizes.M ** 2 + sizes.S ** 2) + 12 * sizes.M * sizes.B,
      }),
      run({ wTilde, pixIndexesForSubSlimIndex, pixWeightsForSubSlimIndex }, { sizes: { M, S } }) {
        const columns = columnsOfMapping(M, S, pixIndexesForSubSlimIndex.data, pixWeightsForSubSlimIndex.data);
        return real(curvatureFromDenseW(wTilde.data, columns), [S, S]);
      },
    },
  },
);
