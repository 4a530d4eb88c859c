import { goodSize } from './fft.js';
import { chooseWidth } from './nufftPlan.js';

/**
 * What every method costs, in nanoseconds on one core, as a function of sizes: K visibilities, N the
 * side of the image, M image pixels, S source pixels, B mappings per image pixel.
 *
 * The forms follow from counting operations; the constants were fitted to measurements with Node 24 on a
 * 2.6 GHz x86-64 core where kernel #6 by direct cosines (N = 30, K = 1024) takes 43 ms and a 256 x 256
 * matrix product 22 ms. Only their ratios matter for a choice; they hold to about 20 %.
 */

/** Fixed cost of a call: views, tables and buffers. */
const CALL = 2e4;

/** Sums over visibilities at arbitrary points, and the forward transform from them: a cosine and a sine each. */
export function directSumsCost(visibilities: number, points: number): number {
  return CALL + 13 * visibilities * points;
}

/** `latticeSums` and `latticeVisibilities`: two products with half of the columns, and rotations. */
export function latticeSumsCost(visibilities: number, rows: number, columns: number): number {
  const half = 0.5 * (columns + 1);
  return CALL + visibilities * (20 + 3 * (rows + half) + 0.72 * rows * half);
}

/** `nufftLatticeSums` and `nufftVisibilities`. */
export function nufftLatticeCost(visibilities: number, rows: number, columns: number, tolerance: number): number {
  return chooseWidth({ modesX: columns, modesY: rows, real: false, tolerance, visibilities }).cost;
}

/** W by displacement, factorised: `latticeSums` on the displacements of an image of rows x columns pixels. */
export function displacementTableCost(visibilities: number, rows: number, columns: number): number {
  return latticeSumsCost(visibilities, rows, 2 * columns - 1);
}

/** W by displacement by a non-uniform FFT. */
export function nufftDisplacementTableCost(
  visibilities: number,
  rows: number,
  columns: number,
  tolerance: number,
): number {
  const modesX = 2 * columns - 1;
  const modesY = 2 * rows - 1;
  return chooseWidth({ modesX, modesY, real: true, tolerance, visibilities }).cost;
}

/** The dense W between arbitrary points, factorised. */
export function wTildePointsCost(visibilities: number, points: number): number {
  return CALL + visibilities * points * (14 + 0.43 * points);
}

/** The dense W from a table: moved, M^2 numbers. */
export function wTildeExpandCost(imagePixels: number): number {
  return CALL + 0.9 * imagePixels * imagePixels;
}

/** Sizes of a curvature matrix. */
export interface CurvatureSizes {
  /** M. */
  readonly imagePixels: number;
  /** S. */
  readonly pixels: number;
  /** Non-zeros of T: M B, or fewer where rows end early. */
  readonly nonZeros: number;
}

/** F by contiguous convolution, and from the dense W: M nnz / 2 products, S nnz gathered, S^2 turned over. */
export function convolutionCost({ imagePixels, pixels, nonZeros }: CurvatureSizes): number {
  return CALL + nonZeros * (0.3 * imagePixels + 0.72 * pixels) + 2.7 * pixels * pixels;
}

/** F by rows of W: M nnz gathered, S nnz added, S^2 turned over. */
export function gatherCost({ imagePixels, pixels, nonZeros }: CurvatureSizes): number {
  return CALL + nonZeros * (0.75 * imagePixels + 1.2 * pixels) + 2.7 * pixels * pixels;
}

/** F pair by pair: nnz^2 / 2 scattered products. */
export function curvatureDirectCost({ pixels, nonZeros }: CurvatureSizes): number {
  return CALL + 1.6 * nonZeros * nonZeros + 2.7 * pixels * pixels;
}

/**
 * F by FFT with the spectrum prepared: S / 2 complex transforms forth and back, S nnz gathered.
 *
 * With a disc of M = 0.785 N^2 pixels the convolution is as fast at 37 log2(2 N) non-zeros per column:
 * 220 for N = 30, 280 for N = 100, 340 for N = 300 (measured 190, 270, 350).
 */
export function curvatureFftCost({ pixels, nonZeros }: CurvatureSizes, rows: number, columns: number): number {
  const height = goodSize(2 * rows - 1);
  const width = goodSize(2 * columns - 1);
  const perColumn = 2.15 * height * width * Math.log2(Math.max(height, width, 2));
  return CALL + pixels * perColumn + 0.72 * pixels * nonZeros + 1.5 * pixels * pixels;
}
