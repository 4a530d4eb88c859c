import { type NdArray, type RunContext, real } from '@wtilde/core-types';
import { imageLattice, onBlockOf, pixelsOf, type Strengths, toleranceOf } from '@wtilde/numerics';
import { directSums } from '../fourier/directSums.js';
import { latticeSums } from '../fourier/latticeSums.js';
import { nufftLatticeSums } from '../fourier/nufftTransforms.js';
import { direct, factorised, nufft } from './transformCosts.js';

interface ImageArgs {
  readonly uvWavelengths: NdArray<'real'>;
  readonly gridRadiansSlim: NdArray<'real'>;
}

/** The methods of a kernel that sums over visibilities at every pixel of a grid, with strengths of its own. */
export function imageMethods<A extends ImageArgs>(kernel: string, strengthsOf: (args: A) => Strengths) {
  return {
    factorised: {
      ...factorised,
      run(args: A, context: RunContext): NdArray<'real'> {
        const grid = imageLattice(args.gridRadiansSlim, kernel);
        const image = new Float64Array(grid.lattice.rows * grid.lattice.columns);
        latticeSums(strengthsOf(args), args.uvWavelengths.data, grid.lattice, image, onBlockOf(context, kernel));
        return real(pixelsOf(grid, image));
      },
    },
    nufft: {
      ...nufft,
      run(args: A, context: RunContext): NdArray<'real'> {
        const grid = imageLattice(args.gridRadiansSlim, kernel);
        const image = new Float64Array(grid.lattice.rows * grid.lattice.columns);
        const { uvWavelengths } = args;
        const tolerance = toleranceOf(context.options);
        const onBlock = onBlockOf(context, kernel);
        nufftLatticeSums(strengthsOf(args), uvWavelengths.data, grid.lattice, tolerance, image, onBlock);
        return real(pixelsOf(grid, image));
      },
    },
    direct: {
      ...direct,
      run(args: A, context: RunContext): NdArray<'real'> {
        const image = new Float64Array(args.gridRadiansSlim.shape[0]);
        const { uvWavelengths, gridRadiansSlim } = args;
        directSums(strengthsOf(args), uvWavelengths.data, gridRadiansSlim.data, image, onBlockOf(context, kernel));
        return real(image);
      },
    },
  };
}
