import type { Sizes } from '@wtilde/core-types';
import type { CurvatureOperator } from '../fourier/curvature-operator.js';
import { cheapestStrategy, type MappingArgs, type OperatorSource, sparseMappingOf } from './curvatureMethods.js';
import type { CurvatureSource } from './logLikelihood.js';

/** F inside a log likelihood, by the strategy that is cheapest at the sizes of the call. */
export function displacementSource<A>(source: OperatorSource<A>): CurvatureSource<A & MappingArgs, CurvatureOperator> {
  return {
    from: source.from,
    prepare: (args, sizes) => source.operatorOf(args, sizes),
    curvature: (operator, args, sizes: Sizes) => cheapestStrategy(sizes).curvature(operator, sparseMappingOf(args)),
    flops: (sizes) => cheapestStrategy(sizes).flops(sizes),
  };
}
