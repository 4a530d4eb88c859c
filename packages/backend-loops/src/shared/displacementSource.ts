import { convolutionCost } from '../costs/curvatures.js';
import type { CurvatureOperator } from '../fourier/curvatureOperator.js';
import {
  type Curvature,
  cheapestStrategy,
  curvatureSizesOf,
  type MappingArgs,
  type OperatorSource,
  type Strategy,
  sparseMappingOf,
} from './curvatureMethods.js';
import type { CurvatureSource } from './evidence.js';

/** W by displacement, and what the strategies that were used so far have made of it. */
interface PreparedStrategies {
  readonly operator: CurvatureOperator;
  readonly curvatures: Map<Strategy, Curvature>;
}

/** F inside a log likelihood, by the strategy that is cheapest at the sizes of the call. */
export function displacementSource<A>(source: OperatorSource<A>): CurvatureSource<A & MappingArgs, PreparedStrategies> {
  return {
    from: source.from,
    prepare: (args, sizes) => ({ operator: source.operatorOf(args, sizes), curvatures: new Map() }),
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
