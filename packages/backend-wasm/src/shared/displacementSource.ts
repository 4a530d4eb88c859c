import type { NdArray } from '@wtilde/core-types';
import { type MappingArgs, mappedColumnsOf, sparseMappingOf, type TableArgs, type TableSource } from '@wtilde/numerics';
import type { Engine } from '../engine/engine.js';
import { curvatureByConvolution, placeColumns } from '../fourier/curvatureConvolution.js';
import { type CurvatureOperator, operatorOf } from '../fourier/curvatureOperator.js';
import { subtractSquare } from '../linalg/lostColumns.js';
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

/** The F of a source without what W loses. */
export function lessColumns<A extends MappingArgs, W>(
  engine: Engine,
  source: MemoryCurvatureSource<A, W>,
): MemoryCurvatureSource<A & { readonly lostColumns: NdArray<'real'> }, W> {
  return {
    ...source,
    curvature(prepared, args, sizes, out, scratch) {
      source.curvature(prepared, args, sizes, out, scratch);
      const { S, Q } = sizes;
      const X = mappedColumnsOf(args.lostColumns, sparseMappingOf(args), scratch.f64(S * Q));
      engine.scoped((arena) => subtractSquare(engine, arena.putF64(X), S, Q, out));
    },
    flops: (sizes) => source.flops(sizes) + sizes.S ** 2 * sizes.Q,
  };
}
