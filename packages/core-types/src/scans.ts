/** Looks at all values of an array that say only whether something is wrong: what it is, and where, is for others. */
import type { NdArray } from './arrays.js';

/**
 * Whether no value is NaN or infinite: a sum is finite only if all of its terms are. False, too, where finite values
 * have a sum beyond the largest number. Eight sums, so that none waits for another.
 */
export function allFinite(values: NdArray['data']): boolean {
  if (values instanceof Float64Array) return finiteSum(values);
  return values.every((value) => value - value === 0);
}

function finiteSum(values: Float64Array): boolean {
  const { length } = values;
  const last = length - 7;
  // Not [a, b] = [0, 0]: their sums would be boxed, a number of garbage for every value.
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let e = 0;
  let f = 0;
  let g = 0;
  let h = 0;
  let at = 0;
  for (; at < last; at = (at + 8) | 0) {
    a += values[at];
    b += values[(at + 1) | 0];
    c += values[(at + 2) | 0];
    d += values[(at + 3) | 0];
    e += values[(at + 4) | 0];
    f += values[(at + 5) | 0];
    g += values[(at + 6) | 0];
    h += values[(at + 7) | 0];
  }
  for (; at < length; at++) a += values[at];
  const sum = a + b + c + d + e + f + g + h;
  return sum - sum === 0;
}

/** Whether no value is zero, NaN or infinite; like `allFinite` false, too, where finite values have too large a sum. */
export function allNonZero(values: NdArray['data']): boolean {
  const last = values.length - 3;
  let sum = 0;
  let at = 0;
  for (; at < last; at = (at + 4) | 0) {
    const a = values[at];
    const b = values[(at + 1) | 0];
    const c = values[(at + 2) | 0];
    const d = values[(at + 3) | 0];
    if (a === 0 || b === 0 || c === 0 || d === 0) return false;
    sum += a + b + (c + d);
  }
  for (; at < values.length; at++) {
    if (values[at] === 0) return false;
    sum += values[at];
  }
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
