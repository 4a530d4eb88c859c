import { kernelAt, type SpreadingKernel } from './spreadingKernel.js';

/** Chebyshev nodes of the fit, more than any cell needs. */
const FIT_NODES = 32;

/**
 * The kernel as one polynomial per cell, so that no exponential is needed per visibility: an even number of coefficients
 * of 1, x, x^2, ... for each of the first `cells` cells, by default half of them.
 *
 * A visibility stands at `offset` in [-1, 1] within its cell, in half cells, and touches `width` cells; for the cell j
 * the kernel is p_j(offset) = phi(j + (1 - width) / 2 + offset / 2). As phi is even,
 * p_(width - 1 - j)(offset) = p_j(-offset): with the even and the odd part of p_j both cells come for the price of one.
 *
 * Every cell is fitted by Chebyshev interpolation, cut where what is left out is below `error` (the largest value of phi
 * is 1).
 */
export function kernelSeries(
  kernel: SpreadingKernel,
  error: number,
  cells = kernel.width / 2,
): readonly (readonly number[])[] {
  const { width } = kernel;
  const cosines = Float64Array.from({ length: 4 * FIT_NODES }, (_, i) => Math.cos((Math.PI * i) / (2 * FIT_NODES)));
  return Array.from({ length: cells }, (_, j) => {
    const values = Array.from({ length: FIT_NODES }, (__, i) =>
      kernelAt(kernel, (2 * j + 1 - width + cosines[2 * i + 1]) / width),
    );
    return powersFromChebyshev(chebyshevSeries(values, cosines, error));
  });
}

/**
 * Chebyshev coefficients of a function from its values at the nodes cos(pi (2 i + 1) / (2 nodes)): an even
 * number of them, cut where the rest sums to less than `error`.
 *
 * @param cosines cos(pi i / (2 nodes)) for i < 4 nodes, one whole turn
 */
function chebyshevSeries(values: readonly number[], cosines: Float64Array, error: number): number[] {
  const nodes = values.length;
  const series = values.map((_, degree) => {
    const sum = values.reduce((total, value, i) => {
      return total + value * cosines[(degree * (2 * i + 1)) % (4 * nodes)];
    }, 0);
    return ((degree === 0 ? 1 : 2) * sum) / nodes;
  });
  let count = nodes;
  for (let rest = 0; count > 2; count--) {
    rest += Math.abs(series[count - 1]);
    if (rest > error) break;
  }
  return series.slice(0, count + (count % 2));
}

/** Coefficients of 1, x, x^2, ... from those of T_0, T_1, ..., by T_(n+1) = 2 x T_n - T_(n-1). */
function powersFromChebyshev(series: readonly number[]): number[] {
  const powers = series.map(() => 0);
  let before = series.map(() => 0);
  let current = series.map((_, i) => Number(i === 0));
  series.forEach((coefficient, degree) => {
    current.forEach((value, i) => {
      powers[i] += coefficient * value;
    });
    const next = current.map((_, i) => {
      return (degree === 0 ? 1 : 2) * (i === 0 ? 0 : current[i - 1]) - before[i];
    });
    before = current;
    current = next;
  });
  return powers;
}
