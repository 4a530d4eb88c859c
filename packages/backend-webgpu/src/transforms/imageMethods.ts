import { type Handle, type NdArray, type RunContext, real } from '@wtilde/core-types';
import { imageLattice, pixelsOf, type Strengths } from '@wtilde/numerics';
import type { Device } from '../device/device.js';
import { type Argument, hostArray } from '../device/hostArray.js';
import { directFacts, factorisedFacts } from './facts.js';
import { latticeSums } from './latticeSums.js';
import { pointSums } from './pointSums.js';

interface ImageArgs {
  readonly uvWavelengths: Argument<'real'>;
  readonly gridRadiansSlim: Argument<'real'>;
}

type Image = Promise<NdArray<'real'> | Handle<'real'>>;

/** The methods of a kernel that sums over visibilities at every pixel of a grid, with strengths of its own. */
export function imageMethods<A extends ImageArgs>(
  device: Device,
  kernel: string,
  strengthsOf: (args: A) => Promise<Strengths>,
) {
  return {
    factorised: {
      ...factorisedFacts(device),
      run: (args: A, context: RunContext): Image =>
        device.scoped(kernel, async (scope) => {
          const grid = imageLattice(await hostArray(args.gridRadiansSlim), kernel);
          const uv = (await hostArray(args.uvWavelengths)).data;
          const image = await latticeSums(device, kernel, context, await strengthsOf(args), uv, grid.lattice);
          return scope.finishOnHost(real(pixelsOf(grid, image)), context.options);
        }),
    },
    direct: {
      ...directFacts(device),
      run: (args: A, context: RunContext): Image =>
        device.scoped(kernel, async (scope) => {
          const grid = (await hostArray(args.gridRadiansSlim)).data;
          const uv = (await hostArray(args.uvWavelengths)).data;
          const image = await pointSums(device, kernel, context, await strengthsOf(args), uv, grid);
          return scope.finishOnHost(real(image), context.options);
        }),
    },
  };
}
