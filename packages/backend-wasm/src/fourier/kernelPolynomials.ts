import { kernelSeries, type SpreadingKernel } from '@wtilde/numerics';

/** The polynomials of every cell, as the compiled code reads them. */
export interface KernelPolynomials {
  readonly width: number;
  /** Terms of either part, for cells 0 and 1, 2 and 3, ... up to the middle. */
  readonly terms: Int32Array;
  /** For every such pair of cells, from the highest power of offset^2 down: both even parts, then both odd ones. */
  readonly coefficients: Float64Array;
}

/** {@link kernelSeries}, laid out. */
export function fitKernel(kernel: SpreadingKernel, error: number): KernelPolynomials {
  const series = kernelSeries(kernel, error, 2 * Math.ceil(kernel.width / 4));
  const terms: number[] = [];
  const coefficients: number[] = [];
  for (let j = 0; j < series.length; j += 2) {
    const pair = [series[j], series[j + 1]];
    const count = Math.max(pair[0].length, pair[1].length) / 2;
    terms.push(count);
    for (let degree = 2 * count - 2; degree >= 0; degree -= 2) {
      for (const part of [degree, degree + 1]) {
        for (const powers of pair) coefficients.push(powers[part] ?? 0);
      }
    }
  }
  return { width: kernel.width, terms: Int32Array.from(terms), coefficients: Float64Array.from(coefficients) };
}
