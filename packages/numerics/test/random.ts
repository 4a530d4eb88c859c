/** Seeded arrays and mappings for the tests. */
import { createRandom } from '@wtilde/data';

/** Numbers uniform in [-1, 1). */
export function randomArray(length: number, seed: number): Float64Array {
  const random = createRandom(`numerics ${seed}`);
  return Float64Array.from({ length }, () => 2 * random.uniform() - 1);
}

/** A sparse mapping of M rows and B slots, some rows short or empty, with duplicates and negative weights. */
export function randomMapping(m: number, slots: number, s: number, seed: number) {
  const random = createRandom(`mapping ${seed}`);
  const indexes = new Int32Array(m * slots).fill(-1);
  const weights = new Float64Array(m * slots).fill(Number.NaN);
  for (let row = 0; row < m; row++) {
    const used = s === 0 ? 0 : Math.floor(random.uniform() * (slots + 1));
    for (let at = row * slots; at < row * slots + used; at++) {
      indexes[at] = Math.floor(random.uniform() * s);
      weights[at] = 2 * random.uniform() - 1;
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
