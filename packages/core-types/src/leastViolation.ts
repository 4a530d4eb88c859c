import type { LinearSystem } from './numericClasses.js';

/**
 * How far x is from the least of x^t A x / 2 - x^t b over x >= 0: the largest |min(x_i, (A x - b)_i)|, in units in which A
 * has a unit diagonal and relative to max |b_i| + max |x_i|. It is 0 for the least alone, where every unknown is 0 or has
 * no slope. Infinite where an unknown that is held at 0 is not.
 */
export function leastViolation({ matrix, vector, zeroed }: LinearSystem, x: ArrayLike<number>): number {
  const size = vector.data.length;
  const slopes = Float64Array.from(vector.data, (b) => -b);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      const a = matrix.data[i * size + j];
      slopes[i] += a * Number(x[j]);
      if (i !== j) slopes[j] += a * Number(x[i]);
    }
  }
  let [worst, largestB, largestX] = [0, 0, 0];
  for (let i = 0; i < size; i++) {
    if (zeroed?.data[i] === 1) {
      if (x[i] !== 0) return Number.POSITIVE_INFINITY;
      continue;
    }
    const root = Math.sqrt(matrix.data[i * size + i]);
    if (root === 0) continue;
    const scaled = Number(x[i]) * root;
    worst = Math.max(worst, Math.abs(Math.min(scaled, slopes[i] / root)));
    largestB = Math.max(largestB, Math.abs(vector.data[i]) / root);
    largestX = Math.max(largestX, Math.abs(scaled));
  }
  return worst === 0 ? 0 : worst / (largestB + largestX);
}
