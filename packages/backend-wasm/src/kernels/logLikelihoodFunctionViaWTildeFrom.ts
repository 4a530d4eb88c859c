import { implement, type KernelRunArgs, kernels } from '@wtilde/core-types';
import type { Engine } from '../engine/engine.js';
import { columnsOfMapping } from '../linalg/mappingColumns.js';
import { curvatureFromDenseW, putColumns } from '../linalg/sparseProducts.js';
import { logLikelihoodMethods } from '../shared/logLikelihood.js';

export const logLikelihoodFunctionViaWTildeFrom = (engine: Engine) =>
  implement(
    kernels.logLikelihoodFunctionViaWTildeFrom,
    logLikelihoodMethods<KernelRunArgs<'logLikelihoodFunctionViaWTildeFrom'>, number>(engine, {
      from: ['wTilde'],
      prepare: (arena, { wTilde }) => arena.putF64(wTilde.data),
      curvature(w, { pixIndexesForSubSlimIndex, pixWeightsForSubSlimIndex }, { M, S }, out) {
        const columns = columnsOfMapping(M, pixIndexesForSubSlimIndex.data, pixWeightsForSubSlimIndex.data, S);
        engine.scoped((arena) => curvatureFromDenseW(engine, putColumns(arena, columns, M), w, M, out));
      },
      flops: ({ M, B, S }) => 2 * M * B * (M + S),
    }),
  );
