import type { Engine } from '../engine/engine.js';
import { curvatureByConvolution, placeColumns } from '../fourier/curvatureConvolution.js';
import type { CurvatureOperator } from '../fourier/curvatureOperator.js';
import { convolutionFlops, type MappingArgs, sparseMappingOf } from './curvatureMethods.js';
import type { CurvatureSource } from './evidence.js';
import type { OperatorSource } from './operatorSources.js';

/** F inside a log likelihood, by convolution. */
export function displacementSource<A>(
  engine: Engine,
  source: OperatorSource<A>,
): CurvatureSource<A & MappingArgs, CurvatureOperator> {
  return {
    from: source.from,
    prepare: (arena, args, sizes) => source.operatorOf(arena, args, sizes),
    sumOfWeights: source.sumOfWeights,
    curvature(operator, args, _sizes, out, scratch) {
      engine.scoped((arena) => {
        curvatureByConvolution(engine, operator, placeColumns(arena, operator, sparseMappingOf(args), scratch), out);
      });
    },
    flops: convolutionFlops,
  };
}
