import { type NdArray, type RunContext, real } from '@wtilde/core-types';
import { directSums } from '../fourier/direct-sums.js';
import { latticeSums } from '../fourier/lattice-sums.js';
import type { Strengths } from '../fourier/strengths.js';
import { imageLattice, pixelsOf } from './imageLattice.js';
import { onBlockOf } from './onBlock.js';

/** Sums over visibilities at every pixel of a grid, with strengths of their own: the dirty image and its kin. */
export interface ImageOfVisibilities {
  readonly kernel: string;
  readonly strengths: Strengths;
  readonly uvWavelengths: NdArray<'real'>;
  readonly gridRadiansSlim: NdArray<'real'>;
}

export function imageDirectly(sum: ImageOfVisibilities, context: RunContext): NdArray<'real'> {
  const { kernel, strengths, uvWavelengths, gridRadiansSlim } = sum;
  const out = new Float64Array(gridRadiansSlim.shape[0]);
  directSums(strengths, uvWavelengths.data, gridRadiansSlim.data, out, onBlockOf(context, kernel));
  return real(out);
}

export function imageFactorised(sum: ImageOfVisibilities, context: RunContext): NdArray<'real'> {
  const { kernel, strengths, uvWavelengths, gridRadiansSlim } = sum;
  const grid = imageLattice(gridRadiansSlim, kernel);
  const out = new Float64Array(grid.lattice.rows * grid.lattice.columns);
  latticeSums(strengths, uvWavelengths.data, grid.lattice, out, onBlockOf(context, kernel));
  return real(pixelsOf(grid, out));
}
