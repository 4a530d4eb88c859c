import { WtildeError } from '@wtilde/core-types';

/**
 * The least s^t A s / 2 - s^t D over s >= 0, one pixel at a time (Lawson and Hanson, Solving Least Squares Problems,
 * chapter 23).
 *
 * From s = 0: the pixel comes in along which the form falls most steeply, w_i = (D - A s)_i > 0 in units in which A has
 * a unit diagonal; s moves to the least over the pixels that are in, stopping where one of them reaches 0, which goes out.
 * No w is positive in the end. Throws NumericalFailure where A is not positive definite.
 *
 * @param a A (S, S), of which the lower triangle is read
 * @param zeroed (S) 1 for pixels that stay 0
 */
export function leastOfPositive(
  a: Float64Array,
  d: Float64Array,
  zeroed?: Uint8Array,
): { readonly reconstruction: Float64Array; readonly violation: number; readonly iterations: number } {
  const size = d.length;
  const units = d.map((_, i) => 1 / Math.sqrt(a[i * size + i]));
  const isBad = units.findIndex((unit) => !(unit > 0 && unit < Number.POSITIVE_INFINITY));
  if (isBad >= 0) throw noLeast(a[isBad * size + isBad]);
  const element = (i: number, j: number) => (j <= i ? a[i * size + j] : a[j * size + i]) * units[i] * units[j];
  const data = d.map((value, i) => value * units[i]);
  const greatest = data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

  let inside: number[] = [];
  let factor: number[][] = [];
  let s: Float64Array = new Float64Array(size);
  const refused = new Set<number>();
  let iterations = 0;
  for (;;) {
    const w = slopes();
    const enough = zero();
    let best = -1;
    for (let i = 0; i < size; i++) {
      if (zeroed?.[i] === 1 || inside.includes(i) || refused.has(i) || w[i] <= enough) continue;
      if (best < 0 || w[i] > w[best]) best = i;
    }
    if (best < 0) break;
    iterations += 1;
    if (iterations > 50 * size + 50) throw noLeast(Number.NaN);
    refused.add(best);
    if (!comesIn(best)) continue;
    if (moves()) refused.clear();
  }
  // The last word has the least over the pixels inside, in the order of their numbers.
  const pixels = inside.toSorted((i, j) => i - j);
  [inside, factor] = [[], []];
  if (pixels.every(comesIn)) {
    const goal = target();
    if (goal.every((value) => value >= 0)) s = goal;
  }
  inside = pixels;
  const violation = slopes().reduce((worst, w, i) => {
    if (zeroed?.[i] === 1) return worst;
    return Math.max(worst, s[i] > 0 ? Math.abs(w) : w);
  }, 0);
  const relative = violation === 0 ? 0 : violation / (greatest + Math.max(...s));
  if (!(relative < 1e-8)) throw noLeast(relative);
  return { reconstruction: s.map((value, i) => value * units[i]), violation: relative, iterations };

  /** D - A s. */
  function slopes(): Float64Array {
    return data.map((value, i) => value - inside.reduce((sum, j) => sum + element(i, j) * s[j], 0));
  }

  /** What rounding may leave of a slope. */
  function zero(): number {
    return 1e-14 * Math.max(size, 16) * (greatest + s.reduce((most, value) => Math.max(most, value), 0));
  }

  /** Appends a row to the Cholesky factor of the pixels inside; false where nothing would be left of it. */
  function comesIn(pixel: number): boolean {
    const row: number[] = [];
    inside.forEach((other, k) => {
      let sum = element(pixel, other);
      for (let m = 0; m < k; m++) sum -= row[m] * factor[k][m];
      row.push(sum / factor[k][k]);
    });
    const pivot = row.reduce((rest, value) => rest - value * value, 1);
    if (!(pivot > 1e-15)) return false;
    inside.push(pixel);
    factor.push([...row, Math.sqrt(pivot)]);
    return true;
  }

  /** The least over the pixels inside, of any sign. */
  function target(): Float64Array {
    const x = inside.map((pixel) => data[pixel]);
    for (let k = 0; k < x.length; k++) {
      for (let m = 0; m < k; m++) x[k] -= factor[k][m] * x[m];
      x[k] /= factor[k][k];
    }
    for (let k = x.length - 1; k >= 0; k--) {
      for (let m = k + 1; m < x.length; m++) x[k] -= factor[m][k] * x[m];
      x[k] /= factor[k][k];
    }
    const whole = new Float64Array(size);
    inside.forEach((pixel, k) => {
      whole[pixel] = x[k];
    });
    return whole;
  }

  /** To the least over the pixels inside, stopping at zeros; false where the pixel that came goes at once. */
  function moves(): boolean {
    const newest = inside[inside.length - 1];
    for (;;) {
      const goal = target();
      const out = inside.filter((i) => goal[i] <= zero());
      if (out.length === 0) {
        s = goal;
        return inside.includes(newest);
      }
      const partTo = (i: number) => (goal[i] < 0 ? s[i] / (s[i] - goal[i]) : 1);
      const part = Math.min(...out.map(partTo));
      s = s.map((value, i) => value + part * (goal[i] - value));
      const gone = new Set(out.filter((i) => partTo(i) === part || s[i] <= 0));
      const kept = inside.filter((i) => !gone.has(i));
      for (const i of gone) s[i] = 0;
      [inside, factor] = [[], []];
      for (const i of kept) comesIn(i);
    }
  }
}

function noLeast(actual: number): WtildeError {
  return new WtildeError('NumericalFailure', {
    what: 'no positive source is the best one',
    where: 'the conditions of a positive source',
    expected: 'a positive definite F + H',
    actual: `${actual}`,
    remedy: 'use a larger regularization coefficient if F outweighs H, a smaller one if H outweighs F',
  });
}
