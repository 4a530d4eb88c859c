import { complex, implement, kernels } from '@wtilde/core-types';
import { imageLattice, imageOf, onBlockOf, toleranceOf } from '@wtilde/numerics';
import { directVisibilities } from '../fourier/directSums.js';
import { latticeVisibilities } from '../fourier/latticeVisibilities.js';
import { nufftVisibilities } from '../fourier/nufftVisibilities.js';
import { transforms } from '../shared/transformCosts.js';

const kernel = 'visibilitiesFrom';

export const visibilitiesFrom = implement(kernels.visibilitiesFrom, {
  factorised: {
    ...transforms.factorised,
    run({ image, uvWavelengths, gridRadiansSlim }, context) {
      const grid = imageLattice(gridRadiansSlim, kernel);
      const out = new Float64Array(2 * context.sizes.K);
      const onBlock = onBlockOf(context, kernel);
      latticeVisibilities(imageOf(grid, image.data), uvWavelengths.data, grid.lattice, out, onBlock);
      return complex(out);
    },
  },
  nufft: {
    ...transforms.nufft,
    run({ image, uvWavelengths, gridRadiansSlim }, context) {
      const grid = imageLattice(gridRadiansSlim, kernel);
      const out = new Float64Array(2 * context.sizes.K);
      const tolerance = toleranceOf(context.options);
      const onBlock = onBlockOf(context, kernel);
      nufftVisibilities(imageOf(grid, image.data), uvWavelengths.data, grid.lattice, tolerance, out, onBlock);
      return complex(out);
    },
  },
  direct: {
    ...transforms.direct,
    run({ image, uvWavelengths, gridRadiansSlim }, context) {
      const out = new Float64Array(2 * context.sizes.K);
      const onBlock = onBlockOf(context, kernel);
      directVisibilities(image.data, uvWavelengths.data, gridRadiansSlim.data, out, onBlock);
      return complex(out);
    },
  },
});
