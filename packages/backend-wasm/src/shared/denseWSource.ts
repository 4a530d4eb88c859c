import type { KernelRunArgs } from '@wtilde/core-types';
import { columnsOfMapping } from '@wtilde/numerics';
import type { Engine } from '../engine/engine.js';
import { curvatureFromDenseW, putColumns } from '../linalg/sparseProducts.js';
import type { MemoryCurvatureSource } from './evidence.js';

/** F inside an evidence, from the dense W. */
export function denseWSource(
  engine: Engine,
): MemoryCurvatureSource<
  Pick<KernelRunArgs<'evidenceViaWTildeFrom'>, 'wTilde' | 'pixIndexesForSubSlimIndex' | 'pixWeightsForSubSlimIndex'>,
  number
> {
  return {
    from: ['wTilde'],
    prepare: (arena, { wTilde }) => arena.putF64(wTilde.data),
    sumOfWeights: ({ wTilde }) => wTilde.data[0] ?? 0,
    curvature(w, { pixIndexesForSubSlimIndex: indexes, pixWeightsForSubSlimIndex: weights }, { M, S }, out, scratch) {
      const columns = columnsOfMapping(M, S, indexes.data, weights.data, undefined, scratch);
      engine.scoped((arena) => curvatureFromDenseW(engine, putColumns(arena, columns, M), w, M, out));
    },
    flops: ({ M, B, S }) => 2 * M * B * (M + S),
  };
}
