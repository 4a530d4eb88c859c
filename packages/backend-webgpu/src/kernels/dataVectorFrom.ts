import { implementAsync, type KernelDeviceRunArgs, kernels, type RunContext } from '@wtilde/core-types';
import type { Device } from '../device/device.js';
import { fits } from '../device/fits.js';
import { keep } from '../device/kept.js';
import { groupSize, linearGroups, step } from '../device/program.js';
import { columnSums } from '../programs/columnSums.js';
import { sumSlabs } from '../programs/sumSlabs.js';
import { slabSize } from '../wgsl/slabs.js';

const name = 'dataVectorFrom';

type Args = KernelDeviceRunArgs<typeof name>;

export const dataVectorFrom = (device: Device) => {
  function product({ mappingMatrix, dirtyImage }: Args, { sizes: { M, S }, options }: RunContext) {
    return device.scoped(name, async (scope) => {
      const T = scope.argument('mappingMatrix', mappingMatrix);
      const d = scope.argument('dirtyImage', dirtyImage);
      const result = scope.result('real', [S], T.exponent + d.exponent);
      const slabs = Math.ceil(M / slabSize);
      const parts = scope.scratch('slabs', slabs * S);
      await scope.submit('product', [
        step(columnSums, { rows: M, columns: S }, { matrix: scope.borrow(T), vector: scope.borrow(d), out: parts }, [
          Math.ceil(S / groupSize),
          slabs,
        ]),
        step(sumSlabs, { slabs, length: S }, { slabs: parts, out: scope.borrow(result) }, linearGroups(S)),
      ]);
      return await scope.finish(result, options);
    });
  }

  return implementAsync(kernels.dataVectorFrom, {
    rows: {
      cost: ({ M, S }) => ({ flops: 2 * M * S, bytes: 4 * M * S }),
      canRun: ({ M, S }) => fits(device, { mappingMatrix: M * S, slabs: Math.ceil(M / slabSize) * S }),
      run: product,
      bind(args, fixed) {
        const kept = keep(device, name, (stay) => ({
          ...(fixed.has('mappingMatrix') && { mappingMatrix: stay('mappingMatrix', args.mappingMatrix) }),
          ...(fixed.has('dirtyImage') && { dirtyImage: stay('dirtyImage', args.dirtyImage) }),
        }));
        return {
          run: (rest, context) => product({ ...rest, ...kept.value }, context),
          dispose: kept.dispose,
        };
      },
    },
  });
};
