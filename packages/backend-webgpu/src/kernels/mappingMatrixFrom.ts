import { implementAsync, kernels } from '@wtilde/core-types';
import type { Device } from '../device/device.js';
import { fits } from '../device/fits.js';
import { linearGroups, step } from '../device/program.js';
import { mappingRows } from '../products/mappingRows.js';
import { denseMapping } from '../programs/denseMapping.js';

const name = 'mappingMatrixFrom';

export const mappingMatrixFrom = (device: Device) =>
  implementAsync(kernels.mappingMatrixFrom, {
    gather: {
      cost: ({ Msub, M, S, B }) => ({ flops: 2 * Msub * B, bytes: 4 * M * S + 8 * Msub * B }),
      canRun: ({ Msub, M, S, B }) => fits(device, { T: M * S, mapping: 2 * Msub * B }),
      run: (args, { sizes: { M, S }, options }) =>
        device.scoped(name, async (scope) => {
          const { starts, columns, weights } = await mappingRows(args, M);
          const values = scope.argument('weights', weights);
          const result = scope.result('real', [M, S], values.exponent);
          const buffers = {
            starts: scope.borrow(scope.argument('starts', starts)),
            columns: scope.borrow(scope.argument('columns', columns)),
            weights: scope.borrow(values),
            out: scope.borrow(result),
          };
          await scope.submit('scatter', [step(denseMapping, { rows: M, pixels: S }, buffers, linearGroups(M * S))]);
          return await scope.finish(result, options);
        }),
    },
  });
