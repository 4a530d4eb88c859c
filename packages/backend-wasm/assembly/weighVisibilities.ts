import { across } from './vector';

/** Visibilities of an item. */
const PART = 4096;
/** Visibilities whose terms are added plainly before their sum is added to others. */
const BLOCK = 256;

/**
 * Weights n^-2 of the real noise, strengths v / n^2 of both parts, and the sums over the data, of 4096 visibilities.
 * Visibilities of infinite noise are flagged: their baselines, strengths and weights become 0.
 *
 * @param uv, data, noise two numbers per visibility
 * @param sums per item eight float64: chi^2 of an empty source; mantissa and exponent of the product of all squares of
 *   noise; flagged visibilities; 0, or NaN where a number is not finite; not 0 where a square of noise leaves 1e-60 to
 *   1e60, so that the product means nothing
 */
export function weighVisibilities(
  item: i32,
  _thread: i32,
  uv: usize,
  data: usize,
  noise: usize,
  count: i32,
  re: usize,
  im: usize,
  weights: usize,
  sums: usize,
): void {
  const one = f64x2.splat(1);
  const infinity = f64x2.splat(Infinity);
  const least = f64x2.splat(1e-60);
  const most = f64x2.splat(1e60);
  let chiSquared = f64x2.splat(0);
  let product = one;
  let exponents = i64x2.splat(0);
  let flagged = i64x2.splat(0);
  let finite = f64x2.splat(0);
  let within = i64x2.splat(-1);
  const last = min(count, (item + 1) * PART);
  for (let k = item * PART; k < last; ) {
    let ours = f64x2.splat(0);
    for (const end = min(k + BLOCK, last); k < end; k++) {
      const pair = <usize>k << 4;
      const infinite = f64x2.eq(f64x2.abs(v128.load(noise + pair)), infinity);
      const isFlagged = v128.or(infinite, v128.shuffle<f64>(infinite, infinite, 1, 0));
      flagged = i64x2.sub(flagged, isFlagged);
      const n = v128.bitselect(one, v128.load(noise + pair), isFlagged);
      const value = v128.andnot(v128.load(data + pair), isFlagged);
      const baseline = v128.andnot(v128.load(uv + pair), isFlagged);
      v128.store(uv + pair, baseline);
      const square = f64x2.mul(n, n);
      within = v128.and(within, v128.and(f64x2.gt(square, least), f64x2.lt(square, most)));
      const ratio = f64x2.div(value, n);
      ours = f64x2.add(ours, f64x2.mul(ratio, ratio));
      const strength = f64x2.div(value, square);
      const at = <usize>k << 3;
      store<f64>(re + at, f64x2.extract_lane(strength, 0));
      store<f64>(im + at, f64x2.extract_lane(strength, 1));
      const weight = v128.andnot(f64x2.div(one, square), isFlagged);
      store<f64>(weights + at, f64x2.extract_lane(weight, 0));
      finite = f64x2.add(finite, f64x2.add(f64x2.sub(strength, strength), f64x2.sub(baseline, baseline)));
      product = f64x2.mul(product, square);
      // Four squares more do not leave the range of numbers.
      if ((k & 3) == 3) {
        exponents = i64x2.add(exponents, exponentsOf(product));
        product = mantissasOf(product);
      }
    }
    chiSquared = f64x2.add(chiSquared, ours);
  }
  exponents = i64x2.add(exponents, exponentsOf(product));
  product = mantissasOf(product);
  const to = sums + (<usize>item << 6);
  store<f64>(to, across(chiSquared));
  store<f64>(to, f64x2.extract_lane(product, 0) * f64x2.extract_lane(product, 1), 8);
  store<f64>(to, <f64>(i64x2.extract_lane(exponents, 0) + i64x2.extract_lane(exponents, 1)), 16);
  store<f64>(to, <f64>i64x2.extract_lane(flagged, 0), 24);
  store<f64>(to, across(finite), 32);
  store<f64>(to, i64x2.all_true(within) ? 0 : 1, 40);
}

/** Of positive numbers. */
// @ts-ignore: decorator
@inline
function exponentsOf(values: v128): v128 {
  return i64x2.sub(i64x2.shr_u(values, 52), i64x2.splat(1023));
}

/** 1 to 2. */
// @ts-ignore: decorator
@inline
function mantissasOf(values: v128): v128 {
  return v128.or(v128.and(values, i64x2.splat(0x000fffffffffffff)), i64x2.splat(0x3ff0000000000000));
}
