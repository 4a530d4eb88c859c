import {
  implementAsync,
  isHandle,
  type KernelDeviceRunArgs,
  kernels,
  type NdArray,
  type Options,
  type RunContext,
  real,
  throwIfAborted,
} from '@wtilde/core-types';
import type { Device } from '../device/device.js';
import { fits } from '../device/fits.js';
import { hostArray } from '../device/hostArray.js';
import { keep } from '../device/kept.js';
import { linearGroups, step } from '../device/program.js';
import type { Scope } from '../device/scope.js';
import { tileOf } from '../device/tiles.js';
import {
  type ColumnBuffers,
  columnBuffers,
  keepColumns,
  type MappingColumns,
  mappingColumns,
} from '../products/mappingColumns.js';
import { transposeMatmul } from '../programs/transposeMatmul.js';

const name = 'sparseMappingMatrixTransposeMatmul';

type Matrix = KernelDeviceRunArgs<typeof name>['matrix'];

export const sparseMappingMatrixTransposeMatmul = (device: Device) => {
  /** Columns of X, and of the product, on the device at a time. */
  const columnsAtOnce = (M: number, S: number, S2: number) => tileOf(device, Math.max(M, S), S2);
  const isWhole = (M: number, S: number, S2: number) => columnsAtOnce(M, S, S2) === S2;

  async function product(columns: MappingColumns, matrix: Matrix, context: RunContext) {
    const { M, S, S2 } = context.sizes;
    return await device.scoped(name, async (scope) => {
      const T = columnBuffers(scope, columns);
      if (isHandle(matrix) || isWhole(M, S, S2)) return await productOf(scope, T, matrix, S, context.options);
      return scope.finishOnHost(await byColumns(T, matrix, context), context.options);
    });
  }

  async function productOf(scope: Scope, T: ColumnBuffers, matrix: Matrix, S: number, options: Options) {
    const X = scope.argument('matrix', matrix);
    const [, columns = 0] = X.shape;
    const result = scope.result('real', [S, columns], X.exponent + T.exponent);
    const buffers = { ...T.buffers, matrix: scope.borrow(X), out: scope.borrow(result) };
    await scope.submit('product', [
      step(transposeMatmul, { first: 0, pixels: S, columns }, buffers, linearGroups(S * columns)),
    ]);
    return await scope.finish(result, options);
  }

  /** A matrix that is larger than a binding: some of its columns at a time. */
  async function byColumns(T: ColumnBuffers, { data }: NdArray<'real'>, { sizes, options }: RunContext) {
    const { M, S, S2 } = sizes;
    const atOnce = columnsAtOnce(M, S, S2);
    const whole = new Float64Array(S * S2);
    for (let first = 0; first < S2; first += atOnce) {
      const count = Math.min(atOnce, S2 - first);
      const tile = new Float64Array(M * count);
      for (let m = 0; m < M; m++) tile.set(data.subarray(m * S2 + first, m * S2 + first + count), m * count);
      await device.scoped(name, async (scope) => {
        const part = await hostArray(await productOf(scope, T, real(tile, [M, count]), S, {}));
        for (let s = 0; s < S; s++) whole.set(part.data.subarray(s * count, (s + 1) * count), s * S2 + first);
      });
      options.onProgress?.(first + count, S2);
      throwIfAborted(options.signal, name);
    }
    return real(whole, [S, S2]);
  }

  return implementAsync(kernels.sparseMappingMatrixTransposeMatmul, {
    gather: {
      cost: ({ M, B, S, S2 }) => ({ flops: 2 * M * B * S2, bytes: 4 * (M + S) * S2 + 8 * M * B }),
      canRun({ M, B, S, S2 }, { keep: kept }) {
        const columns = columnsAtOnce(M, S, S2);
        const result = kept === 'device' ? S * S2 : S * columns;
        return fits(device, { 'columns of the matrix': M * columns, result, mapping: 2 * M * B + S + 1 });
      },
      run: async (args, context) => product(await mappingColumns(args), args.matrix, context),
      bind(args, fixed, { sizes: { M, S, S2 } }) {
        const stays = fixed.has('matrix') && isWhole(M, S, S2);
        const kept = keep(device, name, (stay) => ({
          matrix: stays ? stay('matrix', args.matrix) : undefined,
          columns: keepColumns(stay, args, fixed),
        }));
        const { matrix, columns } = kept.value;
        return {
          run: async (rest, context) =>
            product(columns ?? (await mappingColumns(rest)), matrix ?? rest.matrix, context),
          dispose: kept.dispose,
        };
      },
    },
  });
};
