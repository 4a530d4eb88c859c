import { implement, kernels, type NdArray, real } from '@wtilde/core-types';
import { columnsOfDense } from '@wtilde/numerics';
import type { Engine } from '../engine/engine.js';
import { curvatureOfDenseMapping } from '../linalg/curvatureOfDenseMapping.js';
import { curvatureFromDenseW, type PutColumns, putColumns } from '../linalg/sparseProducts.js';
import { keep } from '../shared/kept.js';

export const curvatureMatrixViaWTildeFrom = (engine: Engine) => {
  /** F from W and T as they stand in the memory. */
  function sparse(columns: PutColumns, w: number, M: number, S: number): NdArray<'real'> {
    return engine.scoped((arena) => {
      const out = arena.f64(S * S);
      curvatureFromDenseW(engine, columns, w, M, out);
      return real(engine.heap.copyF64(out, S * S), [S, S]);
    });
  }

  function dense(w: number, mapping: number, M: number, S: number): NdArray<'real'> {
    return engine.scoped((arena) => {
      const out = arena.f64(S * S);
      curvatureOfDenseMapping(engine, w, mapping, M, S, out);
      return real(engine.heap.copyF64(out, S * S), [S, S]);
    });
  }

  return implement(kernels.curvatureMatrixViaWTildeFrom, {
    /** Through the elements of T that are not zero. */
    sparse: {
      cost: ({ M, S, nonZeros = M * S }) => ({
        flops: 2 * nonZeros * (M + S),
        bytes: 8 * (M * M + M * S + S * S),
        time: 0.25 * nonZeros * (M + S) + M * S,
      }),
      run: ({ wTilde, mappingMatrix }, { sizes: { M, S } }) =>
        engine.scoped((arena) => {
          const columns = putColumns(arena, columnsOfDense(M, S, mappingMatrix.data), M);
          return sparse(columns, arena.putF64(wTilde.data), M, S);
        }),
      bind({ wTilde, mappingMatrix }, fixed, { sizes: { M, S: knownS } }) {
        if (!fixed.has('wTilde')) return undefined;
        const withMapping = fixed.has('mappingMatrix');
        const kept = keep(engine, (arena) => ({
          w: arena.putF64(wTilde.data),
          columns: withMapping ? putColumns(arena, columnsOfDense(M, knownS, mappingMatrix.data), M) : undefined,
        }));
        const { w, columns } = kept.value;
        return {
          run: (all, { sizes: { S } }) =>
            engine.scoped((arena) =>
              sparse(columns ?? putColumns(arena, columnsOfDense(M, S, all.mappingMatrix.data), M), w, M, S),
            ),
          dispose: kept.dispose,
        };
      },
    },

    /** Register-blocked products, whatever T holds. */
    dense: {
      cost: ({ M, S }) => ({
        flops: 2 * M * M * S + 2 * M * S * S,
        bytes: 8 * (M * M + M * S + S * S),
        time: 0.14 * M * S * (M + S),
      }),
      run: ({ wTilde, mappingMatrix }, { sizes: { M, S } }) =>
        engine.scoped((arena) => dense(arena.putF64(wTilde.data), arena.putF64(mappingMatrix.data), M, S)),
      bind({ wTilde }, fixed, { sizes: { M } }) {
        if (!fixed.has('wTilde')) return undefined;
        const kept = keep(engine, (arena) => arena.putF64(wTilde.data));
        return {
          run: ({ mappingMatrix }, { sizes: { S } }) =>
            engine.scoped((arena) => dense(kept.value, arena.putF64(mappingMatrix.data), M, S)),
          dispose: kept.dispose,
        };
      },
    },
  });
};
