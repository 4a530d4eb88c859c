/** A derivative from values alone, with an estimate of its error. */

export interface Difference {
  readonly value: number;
  readonly error: number;
}

/** Steps shrink by this factor. */
const RATIO = 1.6;
const STEPS = 9;
/** What the last digits of a value may be off, as a part of it. */
const ROUNDING = 2 * Number.EPSILON;

/**
 * f'(0) by central differences of shrinking steps, extrapolated to none (Ridders 1982). The step is found by itself: of
 * all extrapolations the one that differs least from its neighbours.
 *
 * @param first the largest step
 */
export async function differenceOf(f: (t: number) => Promise<number>, first: number): Promise<Difference> {
  let best: Difference = { value: Number.NaN, error: Number.POSITIVE_INFINITY };
  let before: number[] = [];
  for (let step = first, n = 0; n < STEPS; n++, step /= RATIO) {
    const [above, below] = [await f(step), await f(-step)];
    const row = [(above - below) / (2 * step)];
    const rounding = (ROUNDING * Math.max(Math.abs(above), Math.abs(below))) / step;
    let power = RATIO ** 2;
    for (let k = 1; k <= before.length; k++, power *= RATIO ** 2) {
      row.push((row[k - 1] * power - before[k - 1]) / (power - 1));
      const error = Math.max(rounding, Math.abs(row[k] - row[k - 1]), Math.abs(row[k] - before[k - 1]));
      if (error <= best.error) best = { value: row[k], error };
    }
    before = row;
  }
  return best;
}
