/** What is known of the methods of the transforms between visibilities and the pixels of an image. */
import type { MethodFacts, Options, Sizes } from '@wtilde/core-types';
import { onLattice } from '@wtilde/numerics';
import { chooseWidth, type NufftSizes } from '../fourier/nufftPlan.js';

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

/** Nanoseconds of sums over a lattice by products of per-axis tables. */
export function latticeTime(K: number, rows: number, columns: number): number {
  const half = 0.5 * (columns + 1);
  return 2e4 + K * (12 + 0.7 * (rows + half) + 0.19 * rows * half);
}

/** Nanoseconds of a non-uniform FFT. */
export function nufftTime(sizes: NufftSizes): number {
  return chooseWidth(sizes).cost;
}

/** Bytes of the arguments and the result of a transform between K visibilities and M pixels. */
function bytes({ K, M }: Sizes): number {
  return 8 * (6 * K + 3 * M);
}

/** The side of the lattice that an image lies on, taken as a square. */
function sideOf({ M, latticePoints = M }: Sizes): number {
  return Math.max(1, Math.sqrt(latticePoints));
}

/** A sine and a cosine per pixel and visibility. */
export const direct: MethodFacts = {
  cost: (sizes) => ({ flops: 6 * sizes.K * sizes.M, bytes: bytes(sizes), time: 2e4 + 6 * sizes.K * sizes.M }),
};

/** Two products of per-axis tables over the bounding lattice of the grid. */
export const factorised: MethodFacts = {
  cost: (sizes) => ({
    flops: 4 * sizes.K * sideOf(sizes) ** 2,
    bytes: bytes(sizes),
    time: latticeTime(sizes.K, sideOf(sizes), sideOf(sizes)),
  }),
  canRun: onLattice,
};

/** A non-uniform FFT over the lattice. */
export const nufft: MethodFacts = {
  cost(sizes, options = {}) {
    const side = Math.ceil(sideOf(sizes));
    const plan = { modesX: side, modesY: side, visibilities: sizes.K, real: false };
    return { bytes: bytes(sizes), time: nufftTime({ ...plan, tolerance: toleranceOf(options) }) };
  },
  canRun(sizes, options) {
    const can = onLattice(sizes);
    return can === true ? nufftCanRun(options) : can;
  },
};
