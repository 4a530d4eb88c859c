import type { Device } from '../device/device.js';
import { linearGroups, step } from '../device/program.js';
import { transposeMatmul } from '../programs/transposeMatmul.js';
import { curvatureFits } from './curvature.js';
import type { Strategy } from './sparseCurvature.js';

/** T^t W with W (M, M) as it is: a gather of its rows. */
export const gather = (device: Device): Strategy => ({
  cost: ({ M, B, S, nonZeros = M * B }) => ({
    flops: 2 * nonZeros * (M + S),
    bytes: 4 * M * M + 12 * M * B + 4 * S * S,
  }),
  canRun: (sizes) => curvatureFits(device, sizes, { wTilde: sizes.M ** 2, mapping: 2 * sizes.M * sizes.B }),
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
});
