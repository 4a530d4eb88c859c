/** W by displacement from visibilities: the strategies that the kernels of the W family share. */

import type { NdArray, Options, RunContext, Sizes } from '@wtilde/core-types';
import {
  displacementTarget,
  type ImageShape,
  type LatticeFrame,
  nufftCanRun,
  onBlockOf,
  toleranceOf,
  weightStrengths,
} from '@wtilde/numerics';
import type { Engine } from '../engine/engine.js';
import { latticeSums } from '../fourier/latticeSums.js';
import { nufftTime } from '../fourier/nufftPlan.js';
import { nufftSums } from '../fourier/nufftSums.js';
import { latticeEffort } from './transformCosts.js';

interface WeightedVisibilities {
  readonly noiseMapReal: NdArray<'real'>;
  readonly uvWavelengths: NdArray<'real'>;
}

/** How W by displacement is summed: by products of per-axis tables, or by a non-uniform FFT. */
export type Strategy = 'factorised' | 'nufft';

/** W at (rows, 2 columns - 1) displacements. */
export function sumDisplacements(
  engine: Engine,
  strategy: Strategy,
  { noiseMapReal, uvWavelengths }: WeightedVisibilities,
  displacements: LatticeFrame,
  context: RunContext,
  kernel: string,
): Float64Array {
  const strengths = weightStrengths(noiseMapReal.data);
  const onBlock = onBlockOf(context, kernel);
  const uv = uvWavelengths.data;
  return engine.scoped((arena) => {
    const table =
      strategy === 'factorised'
        ? latticeSums(engine, arena, strengths, uv, displacements, onBlock)
        : nufftSums(
            engine,
            arena,
            displacementTarget(displacements),
            strengths,
            uv,
            toleranceOf(context.options),
            onBlock,
          );
    return engine.heap.copyF64(table, displacements.rows * displacements.columns);
  });
}

/** What {@link sumDisplacements} costs: estimated nanoseconds, and operations of products, which are counted. */
export function displacementsCost(strategy: Strategy, K: number, shape: ImageShape, options: Options) {
  const time = displacementsTime(strategy, K, shape, options);
  return strategy === 'nufft' ? { time } : { flops: 4 * K * shape.rows * shape.columns, time };
}

function displacementsTime(strategy: Strategy, K: number, shape: ImageShape, options: Options): number {
  const rows = shape.rows;
  const columns = Math.max(1, 2 * shape.columns - 1);
  if (strategy === 'factorised') return latticeEffort(K, rows, columns).time;
  const sizes = { modesX: columns, modesY: Math.max(1, 2 * rows - 1), visibilities: K, real: true };
  return nufftTime({ ...sizes, tolerance: toleranceOf(options) });
}

/** The strategy that is estimated to be faster. */
export function fasterStrategy(K: number, shape: ImageShape, options: Options): Strategy {
  if (nufftCanRun(options) !== true) return 'factorised';
  const timeOf = (strategy: Strategy) => displacementsTime(strategy, K, shape, options);
  return timeOf('nufft') < timeOf('factorised') ? 'nufft' : 'factorised';
}

/** What a kernel makes of W by displacement. */
interface DisplacementKernel<A, R> {
  readonly name: string;
  shapeOf(sizes: Sizes): ImageShape;
  displacementsOf(args: A, sizes: Sizes): LatticeFrame;
  /** @param values (rows, 2 columns - 1) */
  resultOf(values: Float64Array, sizes: Sizes): R;
  bytes(sizes: Sizes): number;
}

/** The methods of a kernel that is little more than W by displacement. */
export function displacementMethods<A extends WeightedVisibilities, R>(
  engine: Engine,
  kernel: DisplacementKernel<A, R>,
) {
  function methodOf(strategy: Strategy, canRun: (options: Options) => true | string) {
    return {
      cost: (sizes: Sizes, options: Options = {}) => ({
        ...displacementsCost(strategy, sizes.K, kernel.shapeOf(sizes), options),
        bytes: kernel.bytes(sizes),
      }),
      canRun: (_sizes: Sizes, options: Options) => canRun(options),
      run(args: A, context: RunContext): R {
        const displacements = kernel.displacementsOf(args, context.sizes);
        const values = sumDisplacements(engine, strategy, args, displacements, context, kernel.name);
        return kernel.resultOf(values, context.sizes);
      },
    };
  }

  return {
    /** Two products of per-axis tables. */
    factorised: methodOf('factorised', () => true),
    /** A non-uniform FFT, for many visibilities. */
    nufft: methodOf('nufft', nufftCanRun),
  };
}
