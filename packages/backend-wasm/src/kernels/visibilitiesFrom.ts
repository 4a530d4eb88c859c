import { complex, implement, kernels } from '@wtilde/core-types';
import { imageLattice, imageOf, onBlockOf, toleranceOf } from '@wtilde/numerics';
import type { Engine } from '../engine/engine.js';
import { directVisibilities } from '../fourier/directSums.js';
import { latticeVisibilities } from '../fourier/latticeVisibilities.js';
import { nufftVisibilities } from '../fourier/nufftVisibilities.js';
import { transforms } from '../shared/transformCosts.js';

export const visibilitiesFrom = (engine: Engine) =>
  implement(kernels.visibilitiesFrom, {
    factorised: {
      ...transforms.factorised,
      run({ image, uvWavelengths, gridRadiansSlim }, context) {
        const grid = imageLattice(gridRadiansSlim, 'visibilitiesFrom');
        const pixels = imageOf(grid, image.data);
        const onBlock = onBlockOf(context, 'visibilitiesFrom');
        return complex(latticeVisibilities(engine, pixels, uvWavelengths.data, grid.lattice, onBlock));
      },
    },
    nufft: {
      ...transforms.nufft,
      run({ image, uvWavelengths, gridRadiansSlim }, context) {
        const grid = imageLattice(gridRadiansSlim, 'visibilitiesFrom');
        const pixels = imageOf(grid, image.data);
        const tolerance = toleranceOf(context.options);
        const onBlock = onBlockOf(context, 'visibilitiesFrom');
        return complex(nufftVisibilities(engine, pixels, uvWavelengths.data, grid.lattice, tolerance, onBlock));
      },
    },
    direct: {
      ...transforms.direct,
      run({ image, uvWavelengths, gridRadiansSlim }, context) {
        const onBlock = onBlockOf(context, 'visibilitiesFrom');
        return complex(directVisibilities(engine, image.data, uvWavelengths.data, gridRadiansSlim.data, onBlock));
      },
    },
  });
