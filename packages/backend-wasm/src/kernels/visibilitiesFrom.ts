import { complex, type SyncImplementation } from '@wtilde/core-types';
import type { Engine } from '../engine/engine.js';
import { directVisibilities } from '../fourier/directSums.js';
import { imageLattice } from '../fourier/imageLattice.js';
import { latticeVisibilities } from '../fourier/latticeVisibilities.js';
import { onBlockOf } from '../shared/onBlock.js';
import { direct, factorised } from '../shared/transformCosts.js';

export const visibilitiesFrom = (engine: Engine): SyncImplementation<'visibilitiesFrom'> => ({
  methods: {
    factorised: {
      ...factorised,
      run({ image, uvWavelengths, gridRadiansSlim }, context) {
        const lattice = imageLattice(gridRadiansSlim, 'visibilitiesFrom');
        const { row, column, rows, columns } = lattice;
        const pixels = new Float64Array(rows * columns);
        image.data.forEach((value, i) => {
          pixels[row[i] * columns + column[i]] += value;
        });
        const onBlock = onBlockOf(context, 'visibilitiesFrom');
        return complex(latticeVisibilities(engine, pixels, uvWavelengths.data, lattice, onBlock));
      },
    },
    direct: {
      ...direct,
      run({ image, uvWavelengths, gridRadiansSlim }, context) {
        const onBlock = onBlockOf(context, 'visibilitiesFrom');
        return complex(directVisibilities(engine, image.data, uvWavelengths.data, gridRadiansSlim.data, onBlock));
      },
    },
  },
});
