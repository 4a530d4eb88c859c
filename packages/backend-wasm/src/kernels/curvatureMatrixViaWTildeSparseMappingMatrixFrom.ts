import { implement, kernels, mappingNames, type NdArray, real } from '@wtilde/core-types';
import type { MappingArgs } from '@wtilde/numerics';
import { columnsOfMapping } from '@wtilde/numerics';
import type { Arena } from '../engine/arena.js';
import type { Engine } from '../engine/engine.js';
import { curvatureFromDenseW, type PutColumns, putColumns } from '../linalg/sparseProducts.js';
import { bound, keep } from '../shared/kept.js';

export const curvatureMatrixViaWTildeSparseMappingMatrixFrom = (engine: Engine) => {
  function columnsOf(arena: Arena, args: MappingArgs, M: number): PutColumns {
    const { pixIndexesForSubSlimIndex: indexes, pixWeightsForSubSlimIndex: weights, pixels } = args;
    return putColumns(arena, columnsOfMapping(M, pixels, indexes.data, weights.data), M);
  }

  function curvature(columns: PutColumns, w: number, M: number): NdArray<'real'> {
    const { pixels: S } = columns;
    return engine.scoped((arena) => {
      const out = arena.f64(S * S);
      curvatureFromDenseW(engine, columns, w, M, out);
      return real(engine.heap.copyF64(out, S * S), [S, S]);
    });
  }

  return implement(kernels.curvatureMatrixViaWTildeSparseMappingMatrixFrom, {
    rows: {
      cost: ({ M, B, S, nonZeros = M * B }) => ({
        flops: 2 * nonZeros * (M + S),
        bytes: 8 * (M * M + S * S) + 12 * M * B,
      }),
      run: (args, { sizes: { M } }) =>
        engine.scoped((arena) => curvature(columnsOf(arena, args, M), arena.putF64(args.wTilde.data), M)),
      bind(args, fixed, { sizes: { M } }) {
        if (!fixed.has('wTilde')) return undefined;
        const withMapping = bound(fixed, mappingNames);
        const kept = keep(engine, (arena) => ({
          w: arena.putF64(args.wTilde.data),
          columns: withMapping ? columnsOf(arena, args, M) : undefined,
        }));
        const { w, columns } = kept.value;
        return {
          run: (all) => engine.scoped((arena) => curvature(columns ?? columnsOf(arena, all, M), w, M)),
          dispose: kept.dispose,
        };
      },
    },
  });
};
