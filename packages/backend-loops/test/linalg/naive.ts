/** Matrices for the tests, and the definitions written as plainly as possible to compare with. */

/** A repeatable generator of numbers uniform in [-1, 1) (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 31 - 1;
  };
}

export function randomArray(length: number, seed: number): Float64Array {
  const random = randomNumbers(seed);
  return Float64Array.from({ length }, random);
}

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

function norm(x: Float64Array): number {
  return Math.hypot(...x);
}

export function relativeError(actual: Float64Array, expected: Float64Array): number {
  if (actual.length !== expected.length) return Infinity;
  const scale = norm(expected);
  const error = norm(actual.map((value, i) => value - expected[i]));
  return scale === 0 ? error : error / scale;
}

/** A sparse mapping of M rows and B slots, some rows short or empty, with duplicates and negative weights. */
export function randomMapping(m: number, slots: number, s: number, seed: number) {
  const random = randomNumbers(seed);
  const indexes = new Int32Array(m * slots);
  const weights = new Float64Array(m * slots);
  for (let row = 0; row < m; row++) {
    const used = s === 0 ? 0 : Math.min(slots, Math.floor((random() + 1) * 0.75 * (slots + 1)));
    for (let slot = 0; slot < slots; slot++) {
      indexes[row * slots + slot] = slot < used ? Math.floor(((random() + 1) / 2) * s) : -1;
      weights[row * slots + slot] = slot < used ? random() : NaN;
    }
  }
  return { indexes, weights };
}

/** The dense (M, S) matrix of a sparse mapping. */
export function denseMapping(
  { indexes, weights }: { indexes: Int32Array; weights: Float64Array },
  m: number,
  s: number,
): Float64Array {
  const slots = m === 0 ? 0 : indexes.length / m;
  const dense = new Float64Array(m * s);
  for (let row = 0; row < m; row++) {
    for (let slot = 0; slot < slots && indexes[row * slots + slot] >= 0; slot++) {
      dense[row * s + indexes[row * slots + slot]] += weights[row * slots + slot];
    }
  }
  return dense;
}
