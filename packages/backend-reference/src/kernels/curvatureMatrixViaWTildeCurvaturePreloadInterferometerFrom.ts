import { implement, kernels, real } from '@wtilde/core-types';
import { lookUpPreload } from '../math/lookUp.js';
import { curvatureMatrix, entriesOf } from '../math/sparseMapping.js';

export const curvatureMatrixViaWTildeCurvaturePreloadInterferometerFrom = implement(
  kernels.curvatureMatrixViaWTildeCurvaturePreloadInterferometerFrom,
  {
    direct: {
      cost: ({ M, B, S, Ny, Nx }) => ({ flops: 3 * (M * B) ** 2, bytes: 8 * (4 * Ny * Nx + S * S) + 12 * M * B }),
      run(args, { sizes: { S } }) {
        const entries = entriesOf(args.pixIndexesForSubSlimIndex, args.pixWeightsForSubSlimIndex);
        const look = lookUpPreload(args.curvaturePreload, args.nativeIndexForSlimIndex);
        return real(curvatureMatrix(entries, look, S), [S, S]);
      },
    },
  },
);
