/** What is known of the methods of the transforms between visibilities and the pixels of an image. */
import type { MethodFacts, Options, Sizes } from '@wtilde/core-types';
import { onLattice } from '@wtilde/numerics';
import { directSumsCost, latticeSumsCost, nufftLatticeCost } from '../costs/transforms.js';

/** Relative to the sum of absolute strengths: what a non-uniform FFT gives where no tolerance is asked for. */
const fullPrecision = 1e-13;

/** The finest tolerance that the spreading kernels are made for. */
const finest = 1e-14;

export function toleranceOf({ tolerance = fullPrecision }: Options): number {
  return tolerance;
}

export function nufftCanRun({ tolerance = fullPrecision }: Options): true | string {
  return tolerance >= finest || `a non-uniform FFT is no better than ${finest}`;
}

/** Bytes of the arguments and the result of a transform between K visibilities and M pixels. */
function bytes({ K, M }: Sizes): number {
  return 8 * (6 * K + 3 * M);
}

/** The side of the lattice that an image lies on, taken as a square. */
function sideOf({ M, latticePoints = M }: Sizes): number {
  return Math.sqrt(latticePoints);
}

/** A sine and a cosine per pixel and visibility. */
export const direct: MethodFacts = {
  cost: (sizes) => ({ ...directSumsCost(sizes.K, sizes.M), bytes: bytes(sizes) }),
};

/** Two products of per-axis tables over the lattice. */
export const factorised: MethodFacts = {
  cost: (sizes) => ({
    ...latticeSumsCost(sizes.K, sideOf(sizes), sideOf(sizes)),
    bytes: bytes(sizes),
  }),
  canRun: onLattice,
};

/** A non-uniform FFT over the lattice. */
export const nufft: MethodFacts = {
  cost: (sizes, options = {}) => ({
    ...nufftLatticeCost(sizes.K, sideOf(sizes), sideOf(sizes), toleranceOf(options)),
    bytes: bytes(sizes),
  }),
  canRun(sizes, options) {
    const can = onLattice(sizes);
    return can === true ? nufftCanRun(options) : can;
  },
};
