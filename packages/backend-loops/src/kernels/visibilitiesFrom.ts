import { complex, type SyncImplementation } from '@wtilde/core-types';
import { directVisibilities } from '../fourier/direct-sums.js';
import { latticeVisibilities } from '../fourier/lattice-visibilities.js';
import { imageLattice, imageOf } from '../shared/imageLattice.js';
import { onBlockOf } from '../shared/onBlock.js';
import { direct, factorised } from '../shared/transformCosts.js';

export const visibilitiesFrom: SyncImplementation<'visibilitiesFrom'> = {
  methods: {
    factorised: {
      ...factorised,
      run({ image, uvWavelengths, gridRadiansSlim }, context) {
        const grid = imageLattice(gridRadiansSlim, 'visibilitiesFrom');
        const out = new Float64Array(2 * context.sizes.K);
        const onBlock = onBlockOf(context, 'visibilitiesFrom');
        latticeVisibilities(imageOf(grid, image.data), uvWavelengths.data, grid.lattice, out, onBlock);
        return complex(out);
      },
    },
    direct: {
      ...direct,
      run({ image, uvWavelengths, gridRadiansSlim }, context) {
        const out = new Float64Array(2 * context.sizes.K);
        const onBlock = onBlockOf(context, 'visibilitiesFrom');
        directVisibilities(image.data, uvWavelengths.data, gridRadiansSlim.data, out, onBlock);
        return complex(out);
      },
    },
  },
};
