import { type NdArray, type RunContext, real, type Sizes } from '@wtilde/core-types';
import {
  type MappingArgs,
  type Scratch,
  type SparseMapping,
  sparseMappingOf,
  type TableArgs,
  type TableSource,
} from '@wtilde/numerics';
import {
  type CurvatureSizes,
  convolutionCost,
  curvatureDirectCost,
  curvatureFftCost,
  gatherCost,
} from '../costs/curvatures.js';
import type { Effort } from '../costs/effort.js';
import { curvatureByConvolution } from '../fourier/curvatureConvolution.js';
import { curvatureDirect } from '../fourier/curvatureDirect.js';
import { curvatureByFft } from '../fourier/curvatureFft.js';
import { curvatureByGather } from '../fourier/curvatureGather.js';
import { type CurvatureOperator, operatorOf } from '../fourier/curvatureOperator.js';
import { spectralOperator } from '../fourier/spectralOperator.js';

/** F for a mapping, written to `out` where it is given, by way of what lives in `scratch`. */
export type Curvature = (mapping: SparseMapping, out?: Float64Array, scratch?: Scratch) => Float64Array;

/** One way to F from W by displacement: what it makes of W once, and what it costs for every mapping. */
export interface Strategy {
  prepare(operator: CurvatureOperator): Curvature;
  cost(sizes: CurvatureSizes, rows: number, columns: number): Effort;
}

const convolution: Strategy = {
  prepare: (operator) => (mapping, out, scratch) => curvatureByConvolution(operator, mapping, out, scratch),
  cost: convolutionCost,
};

const fft: Strategy = {
  prepare(operator) {
    const spectral = spectralOperator(operator);
    return (mapping, out, scratch) => curvatureByFft(spectral, mapping, out, scratch);
  },
  cost: curvatureFftCost,
};

const gather: Strategy = {
  prepare: (operator) => (mapping, out, scratch) => curvatureByGather(operator, mapping, out, scratch),
  cost: gatherCost,
};

const direct: Strategy = {
  prepare: (operator) => (mapping, out) => curvatureDirect(operator, mapping, out),
  cost: curvatureDirectCost,
};

/** The sizes that the cost of F depends on; without a measure every row of T is full. */
export function curvatureSizesOf({ M, S, B, nonZeros = M * B }: Sizes): CurvatureSizes {
  return { imagePixels: M, pixels: S, nonZeros };
}

/** What a strategy costs at the sizes of a call. */
function costOf<A>(strategy: Strategy, source: TableSource<A>, sizes: Sizes): Effort {
  return strategy.cost(curvatureSizesOf(sizes), source.rowsOf(sizes), source.columnsOf(sizes));
}

/** The strategy that is estimated to be fastest at the sizes of a call. */
export function cheapestStrategy<A>(source: TableSource<A>, sizes: Sizes): Strategy {
  const [first, ...others] = [convolution, fft, gather, direct];
  return others.reduce(
    (best, next) => (costOf(next, source, sizes).time < costOf(best, source, sizes).time ? next : best),
    first,
  );
}

/** The methods of a kernel that gives F from W by displacement. */
export function curvatureMethods<A>(source: TableSource<A>) {
  return {
    convolution: methodOf(convolution, source),
    fft: methodOf(fft, source),
    gather: methodOf(gather, source),
    direct: methodOf(direct, source),
  };
}

function methodOf<A>(strategy: Strategy, source: TableSource<A>) {
  const resultOf = (curvature: Curvature, args: MappingArgs, { sizes: { S } }: RunContext): NdArray<'real'> =>
    real(curvature(sparseMappingOf(args)), [S, S]);
  return {
    cost: (sizes: Sizes) => ({
      bytes: source.bytes(sizes) + 12 * sizes.M * sizes.B + 8 * sizes.S * sizes.S,
      ...costOf(strategy, source, sizes),
    }),
    run: (args: TableArgs<A> & MappingArgs, context: RunContext) =>
      resultOf(strategy.prepare(operatorOf(source, args, context.sizes)), args, context),
    bind(args: TableArgs<A>, fixed: ReadonlySet<string>, { sizes }: RunContext) {
      if (!source.from.every((name) => fixed.has(name))) return undefined;
      const curvature = strategy.prepare(operatorOf(source, args, sizes));
      return { run: (all: MappingArgs, context: RunContext) => resultOf(curvature, all, context) };
    },
  };
}
