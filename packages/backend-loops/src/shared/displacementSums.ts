/** W by displacement from visibilities: the strategies that the kernels of the W family share. */

import type { MethodFacts, NdArray, Options, RunContext, Sizes } from '@wtilde/core-types';
import type { OnBlock } from '@wtilde/numerics';
import {
  type ImageShape,
  type LatticeFrame,
  latticePoints,
  nufftCanRun,
  onBlockOf,
  type Strengths,
  toleranceOf,
  weightStrengths,
} from '@wtilde/numerics';
import type { Effort } from '../costs/effort.js';
import { directSumsCost, displacementTableCost, nufftDisplacementTableCost } from '../costs/transforms.js';
import { directSums } from '../fourier/directSums.js';
import { latticeSums } from '../fourier/latticeSums.js';
import { nufftDisplacementTable } from '../fourier/nufftTransforms.js';

interface Strategy {
  sum(
    weights: Strengths,
    uv: Float64Array,
    displacements: LatticeFrame,
    options: Options,
    out: Float64Array,
    onBlock: OnBlock,
  ): void;
  cost(K: number, shape: ImageShape, options: Options): Effort;
  canRun(options: Options): true | string;
}

const factorised: Strategy = {
  sum: (weights, uv, displacements, _options, out, onBlock) => latticeSums(weights, uv, displacements, out, onBlock),
  cost: (K, { rows, columns }) => displacementTableCost(K, rows, columns),
  canRun: () => true,
};

const nufft: Strategy = {
  sum: (weights, uv, displacements, options, out, onBlock) =>
    nufftDisplacementTable(weights, uv, displacements, toleranceOf(options), out, onBlock),
  cost: (K, { rows, columns }, options) => nufftDisplacementTableCost(K, rows, columns, toleranceOf(options)),
  canRun: nufftCanRun,
};

const direct: Strategy = {
  sum: (weights, uv, displacements, _options, out, onBlock) =>
    directSums(weights, uv, latticePoints(displacements), out, onBlock),
  cost: (K, { rows, columns }) => directSumsCost(K, 2 * rows * columns),
  canRun: () => true,
};

interface WeightedVisibilities {
  readonly noiseMapReal: NdArray<'real'>;
  readonly uvWavelengths: NdArray<'real'>;
}

/** What a kernel makes of W by displacement. */
export interface DisplacementKernel<A, R> {
  readonly name: string;
  shapeOf(sizes: Sizes): ImageShape;
  displacementsOf(args: A, sizes: Sizes): LatticeFrame;
  /** @param values (rows, 2 columns - 1) */
  resultOf(values: Float64Array, args: A, sizes: Sizes): R;
  bytes(sizes: Sizes): number;
}

/** The methods of a kernel that starts with W by displacement. */
export function displacementMethods<A extends WeightedVisibilities, R>(kernel: DisplacementKernel<A, R>) {
  return {
    factorised: methodOf(factorised, kernel),
    nufft: methodOf(nufft, kernel),
    direct: methodOf(direct, kernel),
  };
}

function methodOf<A extends WeightedVisibilities, R>(strategy: Strategy, kernel: DisplacementKernel<A, R>) {
  const facts: MethodFacts = {
    cost: (sizes, options = {}) => ({
      ...strategy.cost(sizes.K, kernel.shapeOf(sizes), options),
      bytes: kernel.bytes(sizes),
    }),
    canRun: (_sizes, options) => strategy.canRun(options),
  };
  return {
    ...facts,
    run(args: A, context: RunContext): R {
      const displacements = kernel.displacementsOf(args, context.sizes);
      const values = new Float64Array(displacements.rows * displacements.columns);
      const weights = weightStrengths(args.noiseMapReal.data);
      const onBlock = onBlockOf(context, kernel.name);
      strategy.sum(weights, args.uvWavelengths.data, displacements, context.options, values, onBlock);
      return kernel.resultOf(values, args, context.sizes);
    },
  };
}

/** W by displacement the fastest way. */
export function sumDisplacements(
  { noiseMapReal, uvWavelengths }: WeightedVisibilities,
  displacements: LatticeFrame,
  context: RunContext,
  kernel: string,
): Float64Array {
  const shape = { rows: displacements.rows, columns: (displacements.columns + 1) / 2 };
  const strategy = cheapest(context.sizes.K, shape, context.options);
  const values = new Float64Array(displacements.rows * displacements.columns);
  const onBlock = onBlockOf(context, kernel);
  strategy.sum(weightStrengths(noiseMapReal.data), uvWavelengths.data, displacements, context.options, values, onBlock);
  return values;
}

/** What {@link sumDisplacements} costs. */
export function displacementsCost(K: number, shape: ImageShape, options: Options): Effort {
  return cheapest(K, shape, options).cost(K, shape, options);
}

function cheapest(K: number, shape: ImageShape, options: Options): Strategy {
  if (nufft.canRun(options) !== true) return factorised;
  const times = [nufft, factorised].map(({ cost }) => cost(K, shape, options).time);
  return times[0] < times[1] ? nufft : factorised;
}
