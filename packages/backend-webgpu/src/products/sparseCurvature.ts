import type { Handle, NdArray } from '@wtilde/core-types';
import { linearGroups, step } from '../device/program.js';
import { matmulByColumns } from '../programs/matmulByColumns.js';
import { curvature } from './curvature.js';
import type { Product } from './operatorMethod.js';

/** F = T^t W T of a sparse T. */
export const sparseCurvature: Product<unknown, NdArray<'real'> | Handle<'real'>> = {
  cost: ({ M, B, S, nonZeros = M * B }) => ({ flops: 2 * nonZeros * S, bytes: 4 * S * S }),
  words: ({ S }) => ({ F: S * S }),
  start: async (scope, context, left, T) =>
    curvature(scope, context, {
      ...left,
      exponent: left.exponent + T.exponent,
      right(first, count, P, F) {
        const { M, S } = context.sizes;
        return step(
          matmulByColumns,
          { first, lines: count, imagePixels: M, pixels: S },
          { ...T.buffers, matrix: P, out: F },
          linearGroups(count * S),
        );
      },
    }),
};
