import type { NdArray } from '@wtilde/core-types';
import { type MappingArgs, mappedColumnsOf, sparseMappingOf, type TableArgs, type TableSource } from '@wtilde/numerics';
import { convolutionCost } from '../costs/curvatures.js';
import { type CurvatureOperator, operatorOf } from '../fourier/curvatureOperator.js';
import { subtractSquare } from '../linalg/lostColumns.js';
import { type Curvature, cheapestStrategy, curvatureSizesOf, type Strategy } from './curvatureMethods.js';
import type { HostCurvatureSource } from './evidence.js';

/** W by displacement, and what the strategies that were used so far have made of it. */
interface PreparedStrategies {
  readonly operator: CurvatureOperator;
  readonly curvatures: Map<Strategy, Curvature>;
}

/** F inside a log likelihood, by the strategy that is cheapest at the sizes of the call. */
export function displacementSource<A>(
  source: TableSource<A>,
): HostCurvatureSource<TableArgs<A> & MappingArgs, PreparedStrategies> {
  return {
    from: source.from,
    prepare: (_room, args, sizes) => ({ operator: operatorOf(source, args, sizes), curvatures: new Map() }),
    sumOfWeights: source.sumOfWeights,
    curvature({ operator, curvatures }, args, sizes, out, scratch) {
      const strategy = cheapestStrategy(source, sizes);
      const curvature = curvatures.get(strategy) ?? strategy.prepare(operator);
      curvatures.set(strategy, curvature);
      curvature(sparseMappingOf(args), out, scratch);
    },
    flops: (sizes) => convolutionCost(curvatureSizesOf(sizes)).flops,
  };
}

/** The F of a source without what W loses. */
export function lessColumns<A extends MappingArgs, W>(
  source: HostCurvatureSource<A, W>,
): HostCurvatureSource<A & { readonly lostColumns: NdArray<'real'> }, W> {
  return {
    ...source,
    curvature(prepared, args, sizes, out, scratch) {
      source.curvature(prepared, args, sizes, out, scratch);
      const { S, Q } = sizes;
      subtractSquare(mappedColumnsOf(args.lostColumns, sparseMappingOf(args), scratch.f64(S * Q)), S, Q, out);
    },
    flops: (sizes) => source.flops(sizes) + sizes.S ** 2 * sizes.Q,
  };
}
