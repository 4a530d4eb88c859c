/** W by displacement from visibilities: what the kernels of the W family share, whatever sums. */
import {
  gridPitch,
  type NdArray,
  type Options,
  type RunContext,
  radiansPerPixel,
  real,
  type Sizes,
} from '@wtilde/core-types';
import { preloadFromDisplacementTable } from './displacementTable.js';
import type { ImageShape } from './imageShape.js';
import { displacementLattice, type LatticeFrame } from './lattice.js';
import { type OnBlock, onBlockOf } from './onBlock.js';
import { type Strengths, weightStrengths } from './strengths.js';
import type { Effort } from './transformMethods.js';

/** One way to sum W by displacement. */
export interface DisplacementStrategy {
  /** W at (rows, 2 columns - 1) displacements. */
  sum(
    weights: Strengths,
    uv: Float64Array,
    displacements: LatticeFrame,
    options: Options,
    onBlock: OnBlock,
  ): Float64Array;
  /** For K visibilities, and an image whose displacements W is wanted for. */
  cost(K: number, shape: ImageShape, options: Options): Effort;
  canRun(options: Options): true | string;
}

export interface WeightedVisibilities {
  readonly noiseMapReal: NdArray<'real'>;
  readonly uvWavelengths: NdArray<'real'>;
}

/** What a kernel makes of W by displacement. */
export interface DisplacementKernel<A> {
  readonly name: string;
  shapeOf(sizes: Sizes): ImageShape;
  displacementsOf(args: A, sizes: Sizes): LatticeFrame;
  /** @param values (rows, 2 columns - 1) */
  resultOf(values: Float64Array, sizes: Sizes): NdArray<'real'>;
  bytes(sizes: Sizes): number;
}

export const compactDisplacements: DisplacementKernel<{ readonly pixelScale: number }> = {
  name: 'wCompactCurvatureInterferometerFrom',
  shapeOf: ({ N }) => ({ rows: N, columns: N }),
  displacementsOf: ({ pixelScale }, { N }) => displacementLattice(N, N, radiansPerPixel(pixelScale)),
  resultOf: (values, { N }) => real(values, [N, 2 * N - 1]),
  bytes: ({ K, N }) => 8 * (3 * K + 2 * N * N),
};

export const preloadDisplacements: DisplacementKernel<{ readonly gridRadians2d: NdArray<'real'> }> = {
  name: 'wTildeCurvaturePreloadInterferometerFrom',
  shapeOf: ({ Ny, Nx }) => ({ rows: Ny, columns: Nx }),
  displacementsOf: ({ gridRadians2d }, { Ny, Nx }) => displacementLattice(Ny, Nx, gridPitch(gridRadians2d) ?? 0),
  resultOf: (values, { Ny, Nx }) =>
    real(preloadFromDisplacementTable({ rows: Ny, columns: Nx, values }), [2 * Ny, 2 * Nx]),
  bytes: ({ K, Ny, Nx }) => 8 * (3 * K + 4 * Ny * Nx),
};

/** The methods of a kernel that is little more than W by displacement, one for each strategy, under its name. */
export function displacementMethods<A>(
  strategies: Readonly<Record<string, DisplacementStrategy>>,
  kernel: DisplacementKernel<A>,
) {
  const methodOf = (strategy: DisplacementStrategy) => ({
    cost: (sizes: Sizes, options: Options = {}) => ({
      ...strategy.cost(sizes.K, kernel.shapeOf(sizes), options),
      bytes: kernel.bytes(sizes),
    }),
    canRun: (_sizes: Sizes, options: Options) => strategy.canRun(options),
    run(args: A & WeightedVisibilities, context: RunContext): NdArray<'real'> {
      const displacements = kernel.displacementsOf(args, context.sizes);
      return kernel.resultOf(sumDisplacements(strategy, args, displacements, context, kernel.name), context.sizes);
    },
  });
  return Object.fromEntries(Object.entries(strategies).map(([name, strategy]) => [name, methodOf(strategy)]));
}

/** W at (rows, 2 columns - 1) displacements. */
export function sumDisplacements(
  strategy: DisplacementStrategy,
  { noiseMapReal, uvWavelengths }: WeightedVisibilities,
  displacements: LatticeFrame,
  context: RunContext,
  kernel: string,
): Float64Array {
  const weights = weightStrengths(noiseMapReal.data);
  return strategy.sum(weights, uvWavelengths.data, displacements, context.options, onBlockOf(context, kernel));
}

/** The strategy that is estimated to be fastest among those that can run, the first among equals. */
export function fastestStrategy(
  strategies: readonly DisplacementStrategy[],
  K: number,
  shape: ImageShape,
  options: Options,
): DisplacementStrategy {
  const [first, ...others] = strategies.filter((strategy) => strategy.canRun(options) === true);
  const timeOf = (strategy: DisplacementStrategy) => strategy.cost(K, shape, options).time;
  return others.reduce((best, next) => (timeOf(next) < timeOf(best) ? next : best), first);
}
