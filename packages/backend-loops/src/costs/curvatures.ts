import { goodSize } from '@wtilde/numerics';
import { CALL, type Counted, type Effort } from './effort.js';

/** Sizes of a curvature matrix. */
export interface CurvatureSizes {
  /** M. */
  readonly imagePixels: number;
  /** S. */
  readonly pixels: number;
  /** Non-zeros of T: M B, or fewer where rows end early. */
  readonly nonZeros: number;
}

/** F by contiguous convolution: M nnz / 2 products, S nnz gathered, S^2 turned over. */
export function convolutionCost({ imagePixels, pixels, nonZeros }: CurvatureSizes): Counted {
  return {
    flops: nonZeros * (imagePixels + 2 * pixels),
    time: CALL + nonZeros * (0.3 * imagePixels + 0.72 * pixels) + 2.7 * pixels * pixels,
  };
}

/** F by rows of W: M nnz gathered, S nnz added, S^2 turned over. */
export function gatherCost({ imagePixels, pixels, nonZeros }: CurvatureSizes): Counted {
  return {
    flops: 2 * nonZeros * (imagePixels + pixels),
    time: CALL + nonZeros * (0.75 * imagePixels + 1.2 * pixels) + 2.7 * pixels * pixels,
  };
}

/** F pair by pair: nnz^2 / 2 scattered products. */
export function curvatureDirectCost({ pixels, nonZeros }: CurvatureSizes): Counted {
  return { flops: nonZeros * nonZeros, time: CALL + 1.6 * nonZeros * nonZeros + 2.7 * pixels * pixels };
}

/**
 * F by FFT with the spectrum prepared: S / 2 complex transforms forth and back, S nnz gathered.
 *
 * With a disc of M = 0.785 N^2 pixels the convolution is as fast at 37 log2(2 N) non-zeros per column:
 * 220 for N = 30, 280 for N = 100, 340 for N = 300 (measured 190, 270, 350).
 */
export function curvatureFftCost({ pixels, nonZeros }: CurvatureSizes, rows: number, columns: number): Effort {
  const height = goodSize(2 * rows - 1);
  const width = goodSize(2 * columns - 1);
  const perColumn = 2.15 * height * width * Math.log2(Math.max(height, width, 2));
  return { time: CALL + pixels * perColumn + 0.72 * pixels * nonZeros + 1.5 * pixels * pixels };
}

/** F from the dense W by rows of it: 2 E (M + S) operations with E entries in T. */
export function denseWCost({ imagePixels, pixels, nonZeros }: CurvatureSizes): Counted {
  const strips = 0.15 * pixels * imagePixels;
  return {
    flops: 2 * nonZeros * (imagePixels + pixels),
    time: CALL + nonZeros * (0.62 * imagePixels + 0.6 * pixels) + 0.5 * pixels * pixels + strips,
  };
}

/** The same from a dense T, whose non-zeros must be found first. */
export function denseWScanCost(sizes: CurvatureSizes): Counted {
  const { flops, time } = denseWCost(sizes);
  return { flops, time: time + 1.3 * sizes.imagePixels * sizes.pixels };
}

/** F from the dense W and a dense T by register-blocked products, whatever T holds. */
export function denseMappingCost({ imagePixels: m, pixels: s }: CurvatureSizes): Counted {
  const products = m * m * s + m * s * s;
  return { flops: 2 * products, time: CALL + 0.37 * products };
}
