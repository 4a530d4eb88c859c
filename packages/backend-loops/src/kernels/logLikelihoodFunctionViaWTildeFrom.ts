import type { KernelRunArgs, SyncImplementation } from '@wtilde/core-types';
import { curvatureFromDenseW } from '../linalg/curvatureFromDenseW.js';
import { columnsOfMapping } from '../linalg/sparseColumns.js';
import { logLikelihoodMethods } from '../shared/logLikelihood.js';

export const logLikelihoodFunctionViaWTildeFrom: SyncImplementation<'logLikelihoodFunctionViaWTildeFrom'> = {
  methods: logLikelihoodMethods<KernelRunArgs<'logLikelihoodFunctionViaWTildeFrom'>, Float64Array>({
    from: ['wTilde'],
    prepare: ({ wTilde }) => wTilde.data,
    curvature(w, { pixIndexesForSubSlimIndex, pixWeightsForSubSlimIndex }, { M, S }, out) {
      curvatureFromDenseW(
        w,
        columnsOfMapping(M, S, pixIndexesForSubSlimIndex.data, pixWeightsForSubSlimIndex.data),
        out,
      );
    },
    flops: ({ M, B, S }) => 2 * M * B * (M + S),
  }),
};
