import { gaussLegendre } from '../gaussLegendre.js';

/**
 * The exponential of a semicircle, phi(x) = exp(beta (sqrt(1 - (2 x / width)^2) - 1)) for
 * |x| <= width / 2 and 0 beyond, x in cells of the fine grid (Barnett, Magland and af Klinteberg, SIAM
 * J. Sci. Comput. 41, C479, 2019). Its transform falls off almost as fast as a function of that width
 * can, which is what a non-uniform FFT lives on.
 */
export interface SpreadingKernel {
  /** Cells that a visibility touches along an axis; even. */
  readonly width: number;
  readonly beta: number;
}

/** Widths in use. From 18 on the tolerance is below what rounding leaves. */
export const WIDTHS: readonly number[] = [4, 6, 8, 10, 12, 14, 16];

/**
 * The oversampling sigma at which a width meets a tolerance; infinite where it never does.
 *
 * Aliasing is bounded by A exp(-pi width sqrt(1 - 1 / sigma)). A was measured from the transform itself,
 * the sum of its aliases over its value at the edge of the modes: per axis 5 at sigma = 1.25, 10 at 2, 25 at 4.
 */
export function oversamplingFor(width: number, tolerance: number): number {
  const rate = Math.log(40 / tolerance) / (Math.PI * width);
  return rate >= 1 ? Number.POSITIVE_INFINITY : 1 / (1 - rate * rate);
}

/**
 * The kernel of a width for an oversampling. beta = 0.976 pi width (1 - 1 / (2 sigma)) puts the edge of
 * the transform's support just inside the first alias; 0.976 is where the aliases measured are least, to
 * 0.02 for every width and sigma in use.
 */
export function createKernel(width: number, sigma: number): SpreadingKernel {
  return { width, beta: 0.976 * Math.PI * width * (1 - 1 / (2 * sigma)) };
}

/** phi at z = 2 x / width. */
export function kernelAt({ beta }: SpreadingKernel, z: number): number {
  return Math.abs(z) >= 1 ? 0 : Math.exp(beta * (Math.sqrt(1 - z * z) - 1));
}

/**
 * 1 / integral of phi(x) cos(2 pi n x / size) dx for n < modes: what the modes of a fine grid of `size`
 * cells must be multiplied by. By Gauss-Legendre quadrature; the kernel is smooth except at its ends,
 * where it is as small as the tolerance. O(modes width).
 */
export function deconvolution(kernel: SpreadingKernel, size: number, modes: number): Float64Array {
  const { width } = kernel;
  const { nodes, weights } = gaussLegendre(4 * width + 16);
  const values = nodes.map((z, i) => 0.5 * width * weights[i] * kernelAt(kernel, z));
  const factors = new Float64Array(modes);
  for (let n = 0; n < modes; n++) {
    const rate = (Math.PI * width * n) / size;
    let integral = 0;
    for (let i = 0; i < nodes.length; i++) integral += values[i] * Math.cos(rate * nodes[i]);
    factors[n] = 1 / integral;
  }
  return factors;
}
