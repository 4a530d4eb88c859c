import { linearGroups, step } from '../device/program.js';
import { transposeMatmul } from '../programs/transposeMatmul.js';
import type { Strategy } from './operatorMethod.js';

/** T^t W with W (M, M) as it is: a gather of its rows. */
export const gather: Strategy = {
  cost: ({ M, B, nonZeros = M * B }) => ({
    flops: 2 * nonZeros * M,
    bytes: 4 * M * M + 12 * M * B,
  }),
  words: (sizes) => ({ wTilde: sizes.M ** 2, mapping: 2 * sizes.M * sizes.B }),
  left(scope, { wTilde }, T, { M }) {
    const W = scope.borrow(wTilde);
    return {
      exponent: wTilde.exponent + T.exponent,
      left: (first, count, P) => [
        step(
          transposeMatmul,
          { first, pixels: count, columns: M },
          { ...T.buffers, matrix: W, out: P },
          linearGroups(count * M),
        ),
      ],
    };
  },
};
