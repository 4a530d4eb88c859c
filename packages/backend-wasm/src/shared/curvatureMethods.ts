import { mappingNames, type NdArray, type RunContext, real, type Sizes } from '@wtilde/core-types';
import { type MappingArgs, sparseMappingOf, type TableArgs, type TableSource } from '@wtilde/numerics';
import type { Arena } from '../engine/arena.js';
import type { Engine } from '../engine/engine.js';
import { curvatureByConvolution, type PlacedColumns, placeColumns } from '../fourier/curvatureConvolution.js';
import { curvatureDirect } from '../fourier/curvatureDirect.js';
import { type CurvatureOperator, operatorOf } from '../fourier/curvatureOperator.js';
import { bound, keep } from './kept.js';

const entries = ({ M, B, nonZeros = M * B }: Sizes): number => nonZeros;

/** Operations of the convolution, which also serves the log likelihoods. */
export function convolutionFlops(sizes: Sizes): number {
  return entries(sizes) * (sizes.M + 2 * sizes.S);
}

/** The methods of a kernel that gives F from W by displacement. */
export function curvatureMethods<A>(engine: Engine, source: TableSource<A>) {
  type Args = TableArgs<A> & MappingArgs;
  const bytes = (sizes: Sizes) => source.bytes(sizes) + 12 * sizes.M * sizes.B + 8 * sizes.S * sizes.S;

  function convolve(operator: CurvatureOperator, columns: PlacedColumns, arena: Arena): NdArray<'real'> {
    const { pixels } = columns;
    const out = arena.f64(pixels * pixels);
    curvatureByConvolution(engine, operator, columns, out);
    return real(engine.heap.copyF64(out, pixels * pixels), [pixels, pixels]);
  }

  return {
    convolution: {
      cost: (sizes: Sizes) => ({
        flops: convolutionFlops(sizes),
        bytes: bytes(sizes),
        time: entries(sizes) * (0.09 * sizes.M + 0.15 * sizes.S) + 10 * sizes.M,
      }),
      run: (args: Args, { sizes }: RunContext) =>
        engine.scoped((arena) => {
          const operator = operatorOf(source, arena, args, sizes);
          return convolve(operator, placeColumns(arena, operator, sparseMappingOf(args)), arena);
        }),
      bind(args: Args, fixed: ReadonlySet<string>, { sizes }: RunContext) {
        if (!bound(fixed, source.from)) return undefined;
        const withMapping = bound(fixed, mappingNames);
        const kept = keep(engine, (arena) => {
          const operator = operatorOf(source, arena, args, sizes);
          const columns = withMapping ? placeColumns(arena, operator, sparseMappingOf(args)) : undefined;
          return { operator, columns };
        });
        const { operator, columns } = kept.value;
        return {
          run: (all: MappingArgs) =>
            engine.scoped((arena) =>
              convolve(operator, columns ?? placeColumns(arena, operator, sparseMappingOf(all)), arena),
            ),
          dispose: kept.dispose,
        };
      },
    },

    /** Without any intermediate array. */
    direct: {
      cost: (sizes: Sizes) => ({
        flops: entries(sizes) ** 2,
        bytes: bytes(sizes),
        time: 1.1 * entries(sizes) ** 2,
      }),
      run: (args: Args, { sizes }: RunContext) =>
        engine.scoped((arena) => {
          const { S } = sizes;
          const out = arena.f64(S * S);
          curvatureDirect(engine, operatorOf(source, arena, args, sizes), sparseMappingOf(args), out);
          return real(engine.heap.copyF64(out, S * S), [S, S]);
        }),
    },
  };
}
