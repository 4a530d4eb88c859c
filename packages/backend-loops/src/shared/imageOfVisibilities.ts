import type { ImageSums } from '@wtilde/numerics';
import { directSums } from '../fourier/directSums.js';
import { latticeSums } from '../fourier/latticeSums.js';
import { nufftLatticeSums } from '../fourier/nufftTransforms.js';

/** Sums over visibilities at every pixel of a grid. */
export const imageSums: ImageSums = {
  factorised(strengths, uv, lattice, onBlock, read) {
    const image = new Float64Array(lattice.rows * lattice.columns);
    latticeSums(strengths, uv, lattice, image, onBlock);
    return read(image);
  },
  nufft(strengths, uv, lattice, tolerance, onBlock, read) {
    const image = new Float64Array(lattice.rows * lattice.columns);
    nufftLatticeSums(strengths, uv, lattice, tolerance, image, onBlock);
    return read(image);
  },
  direct(strengths, uv, points, onBlock) {
    const image = new Float64Array(points.length / 2);
    directSums(strengths, uv, points, image, onBlock);
    return image;
  },
};
