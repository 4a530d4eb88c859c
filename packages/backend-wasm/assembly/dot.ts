import { across, madd } from './vector';

/** sum_i x_i y_i in four partial sums. */
export function dot(x: usize, y: usize, length: i32): f64 {
  let s0 = f64x2.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  let left = length;
  for (; left >= 8; left -= 8) {
    s0 = madd(v128.load(x), v128.load(y), s0);
    s1 = madd(v128.load(x, 16), v128.load(y, 16), s1);
    s2 = madd(v128.load(x, 32), v128.load(y, 32), s2);
    s3 = madd(v128.load(x, 48), v128.load(y, 48), s3);
    x += 64;
    y += 64;
  }
  let sum = across(f64x2.add(f64x2.add(s0, s1), f64x2.add(s2, s3)));
  for (; left > 0; left--) {
    sum += load<f64>(x) * load<f64>(y);
    x += 8;
    y += 8;
  }
  return sum;
}

/** x^t A x of a symmetric matrix with rows of `step` bytes, from its lower triangle. */
export function quadraticForm(order: i32, a: usize, step: usize, x: usize): f64 {
  let sum = 0.0;
  for (let row = 0; row < order; row++) {
    const diagonal = load<f64>(a + (<usize>row << 3));
    const value = load<f64>(x + (<usize>row << 3));
    sum += value * (2 * dot(a, x, row) + diagonal * value);
    a += step;
  }
  return sum;
}
