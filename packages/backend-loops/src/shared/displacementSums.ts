/** W by displacement from visibilities: the strategies that the kernels of the W family share. */

import type { Options } from '@wtilde/core-types';
import {
  type DisplacementStrategy,
  fastestStrategy,
  type ImageShape,
  type LatticeFrame,
  latticePoints,
  nufftCanRun,
  toleranceOf,
} from '@wtilde/numerics';
import { directSumsCost, displacementTableCost, nufftDisplacementTableCost } from '../costs/transforms.js';
import { directSums } from '../fourier/directSums.js';
import { latticeSums } from '../fourier/latticeSums.js';
import { nufftDisplacementTable } from '../fourier/nufftTransforms.js';

const factorised: DisplacementStrategy = {
  sum: (weights, uv, displacements, _options, onBlock) =>
    written(displacements, (out) => latticeSums(weights, uv, displacements, out, onBlock)),
  cost: (K, { rows, columns }) => displacementTableCost(K, rows, columns),
  canRun: () => true,
};

const nufft: DisplacementStrategy = {
  sum: (weights, uv, displacements, options, onBlock) =>
    written(displacements, (out) =>
      nufftDisplacementTable(weights, uv, displacements, toleranceOf(options), out, onBlock),
    ),
  cost: (K, { rows, columns }, options) => nufftDisplacementTableCost(K, rows, columns, toleranceOf(options)),
  canRun: nufftCanRun,
};

const direct: DisplacementStrategy = {
  sum: (weights, uv, displacements, _options, onBlock) =>
    written(displacements, (out) => directSums(weights, uv, latticePoints(displacements), out, onBlock)),
  cost: (K, { rows, columns }) => directSumsCost(K, 2 * rows * columns),
  canRun: () => true,
};

export const displacementStrategies = { factorised, nufft, direct };

/** The one that is estimated to be faster; direct sums never are. */
export function fasterStrategy(K: number, shape: ImageShape, options: Options): DisplacementStrategy {
  return fastestStrategy([factorised, nufft], K, shape, options);
}

function written({ rows, columns }: LatticeFrame, write: (out: Float64Array) => void): Float64Array {
  const out = new Float64Array(rows * columns);
  write(out);
  return out;
}
