import { implement, kernels, type NdArray, real } from '@wtilde/core-types';
import type { MappingArgs } from '@wtilde/numerics';
import { columnsOfMapping } from '@wtilde/numerics';
import type { Engine } from '../engine/engine.js';
import { putColumns, transposeMatmul } from '../linalg/sparseProducts.js';
import { keep } from '../shared/kept.js';

export const sparseMappingMatrixTransposeMatmul = (engine: Engine) => {
  function product(args: MappingArgs, matrix: number, M: number, S2: number): NdArray<'real'> {
    const { pixIndexesForSubSlimIndex: indexes, pixWeightsForSubSlimIndex: weights, pixels: S } = args;
    return engine.scoped((arena) => {
      const columns = putColumns(arena, columnsOfMapping(M, S, indexes.data, weights.data), S2);
      const out = arena.f64(S * S2);
      transposeMatmul(engine, columns, matrix, S2, out);
      return real(engine.heap.copyF64(out, S * S2), [S, S2]);
    });
  }

  return implement(kernels.sparseMappingMatrixTransposeMatmul, {
    rows: {
      cost: ({ M, B, S, S2 }) => ({ flops: 2 * M * B * S2, bytes: 8 * (M + S) * S2 + 12 * M * B }),
      run: (args, { sizes: { M, S2 } }) =>
        engine.scoped((arena) => product(args, arena.putF64(args.matrix.data), M, S2)),
      bind({ matrix }, fixed, { sizes: { M, S2 } }) {
        if (!fixed.has('matrix')) return undefined;
        const kept = keep(engine, (arena) => arena.putF64(matrix.data));
        return { run: (args) => product(args, kept.value, M, S2), dispose: kept.dispose };
      },
    },
  });
};
