/** Dense matrices for the tests, and the definitions written as plainly as possible to compare with. */
import { randomArray } from './random.js';

/** A (m, k) times (k, n), row-major. */
export function product(a: Float64Array, b: Float64Array, m: number, k: number, n: number): Float64Array {
  const c = new Float64Array(m * n);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      for (let l = 0; l < k; l++) c[i * n + j] += a[i * k + l] * b[l * n + j];
    }
  }
  return c;
}

export function transpose(a: Float64Array, m: number, n: number): Float64Array {
  return Float64Array.from({ length: m * n }, (_, i) => a[(i % m) * n + Math.floor(i / m)]);
}

/** G G^t + shift I of a random G: symmetric, positive definite for a positive shift. */
export function positiveDefinite(order: number, shift: number, seed: number): Float64Array {
  const g = randomArray(order * order, seed);
  const a = product(g, transpose(g, order, order), order, order, order);
  for (let i = 0; i < order; i++) a[i * order + i] += shift;
  return a;
}

/** The same matrix with NaN above its diagonal, for functions that must not look there. */
export function lowerTriangleOnly(a: Float64Array, order: number): Float64Array {
  return a.map((value, i) => (i % order > Math.floor(i / order) ? NaN : value));
}

export function norm(x: Float64Array): number {
  return Math.hypot(...x);
}

export function relativeError(actual: Float64Array, expected: Float64Array): number {
  if (actual.length !== expected.length) return Infinity;
  const scale = norm(expected);
  const error = norm(actual.map((value, i) => value - expected[i]));
  return scale === 0 ? error : error / scale;
}
