/** What is known of the methods of the transforms between visibilities and the pixels of an image. */
import type { MethodFacts, Options, Sizes } from '@wtilde/core-types';
import { onLattice } from './imageLattice.js';
import type { NufftSizes } from './nufft/nufftPlan.js';

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

/** Operations where they are counted, and nanoseconds by the measurements of a backend. */
export interface Effort {
  readonly flops?: number;
  readonly time: number;
}

/** What the transforms of a backend cost, for K visibilities. */
export interface TransformEfforts {
  /** A sine and a cosine per visibility and point. */
  direct(visibilities: number, points: number): Effort;
  /** Products of per-axis tables over a lattice. */
  factorised(visibilities: number, rows: number, columns: number): Effort;
  /** A non-uniform FFT. */
  nufft(sizes: NufftSizes): Effort;
}

/** Bytes of the arguments and the result of a transform between K visibilities and M pixels. */
function bytes({ K, M }: Sizes): number {
  return 8 * (6 * K + 3 * M);
}

/** The side of the lattice that an image lies on, taken as a square. */
function sideOf({ M, latticePoints = M }: Sizes): number {
  return Math.max(1, Math.sqrt(latticePoints));
}

/** What is known of each method. */
export type TransformFacts = Readonly<Record<keyof TransformEfforts, MethodFacts>>;

/** Costs and refusals of the three methods. */
export function transformMethods(efforts: TransformEfforts): TransformFacts {
  return {
    direct: { cost: (sizes) => ({ ...efforts.direct(sizes.K, sizes.M), bytes: bytes(sizes) }) },
    factorised: {
      cost: (sizes) => ({ ...efforts.factorised(sizes.K, sideOf(sizes), sideOf(sizes)), bytes: bytes(sizes) }),
      canRun: onLattice,
    },
    nufft: {
      cost(sizes, options = {}) {
        const side = Math.ceil(sideOf(sizes));
        const plan = { modesX: side, modesY: side, visibilities: sizes.K, real: false };
        return { ...efforts.nufft({ ...plan, tolerance: toleranceOf(options) }), bytes: bytes(sizes) };
      },
      canRun(sizes, options) {
        const can = onLattice(sizes);
        return can === true ? nufftCanRun(options) : can;
      },
    },
  };
}
