import { type MappingArgs, sparseMappingOf, type TableArgs, type TableSource } from '@wtilde/numerics';
import type { Engine } from '../engine/engine.js';
import { curvatureByConvolution, placeColumns } from '../fourier/curvatureConvolution.js';
import { type CurvatureOperator, operatorOf } from '../fourier/curvatureOperator.js';
import { convolutionFlops } from './curvatureMethods.js';
import type { MemoryCurvatureSource } from './evidence.js';

/** F inside a log likelihood, by convolution. */
export function displacementSource<A>(
  engine: Engine,
  source: TableSource<A>,
): MemoryCurvatureSource<TableArgs<A> & MappingArgs, CurvatureOperator> {
  return {
    from: source.from,
    prepare: (arena, args, sizes) => operatorOf(source, arena, args, sizes),
    sumOfWeights: source.sumOfWeights,
    curvature(operator, args, _sizes, out, scratch) {
      engine.scoped((arena) => {
        curvatureByConvolution(engine, operator, placeColumns(arena, operator, sparseMappingOf(args), scratch), out);
      });
    },
    flops: convolutionFlops,
  };
}
