import { implement, type KernelRunArgs, kernels } from '@wtilde/core-types';
import { denseWCost } from '../costs/curvatures.js';
import { curvatureFromDenseW } from '../linalg/curvatureFromDenseW.js';
import { curvatureSizesOf } from '../shared/curvatureMethods.js';
import { logLikelihoodMethods } from '../shared/logLikelihood.js';
import { columnsOfMapping } from '../sparse/sparseColumns.js';

export const logLikelihoodFunctionViaWTildeFrom = implement(
  kernels.logLikelihoodFunctionViaWTildeFrom,
  logLikelihoodMethods<KernelRunArgs<'logLikelihoodFunctionViaWTildeFrom'>, Float64Array>({
    from: ['wTilde'],
    prepare: ({ wTilde }) => wTilde.data,
    curvature(w, { pixIndexesForSubSlimIndex, pixWeightsForSubSlimIndex }, { M, S }, out) {
      curvatureFromDenseW(
        w,
        columnsOfMapping(M, S, pixIndexesForSubSlimIndex.data, pixWeightsForSubSlimIndex.data),
        out,
      );
    },
    flops: (sizes) => denseWCost(curvatureSizesOf(sizes)).flops,
  }),
);
