import { type NdArray, type RunContext, real } from '@wtilde/core-types';
import { imageLattice, latticeTarget, onBlockOf, pixelsOf, type Strengths, toleranceOf } from '@wtilde/numerics';
import type { Engine } from '../engine/engine.js';
import { directSums } from '../fourier/directSums.js';
import { latticeSums } from '../fourier/latticeSums.js';
import { nufftSums } from '../fourier/nufftSums.js';
import { direct, factorised, nufft } from './transformCosts.js';

/** Sums over visibilities at every pixel of a grid, with strengths of their own: the dirty image and its kin. */
export interface ImageOfVisibilities {
  readonly strengths: Strengths;
  readonly uvWavelengths: NdArray<'real'>;
  readonly gridRadiansSlim: NdArray<'real'>;
}

/** The methods of a kernel that is such a sum. */
export function imageMethods<A>(engine: Engine, kernel: string, sumOf: (args: A) => ImageOfVisibilities) {
  function onLattice(strategy: 'factorised' | 'nufft') {
    return (args: A, context: RunContext): NdArray<'real'> => {
      const { strengths, uvWavelengths, gridRadiansSlim } = sumOf(args);
      const grid = imageLattice(gridRadiansSlim, kernel);
      const { lattice } = grid;
      const onBlock = onBlockOf(context, kernel);
      const uv = uvWavelengths.data;
      return engine.scoped((arena) => {
        const pointer =
          strategy === 'factorised'
            ? latticeSums(engine, arena, strengths, uv, lattice, onBlock)
            : nufftSums(engine, arena, latticeTarget(lattice), strengths, uv, toleranceOf(context.options), onBlock);
        return real(pixelsOf(grid, engine.heap.f64(pointer, lattice.rows * lattice.columns)));
      });
    };
  }

  return {
    factorised: { ...factorised, run: onLattice('factorised') },
    nufft: { ...nufft, run: onLattice('nufft') },
    direct: {
      ...direct,
      run(args: A, context: RunContext): NdArray<'real'> {
        const { strengths, uvWavelengths, gridRadiansSlim } = sumOf(args);
        const onBlock = onBlockOf(context, kernel);
        return real(directSums(engine, strengths, uvWavelengths.data, gridRadiansSlim.data, onBlock));
      },
    },
  };
}
