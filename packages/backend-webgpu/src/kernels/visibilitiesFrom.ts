import { complex, implementAsync, kernels } from '@wtilde/core-types';
import { imageLattice, imageOf, onLattice } from '@wtilde/numerics';
import type { Device } from '../device/device.js';
import { fits } from '../device/fits.js';
import { hostArray } from '../device/hostArray.js';
import { directFacts } from '../transforms/facts.js';
import { latticeVisibilities, pointVisibilities } from '../transforms/visibilities.js';

const name = 'visibilitiesFrom';

/** Operations for a pixel of a lattice, an exponential for every sixteenth included. */
const perPixel = 7;

export const visibilitiesFrom = (device: Device) =>
  implementAsync(kernels.visibilitiesFrom, {
    factorised: {
      cost: ({ K, M, latticePoints = M }) => ({ flops: perPixel * K * latticePoints, bytes: 24 * K + 8 * M }),
      canRun(sizes) {
        const can = onLattice(sizes);
        return can === true ? fits(device, { image: sizes.latticePoints ?? sizes.M }) : can;
      },
      run: ({ image, uvWavelengths, gridRadiansSlim }, context) =>
        device.scoped(name, async (scope) => {
          const grid = imageLattice(await hostArray(gridRadiansSlim), name);
          const uv = (await hostArray(uvWavelengths)).data;
          const pixels = imageOf(grid, (await hostArray(image)).data);
          const visibilities = await latticeVisibilities(device, name, context, pixels, uv, grid.lattice);
          return scope.finishOnHost(complex(visibilities), context.options);
        }),
    },
    direct: {
      cost: directFacts(device).cost,
      canRun: ({ M }) => fits(device, { image: M, points: 2 * M }),
      run: ({ image, uvWavelengths, gridRadiansSlim }, context) =>
        device.scoped(name, async (scope) => {
          const grid = (await hostArray(gridRadiansSlim)).data;
          const uv = (await hostArray(uvWavelengths)).data;
          const pixels = (await hostArray(image)).data;
          const visibilities = await pointVisibilities(device, name, context, pixels, uv, grid);
          return scope.finishOnHost(complex(visibilities), context.options);
        }),
    },
  });
