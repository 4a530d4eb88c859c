/** Sums over visibilities at every pixel of a grid, with strengths of their own: the dirty image and its kin. */
import { type NdArray, type RunContext, real } from '@wtilde/core-types';
import { imageLattice, pixelsOf } from './imageLattice.js';
import type { LatticeFrame } from './lattice.js';
import { type OnBlock, onBlockOf } from './onBlock.js';
import type { Strengths } from './strengths.js';
import { type TransformFacts, toleranceOf } from './transformMethods.js';

/** How a backend sums. What `read` is given is good while it runs. */
export interface ImageSums {
  /** At the (rows, columns) of a lattice, by products of per-axis tables. */
  factorised<R>(
    strengths: Strengths,
    uv: Float64Array,
    lattice: LatticeFrame,
    onBlock: OnBlock,
    read: (sums: Float64Array) => R,
  ): R;
  /** The same by a non-uniform FFT, to `tolerance` times the sum of absolute strengths. */
  nufft<R>(
    strengths: Strengths,
    uv: Float64Array,
    lattice: LatticeFrame,
    tolerance: number,
    onBlock: OnBlock,
    read: (sums: Float64Array) => R,
  ): R;
  /** At points (M, 2) of any kind. */
  direct(strengths: Strengths, uv: Float64Array, points: Float64Array, onBlock: OnBlock): Float64Array;
}

interface ImageArgs {
  readonly uvWavelengths: NdArray<'real'>;
  readonly gridRadiansSlim: NdArray<'real'>;
}

/** The methods of a kernel that is such a sum, with what is known of them. */
export function imageMethods<A extends ImageArgs>(
  sums: ImageSums,
  facts: TransformFacts,
  kernel: string,
  strengthsOf: (args: A) => Strengths,
) {
  return {
    factorised: {
      ...facts.factorised,
      run(args: A, context: RunContext): NdArray<'real'> {
        const grid = imageLattice(args.gridRadiansSlim, kernel);
        const [uv, onBlock] = [args.uvWavelengths.data, onBlockOf(context, kernel)];
        return sums.factorised(strengthsOf(args), uv, grid.lattice, onBlock, (image) => real(pixelsOf(grid, image)));
      },
    },
    nufft: {
      ...facts.nufft,
      run(args: A, context: RunContext): NdArray<'real'> {
        const grid = imageLattice(args.gridRadiansSlim, kernel);
        const [uv, onBlock] = [args.uvWavelengths.data, onBlockOf(context, kernel)];
        const tolerance = toleranceOf(context.options);
        const read = (image: Float64Array) => real(pixelsOf(grid, image));
        return sums.nufft(strengthsOf(args), uv, grid.lattice, tolerance, onBlock, read);
      },
    },
    direct: {
      ...facts.direct,
      run(args: A, context: RunContext): NdArray<'real'> {
        const { uvWavelengths, gridRadiansSlim } = args;
        const onBlock = onBlockOf(context, kernel);
        return real(sums.direct(strengthsOf(args), uvWavelengths.data, gridRadiansSlim.data, onBlock));
      },
    },
  };
}
