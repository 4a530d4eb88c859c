import type { KernelRunArgs } from '@wtilde/core-types';
import { columnsOfMapping } from '@wtilde/numerics';
import { denseWCost } from '../costs/curvatures.js';
import { curvatureFromDenseW } from '../linalg/curvatureFromDenseW.js';
import { curvatureSizesOf } from './curvatureMethods.js';
import type { HostCurvatureSource } from './evidence.js';

/** F inside an evidence, from the dense W. */
export const denseWSource: HostCurvatureSource<
  Pick<KernelRunArgs<'evidenceViaWTildeFrom'>, 'wTilde' | 'pixIndexesForSubSlimIndex' | 'pixWeightsForSubSlimIndex'>,
  Float64Array
> = {
  from: ['wTilde'],
  prepare: (_room, { wTilde }) => wTilde.data,
  sumOfWeights: ({ wTilde }) => wTilde.data[0] ?? 0,
  curvature(w, { pixIndexesForSubSlimIndex: indexes, pixWeightsForSubSlimIndex: weights }, { M, S }, out, scratch) {
    const columns = columnsOfMapping(M, S, indexes.data, weights.data, undefined, scratch);
    curvatureFromDenseW(w, columns, out, scratch);
  },
  flops: (sizes) => denseWCost(curvatureSizesOf(sizes)).flops,
};
