import { ridge } from './regularization.js';

/**
 * s = B z: in every connected component of H one source pixel, the last, carries the level of all, z_root = s_root, and
 * the others their difference to it, z_i = s_i - s_root. det B = 1, so B^t A B has the determinant of A.
 *
 * Why: H knows differences only. In F + H as a sum, what F says of the level is rounded away beside large couplings; in
 * B^t H B the couplings of a root have cancelled exactly, and only the row sums of H are left in its row.
 */

/** The root of every source pixel of H (S, S). */
export function rootsOf(h: Float64Array, size: number): number[] {
  const roots = Array.from({ length: size }, (_, i) => i);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) {
      if (h[i * size + j] === 0 || roots[i] === roots[j]) continue;
      const [low, high] = [Math.min(roots[i], roots[j]), Math.max(roots[i], roots[j])];
      for (let k = 0; k < size; k++) if (roots[k] === low) roots[k] = high;
    }
  }
  return roots;
}

/**
 * The row sums of H; that of the constant regularization, 1e-8, where the rounding of the diagonal hides the difference.
 * Each as a sum of two float64 numbers (Knuth's two-sum), since the couplings cancel.
 */
export function rowSums(h: Float64Array, size: number): Float64Array {
  return new Float64Array(size).map((_, i) => {
    let high = 0;
    let low = 0;
    for (let j = 0; j < size; j++) {
      const term = h[i * size + j];
      const sum = high + term;
      const part = sum - high;
      low += high - (sum - part) + (term - part);
      high = sum;
    }
    const sum = high + low;
    return Math.abs(sum - ridge) <= Number.EPSILON * Math.abs(h[i * size + i]) ? ridge : sum;
  });
}

/** B^t A B, where the elements of A that belong to a root come from `rootRow`: column j of A summed over a component. */
export function inLevels(
  a: Float64Array,
  roots: readonly number[],
  rootRow: (root: number, j: number) => number,
): Float64Array {
  const size = roots.length;
  const result = Float64Array.from(a);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      const [rootI, rootJ] = [roots[i] === i, roots[j] === j];
      if (rootI && rootJ) {
        let sum = 0;
        for (let k = 0; k < size; k++) if (roots[k] === j) sum += rootRow(i, k);
        result[i * size + j] = sum;
      } else if (rootI) result[i * size + j] = rootRow(i, j);
      else if (rootJ) result[i * size + j] = rootRow(j, i);
    }
  }
  return result;
}

/** B^t b: a root takes the sum over its component. */
export function projectOnLevels(b: Float64Array, roots: readonly number[]): Float64Array {
  const result = Float64Array.from(b);
  for (let i = 0; i < b.length; i++) if (roots[i] !== i) result[roots[i]] += b[i];
  return result;
}
