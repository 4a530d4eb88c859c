import type { NdArray } from '@wtilde/core-types';
import { type MappingArgs, sparseMappingOf, type TableArgs, type TableSource } from '@wtilde/numerics';
import type { Engine } from '../engine/engine.js';
import { curvatureByConvolution, placeColumns } from '../fourier/curvatureConvolution.js';
import { type CurvatureOperator, operatorOf } from '../fourier/curvatureOperator.js';
import { type LostColumns, lostColumnsOf, mappedLost, subtractSquare } from '../fourier/lostColumns.js';
import { convolutionFlops } from './curvatureMethods.js';
import type { MemoryCurvatureSource } from './evidence.js';

/** W by displacement, and the columns that it loses. */
interface Prepared {
  readonly operator: CurvatureOperator;
  readonly lost: LostColumns | undefined;
}

interface MayLose {
  readonly lostColumns?: NdArray<'real'>;
}

/** F inside a log likelihood, by convolution. */
export function displacementSource<A>(
  engine: Engine,
  source: TableSource<A>,
): MemoryCurvatureSource<TableArgs<A> & MappingArgs & MayLose, Prepared> {
  return {
    from: source.from,
    prepare(arena, args, sizes) {
      const operator = operatorOf(source, arena, args, sizes);
      return { operator, lost: args.lostColumns && lostColumnsOf(engine, arena, operator, args.lostColumns) };
    },
    sumOfWeights: source.sumOfWeights,
    curvature({ operator, lost }, args, { S }, out, scratch) {
      engine.scoped((arena) => {
        const columns = placeColumns(arena, operator, sparseMappingOf(args), scratch);
        curvatureByConvolution(engine, operator, columns, out);
        if (lost !== undefined) subtractSquare(engine, mappedLost(engine, arena, lost, columns), S, lost.total, out);
      });
    },
    flops: (sizes) => convolutionFlops(sizes) + sizes.S ** 2 * (sizes.Q ?? 0),
  };
}

/** The same of kernels whose W loses columns: these are bound with it. */
export function lessColumnsSource<A>(engine: Engine, source: TableSource<A>) {
  const whole = displacementSource(engine, source);
  return { ...whole, from: [...whole.from, 'lostColumns'] };
}
