import type { NufftSizes } from '@wtilde/numerics';
import { nufftTime } from '../fourier/nufftPlan.js';
import { CALL, type Effort } from './effort.js';

/** Sums over visibilities at arbitrary points, and the forward transform from them: a cosine and a sine each. */
export function directSumsCost(visibilities: number, points: number): Effort {
  return { flops: 6 * visibilities * points, time: CALL + 13 * visibilities * points };
}

/** `latticeSums` and `latticeVisibilities`: two products with half of the columns, and rotations. */
export function latticeSumsCost(visibilities: number, rows: number, columns: number): Effort {
  const half = 0.5 * (columns + 1);
  return {
    flops: 4 * visibilities * rows * half,
    time: CALL + visibilities * (20 + 3 * (rows + half) + 0.72 * rows * half),
  };
}

/** W by displacement, factorised: `latticeSums` on the displacements of an image of rows x columns pixels. */
export function displacementTableCost(visibilities: number, rows: number, columns: number): Effort {
  return latticeSumsCost(visibilities, rows, 2 * columns - 1);
}

/** W by displacement by a non-uniform FFT. */
export function nufftDisplacementTableCost(
  visibilities: number,
  rows: number,
  columns: number,
  tolerance: number,
): Effort {
  const modesX = 2 * columns - 1;
  const modesY = 2 * rows - 1;
  return nufftCost({ modesX, modesY, real: true, tolerance, visibilities });
}

/**
 * How much cheaper than products of per-axis factors a non-uniform FFT must be to be chosen: its error is
 * the tolerance, theirs is rounding alone.
 */
const NUFFT_HANDICAP = 1.5;

/** Sums over a lattice, or visibilities from one, by a non-uniform FFT. */
export function nufftCost(sizes: NufftSizes): Effort {
  return { time: NUFFT_HANDICAP * nufftTime(sizes) };
}

/** The dense W between arbitrary points, factorised. */
export function wTildePointsCost(visibilities: number, points: number): Effort {
  return { flops: 2 * visibilities * points * points, time: CALL + visibilities * points * (14 + 0.43 * points) };
}

/** The dense W from a table: moved, M^2 numbers. */
export function wTildeExpandCost(imagePixels: number): Effort {
  return { flops: 0, time: CALL + 0.9 * imagePixels * imagePixels };
}
