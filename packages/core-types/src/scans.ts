/** Looks at all values of an array that say only whether something is wrong: what it is, and where, is for others. */
import type { NdArray } from './arrays.js';

/**
 * Whether no value is NaN or infinite: a sum is finite only if all of its terms are. False, too, where finite values
 * have a sum beyond the largest number. Four sums, so that none waits for another.
 */
export function allFinite(values: NdArray['data']): boolean {
  if (values instanceof Float64Array) return finiteSum(values);
  return values.every((value) => value - value === 0);
}

function finiteSum(values: Float64Array): boolean {
  const { length } = values;
  const whole = length & ~3;
  // Not [a, b, c, d] = [0, 0, 0, 0]: their sums would be boxed, a number of garbage for every value.
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let at = 0;
  for (; at < whole; at = (at + 4) | 0) {
    a += values[at];
    b += values[at + 1];
    c += values[at + 2];
    d += values[at + 3];
  }
  for (; at < length; at++) a += values[at];
  const sum = a + b + c + d;
  return sum - sum === 0;
}

/**
 * Whether from <= value < below for all values, for integers from >= -1 and below within 32 bits: what is too small makes
 * one of the differences negative, even where the other wraps around, and so does what is too large.
 */
export function allWithin(values: Int32Array, from: number, below: number): boolean {
  const first = from | 0;
  const last = (below - 1) | 0;
  let signs = 0;
  for (let at = 0; at < values.length; at++) signs |= (values[at] - first) | (last - values[at]);
  return signs >= 0;
}
