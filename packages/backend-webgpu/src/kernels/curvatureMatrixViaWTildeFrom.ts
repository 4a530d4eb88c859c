import { implementAsync, type KernelDeviceRunArgs, kernels, type RunContext } from '@wtilde/core-types';
import type { Device } from '../device/device.js';
import { hostArray } from '../device/hostArray.js';
import { keep } from '../device/kept.js';
import { curvatureFits } from '../products/curvature.js';
import { denseCurvature } from '../products/denseCurvature.js';
import { gather } from '../products/gather.js';
import { columnsOfDense } from '../products/mappingColumns.js';
import { runProduct } from '../products/operatorMethod.js';
import { sparseCurvature } from '../products/sparseCurvature.js';

const name = 'curvatureMatrixViaWTildeFrom';

type Args = KernelDeviceRunArgs<typeof name>;

export const curvatureMatrixViaWTildeFrom = (device: Device) => {
  /** Keeps W on the device, where it is bound. */
  const bind =
    (run: (args: Args, context: RunContext) => ReturnType<typeof denseCurvature>) =>
    (args: Args, fixed: ReadonlySet<string>) => {
      if (!fixed.has('wTilde')) return undefined;
      const kept = keep(device, name, (stay) => ({ wTilde: stay('wTilde', args.wTilde) }));
      return {
        run: (rest: Args, context: RunContext) => run({ ...rest, ...kept.value }, context),
        dispose: kept.dispose,
      };
    };

  const byDense = ({ wTilde, mappingMatrix }: Args, context: RunContext) =>
    denseCurvature(device, name, context, wTilde, mappingMatrix);

  const bySparse = async ({ wTilde, mappingMatrix }: Args, context: RunContext) => {
    const columns = columnsOfDense((await hostArray(mappingMatrix)).data, context.sizes.S);
    return await runProduct(device, name, context, gather, sparseCurvature, undefined, { arrays: { wTilde }, columns });
  };

  return implementAsync(kernels.curvatureMatrixViaWTildeFrom, {
    /** The numbers of T that are not zero, found on the host. */
    sparse: {
      // How many they are is not known before; a mapping has a few in a row.
      cost: ({ M, S }) => ({ flops: 8 * M * (M + S), bytes: 4 * M * M + 8 * M * S }),
      canRun: ({ M, S }) => curvatureFits(device, { M, S }, { wTilde: M * M, mapping: 2 * M * S }),
      run: bySparse,
      bind: bind(bySparse),
    },
    dense: {
      cost: ({ M, S }) => ({ flops: 2 * M * S * (M + S), bytes: 4 * M * M + 4 * M * S }),
      canRun: ({ M, S }) => curvatureFits(device, { M, S }, { wTilde: M * M, mappingMatrix: M * S }),
      run: byDense,
      bind: bind(byDense),
    },
  });
};
