import { implement, kernels, type NdArray, real } from '@wtilde/core-types';

/** The entries of T as three lists: made once where the mapping is bound, and used for every matrix after that. */
interface Entries {
  readonly row: readonly number[];
  readonly column: readonly number[];
  readonly weight: readonly number[];
}

export const sparseMappingMatrixTransposeMatmul = implement(kernels.sparseMappingMatrixTransposeMatmul, {
  entries: {
    cost: ({ M, B, S, S2 }) => ({ flops: 2 * M * B * S2, bytes: 8 * S2 * (M + S) + 12 * M * B }),
    run({ matrix, pixIndexesForSubSlimIndex, pixWeightsForSubSlimIndex }, { sizes: { S, S2 } }) {
      return product(entriesOf(pixIndexesForSubSlimIndex, pixWeightsForSubSlimIndex), matrix, S, S2);
    },
    bind({ pixIndexesForSubSlimIndex: indexes, pixWeightsForSubSlimIndex: weights }, fixed) {
      if (!fixed.has('pixIndexesForSubSlimIndex') || !fixed.has('pixWeightsForSubSlimIndex')) return undefined;
      const entries = entriesOf(indexes, weights);
      return { run: ({ matrix }, { sizes: { S, S2 } }) => product(entries, matrix, S, S2) };
    },
  },
});

function entriesOf(indexes: NdArray<'index'>, weights: NdArray<'real'>): Entries {
  const width = indexes.shape[1];
  const row: number[] = [];
  const column: number[] = [];
  const weight: number[] = [];
  indexes.data.forEach((pixel, at) => {
    if (pixel < 0) return; // -1 only pads.
    row.push(Math.floor(at / width));
    column.push(pixel);
    weight.push(weights.data[at]);
  });
  return { row, column, weight };
}

function product({ row, column, weight }: Entries, matrix: NdArray<'real'>, S: number, S2: number): NdArray<'real'> {
  const result = new Float64Array(S * S2);
  weight.forEach((w, entry) => {
    for (let j = 0; j < S2; j++) result[column[entry] * S2 + j] += w * matrix.data[row[entry] * S2 + j];
  });
  return real(result, [S, S2]);
}
