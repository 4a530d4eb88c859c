import { kernelSeries, type SpreadingKernel } from '@wtilde/numerics';

/** The polynomials of every cell, as {@link evaluateKernel} reads them. */
export interface KernelPolynomials {
  readonly width: number;
  /** (width / 2 + 1) where the coefficients of each pair of cells start. */
  readonly start: Int32Array;
  /** Even and odd coefficient in turn, from the highest power of offset^2 down; odd ones times offset. */
  readonly coefficients: Float64Array;
}

/** {@link kernelSeries}, laid out. */
export function fitKernel(kernel: SpreadingKernel, error: number): KernelPolynomials {
  const start = [0];
  const coefficients: number[] = [];
  for (const powers of kernelSeries(kernel, error)) {
    for (let degree = powers.length - 2; degree >= 0; degree -= 2) {
      coefficients.push(powers[degree], powers[degree + 1]);
    }
    start.push(coefficients.length);
  }
  return { width: kernel.width, start: Int32Array.from(start), coefficients: Float64Array.from(coefficients) };
}

/**
 * values[width p + j] = p_j(offsets[p]) for p < count, four visibilities at a time: about 2 ns per value.
 *
 * @param offsets in [-1, 1]; up to three more than `count` are read
 * @param values width times `count`, rounded up to a multiple of four
 */
export function evaluateKernel(
  { width, start, coefficients }: KernelPolynomials,
  offsets: Float64Array,
  count: number,
  values: Float64Array,
): void {
  for (let j = 0; j < width / 2; j++) {
    const first = start[j];
    const end = start[j + 1];
    for (let p = 0; p < count; p += 4) {
      const x0 = offsets[p];
      const x1 = offsets[p + 1];
      const x2 = offsets[p + 2];
      const x3 = offsets[p + 3];
      const square0 = x0 * x0;
      const square1 = x1 * x1;
      const square2 = x2 * x2;
      const square3 = x3 * x3;
      let even0 = 0;
      let even1 = 0;
      let even2 = 0;
      let even3 = 0;
      let odd0 = 0;
      let odd1 = 0;
      let odd2 = 0;
      let odd3 = 0;
      for (let c = first; c < end; c = (c + 2) | 0) {
        const even = coefficients[c];
        const odd = coefficients[(c + 1) | 0];
        even0 = even0 * square0 + even;
        even1 = even1 * square1 + even;
        even2 = even2 * square2 + even;
        even3 = even3 * square3 + even;
        odd0 = odd0 * square0 + odd;
        odd1 = odd1 * square1 + odd;
        odd2 = odd2 * square2 + odd;
        odd3 = odd3 * square3 + odd;
      }
      odd0 *= x0;
      odd1 *= x1;
      odd2 *= x2;
      odd3 *= x3;
      const left = (p * width + j) | 0;
      const right = (p * width + width - 1 - j) | 0;
      values[left] = even0 + odd0;
      values[right] = even0 - odd0;
      values[(left + width) | 0] = even1 + odd1;
      values[(right + width) | 0] = even1 - odd1;
      values[(left + 2 * width) | 0] = even2 + odd2;
      values[(right + 2 * width) | 0] = even2 - odd2;
      values[(left + 3 * width) | 0] = even3 + odd3;
      values[(right + 3 * width) | 0] = even3 - odd3;
    }
  }
}
