import type { RunContext } from '@wtilde/core-types';
import type { Device } from '../device/device.js';
import type { Argument } from '../device/hostArray.js';
import { step } from '../device/program.js';
import { matmulPrograms, matmulTile } from '../programs/matmul.js';
import { type CurvatureProduct, curvature, inBlocks } from './curvature.js';

/** F = T^t W T by products of dense matrices. */
export async function denseCurvature(
  device: Device,
  kernel: string,
  context: RunContext,
  wTilde: Argument<'real'>,
  mappingMatrix: Argument<'real'>,
) {
  const { M, S } = context.sizes;
  const tiles = (rows: number, columns: number) =>
    [Math.ceil(columns / matmulTile), Math.ceil(rows / matmulTile)] as const;
  return await device.scoped(kernel, async (scope) => {
    const [w, t] = [scope.argument('wTilde', wTilde), scope.argument('mappingMatrix', mappingMatrix)];
    const [W, T] = [scope.borrow(w), scope.borrow(t)];
    const product: CurvatureProduct = {
      exponent: w.exponent + 2 * t.exponent,
      left: (first, count, P) => [
        step(
          matmulPrograms.transposed,
          { rows: count, inner: M, columns: M, first, stride: S, outRow: 0 },
          { A: T, B: W, out: P },
          tiles(count, M),
        ),
      ],
      right: (first, count, P, F) =>
        step(
          matmulPrograms.plain,
          { rows: count, inner: M, columns: S, first: 0, stride: M, outRow: first },
          { A: P, B: T, out: F },
          tiles(count, S),
        ),
    };
    return await inBlocks(scope, kernel, context, product, curvature(scope, context, product));
  });
}
