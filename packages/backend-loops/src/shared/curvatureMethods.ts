import { type NdArray, type RunContext, real, type Sizes } from '@wtilde/core-types';
import { curvatureByConvolution } from '../fourier/curvature-convolution.js';
import { curvatureDirect } from '../fourier/curvature-direct.js';
import { curvatureByGather } from '../fourier/curvature-gather.js';
import type { CurvatureOperator, SparseMapping } from '../fourier/curvature-operator.js';

export interface MappingArgs {
  readonly pixIndexesForSubSlimIndex: NdArray<'index'>;
  readonly pixWeightsForSubSlimIndex: NdArray<'real'>;
  readonly pixels: number;
}

export function sparseMappingOf(args: MappingArgs): SparseMapping {
  return {
    pixIndexes: args.pixIndexesForSubSlimIndex.data,
    pixWeights: args.pixWeightsForSubSlimIndex.data,
    pixels: args.pixels,
  };
}

/** One way to F from W by displacement: how, and its operations and nanoseconds at given sizes. */
export interface Strategy {
  curvature(operator: CurvatureOperator, mapping: SparseMapping): Float64Array;
  flops(sizes: Sizes): number;
  time(sizes: Sizes): number;
}

const entries = ({ M, B, nonZeros = M * B }: Sizes): number => nonZeros;

/** Times fitted on one core. */
const convolution: Strategy = {
  curvature: curvatureByConvolution,
  flops: (sizes) => entries(sizes) * (sizes.M + 2 * sizes.S),
  time: (sizes) => entries(sizes) * (0.25 * sizes.M + 0.5 * sizes.S) + 30 * sizes.M,
};

const gather: Strategy = {
  curvature: curvatureByGather,
  flops: (sizes) => 2 * entries(sizes) * (sizes.M + sizes.S),
  time: (sizes) => entries(sizes) * (0.6 * sizes.M + 0.6 * sizes.S),
};

const direct: Strategy = {
  curvature: curvatureDirect,
  flops: (sizes) => entries(sizes) ** 2,
  time: (sizes) => 1.2 * entries(sizes) ** 2,
};

/** The strategy that is estimated to be fastest at the sizes of a call. */
export function cheapestStrategy(sizes: Sizes): Strategy {
  const [first, ...others] = [convolution, gather, direct];
  return others.reduce((best, next) => (next.time(sizes) < best.time(sizes) ? next : best), first);
}

/** How a kernel's arguments give W by displacement: a table and the pixel positions, worth making once. */
export interface OperatorSource<A> {
  /** The arguments that the operator is made of. */
  readonly from: readonly string[];
  operatorOf(args: A, sizes: Sizes): CurvatureOperator;
  tableBytes(sizes: Sizes): number;
}

/** The methods of a kernel that gives F from W by displacement. */
export function curvatureMethods<A>(source: OperatorSource<A>) {
  return {
    convolution: methodOf(convolution, source),
    gather: methodOf(gather, source),
    direct: methodOf(direct, source),
  };
}

function methodOf<A>({ curvature, flops, time }: Strategy, source: OperatorSource<A>) {
  const run = (operator: CurvatureOperator, args: MappingArgs, { sizes: { S } }: RunContext): NdArray<'real'> =>
    real(curvature(operator, sparseMappingOf(args)), [S, S]);
  return {
    cost: (sizes: Sizes) => ({
      flops: flops(sizes),
      bytes: source.tableBytes(sizes) + 12 * sizes.M * sizes.B + 8 * sizes.S * sizes.S,
      time: time(sizes),
    }),
    run: (args: A & MappingArgs, context: RunContext) => run(source.operatorOf(args, context.sizes), args, context),
    bind(args: A, fixed: ReadonlySet<string>, { sizes }: RunContext) {
      if (!source.from.every((name) => fixed.has(name))) return undefined;
      const operator = source.operatorOf(args, sizes);
      return { run: (all: MappingArgs, context: RunContext) => run(operator, all, context) };
    },
  };
}
