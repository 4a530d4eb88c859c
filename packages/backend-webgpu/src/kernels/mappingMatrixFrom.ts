import { implementAsync, kernels, real, throwIfAborted } from '@wtilde/core-types';
import { fromFloats } from '@wtilde/numerics';
import type { Lease } from '../device/bufferPool.js';
import type { Device } from '../device/device.js';
import { fits } from '../device/fits.js';
import { linearGroups, step } from '../device/program.js';
import { tileOf } from '../device/tiles.js';
import { mappingRows } from '../products/mappingRows.js';
import { denseMapping } from '../programs/denseMapping.js';

const name = 'mappingMatrixFrom';

export const mappingMatrixFrom = (device: Device) =>
  implementAsync(kernels.mappingMatrixFrom, {
    gather: {
      cost: ({ Msub, M, S, B }) => ({ flops: 2 * Msub * B, bytes: 4 * M * S + 8 * Msub * B }),
      canRun: ({ Msub, M, S, B }, { keep }) =>
        fits(device, { T: (keep === 'device' ? M : tileOf(device, S, M)) * S, mapping: 2 * Msub * B }),
      run: (args, { sizes: { M, S }, options }) =>
        device.scoped(name, async (scope) => {
          const { starts, columns, weights } = await mappingRows(args, M);
          const values = scope.argument('weights', weights);
          const entries = {
            starts: scope.borrow(scope.argument('starts', starts)),
            columns: scope.borrow(scope.argument('columns', columns)),
            weights: scope.borrow(values),
          };
          const dense = (first: number, rows: number, out: Lease) =>
            step(denseMapping, { first, rows, pixels: S }, { ...entries, out }, linearGroups(rows * S));
          if (options.keep === 'device') {
            const result = scope.result('real', [M, S], values.exponent);
            await scope.submit('scatter', [dense(0, M, scope.borrow(result))]);
            return await scope.finish(result, options);
          }
          const T = new Float64Array(M * S);
          const atOnce = tileOf(device, S, M);
          const out = scope.scratch('rows', atOnce * S);
          for (let first = 0; first < M; first += atOnce) {
            const rows = Math.min(atOnce, M - first);
            await scope.submit('scatter', [dense(first, rows, out)]);
            T.set(fromFloats(new Float32Array(await scope.read(out, rows * S)), values.exponent), first * S);
            throwIfAborted(options.signal, name);
          }
          return real(T, [M, S]);
        }),
    },
  });
