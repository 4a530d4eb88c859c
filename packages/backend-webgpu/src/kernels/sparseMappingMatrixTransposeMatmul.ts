import { implementAsync, type KernelDeviceRunArgs, kernels, type RunContext } from '@wtilde/core-types';
import type { Device } from '../device/device.js';
import { fits } from '../device/fits.js';
import { keep } from '../device/kept.js';
import { linearGroups, step } from '../device/program.js';
import { columnBuffers, keepColumns, type MappingColumns, mappingColumns } from '../products/mappingColumns.js';
import { transposeMatmul } from '../programs/transposeMatmul.js';

const name = 'sparseMappingMatrixTransposeMatmul';

type Matrix = KernelDeviceRunArgs<typeof name>['matrix'];

export const sparseMappingMatrixTransposeMatmul = (device: Device) => {
  async function product(columns: MappingColumns, matrix: Matrix, { sizes: { S, S2 }, options }: RunContext) {
    return await device.scoped(name, async (scope) => {
      const X = scope.argument('matrix', matrix);
      const T = columnBuffers(scope, columns);
      const result = scope.result('real', [S, S2], X.exponent + T.exponent);
      const buffers = { ...T.buffers, matrix: scope.borrow(X), out: scope.borrow(result) };
      const sizes = { first: 0, pixels: S, columns: S2 };
      await scope.submit('product', [step(transposeMatmul, sizes, buffers, linearGroups(S * S2))]);
      return await scope.finish(result, options);
    });
  }

  return implementAsync(kernels.sparseMappingMatrixTransposeMatmul, {
    gather: {
      cost: ({ M, B, S, S2 }) => ({ flops: 2 * M * B * S2, bytes: 4 * (M + S) * S2 + 8 * M * B }),
      canRun: ({ M, B, S, S2 }) => fits(device, { matrix: M * S2, result: S * S2, mapping: 2 * M * B + S + 1 }),
      run: async (args, context) => product(await mappingColumns(args), args.matrix, context),
      bind(args, fixed) {
        const kept = keep(device, name, (stay) => ({
          matrix: fixed.has('matrix') ? stay('matrix', args.matrix) : undefined,
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
