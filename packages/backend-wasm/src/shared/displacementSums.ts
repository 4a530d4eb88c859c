/** W by displacement from visibilities: the strategies that the kernels of the W family share. */
import type { Options } from '@wtilde/core-types';
import {
  type DisplacementStrategy,
  displacementTarget,
  fastestStrategy,
  type ImageShape,
  nufftCanRun,
  toleranceOf,
} from '@wtilde/numerics';
import type { Engine } from '../engine/engine.js';
import { latticeSums } from '../fourier/latticeSums.js';
import { nufftTime } from '../fourier/nufftPlan.js';
import { nufftSums } from '../fourier/nufftSums.js';
import { latticeEffort } from './transformCosts.js';

export function displacementStrategies(engine: Engine) {
  /** Two products of per-axis tables. */
  const factorised: DisplacementStrategy = {
    sum: (weights, uv, displacements, _options, onBlock) =>
      engine.scoped((arena) => {
        const table = latticeSums(engine, arena, weights, uv, displacements, onBlock);
        return engine.heap.copyF64(table, displacements.rows * displacements.columns);
      }),
    cost: (K, { rows, columns }) => ({
      flops: 4 * K * rows * columns,
      time: latticeEffort(K, rows, Math.max(1, 2 * columns - 1)).time,
    }),
    canRun: () => true,
  };

  /** A non-uniform FFT, for many visibilities. */
  const nufft: DisplacementStrategy = {
    sum: (weights, uv, displacements, options, onBlock) =>
      engine.scoped((arena) => {
        const target = displacementTarget(displacements);
        const table = nufftSums(engine, arena, target, weights, uv, toleranceOf(options), onBlock);
        return engine.heap.copyF64(table, displacements.rows * displacements.columns);
      }),
    cost(K, { rows, columns }, options) {
      const modes = { modesX: Math.max(1, 2 * columns - 1), modesY: Math.max(1, 2 * rows - 1) };
      return { time: nufftTime({ ...modes, visibilities: K, real: true, tolerance: toleranceOf(options) }) };
    },
    canRun: nufftCanRun,
  };

  return { factorised, nufft };
}

/** The one that is estimated to be faster. */
export function fasterStrategy(engine: Engine, K: number, shape: ImageShape, options: Options): DisplacementStrategy {
  return fastestStrategy(Object.values(displacementStrategies(engine)), K, shape, options);
}
