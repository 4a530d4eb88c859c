import { implement, kernels, real } from '@wtilde/core-types';

export const mappingMatrixFrom = implement(kernels.mappingMatrixFrom, {
  direct: {
    cost: ({ Msub, M, S, B }) => ({ flops: 2 * Msub * B, bytes: 8 * M * S + 12 * Msub * B }),
    run(args, { sizes: { Msub, M, S, B } }) {
      const { pixIndexesForSubSlimIndex: indexes, pixWeightsForSubSlimIndex: weights } = args;
      const t = new Float64Array(M * S);
      for (let i = 0; i < Msub; i++) {
        const row = args.slimIndexForSubSlimIndex?.data[i] ?? i;
        const fraction = args.subFraction?.data[row] ?? 1;
        const end = args.pixSizeForSubSlimIndex?.data[i] ?? B;
        for (let b = 0; b < end && indexes.data[i * B + b] >= 0; b++) {
          t[row * S + indexes.data[i * B + b]] += fraction * weights.data[i * B + b];
        }
      }
      return real(t, [M, S]);
    },
  },
});
