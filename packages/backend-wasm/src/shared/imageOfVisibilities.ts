import { type ImageSums, latticeTarget } from '@wtilde/numerics';
import type { Engine } from '../engine/engine.js';
import { directSums } from '../fourier/directSums.js';
import { latticeSums } from '../fourier/latticeSums.js';
import { nufftSums } from '../fourier/nufftSums.js';

/** Sums over visibilities at every pixel of a grid, in the memory. */
export function imageSums(engine: Engine): ImageSums {
  return {
    factorised: (strengths, uv, lattice, onBlock, read) =>
      engine.scoped((arena) => {
        const image = latticeSums(engine, arena, strengths, uv, lattice, onBlock);
        return read(engine.heap.f64(image, lattice.rows * lattice.columns));
      }),
    nufft: (strengths, uv, lattice, tolerance, onBlock, read) =>
      engine.scoped((arena) => {
        const image = nufftSums(engine, arena, latticeTarget(lattice), strengths, uv, tolerance, onBlock);
        return read(engine.heap.f64(image, lattice.rows * lattice.columns));
      }),
    direct: (strengths, uv, points, onBlock) => directSums(engine, strengths, uv, points, onBlock),
  };
}
