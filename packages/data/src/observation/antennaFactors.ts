import type { NoiseGroup } from './noiseGroup.js';

/** What differences of a baseline have come to: the sum of their squares over those that weights predict. */
export interface BaselineScatter {
  readonly antenna1: number;
  readonly antenna2: number;
  readonly subarray: number;
  readonly count: number;
  readonly sum: number;
}

const mostRounds = 1000;

/**
 * Factors of antennas whose products are those of baselines: the most probable g of sums of n squares, each with the
 * variance g_i g_j. At that place sum_j n_ij (r_ij / (g_i g_j) - 1) = 0 for every antenna, r_ij the mean square of a
 * baseline: g_i <- sum_j n_ij r_ij / g_j over sum_j n_ij, taken half the way (in logarithms) until nothing changes. An
 * antenna without differences has the factor of all.
 */
export function antennaFactors(
  scatters: readonly BaselineScatter[],
  ratio: number,
  nameOf: (subarray: number, antenna: number) => string,
): { readonly groups: readonly NoiseGroup[]; readonly factors: readonly number[] } {
  const keyOf = (subarray: number, antenna: number) => subarray * 65536 + antenna;
  const variances = new Map<number, number>();
  const counts = new Map<number, number>();
  for (const { subarray, antenna1, antenna2, count } of scatters) {
    for (const antenna of [antenna1, antenna2]) {
      const key = keyOf(subarray, antenna);
      variances.set(key, ratio);
      counts.set(key, (counts.get(key) ?? 0) + count);
    }
  }
  const of = (subarray: number, antenna: number) => variances.get(keyOf(subarray, antenna)) ?? ratio;
  for (let round = 0, change = 1; round < mostRounds && change > 1e-12; round++) {
    const sums = new Map<number, number>();
    for (const { subarray, antenna1, antenna2, sum } of scatters) {
      for (const [one, other] of [
        [antenna1, antenna2],
        [antenna2, antenna1],
      ]) {
        const key = keyOf(subarray, one);
        sums.set(key, (sums.get(key) ?? 0) + sum / of(subarray, other));
      }
    }
    change = 0;
    for (const [key, sum] of sums) {
      const count = counts.get(key) ?? 0;
      const before = variances.get(key) ?? ratio;
      if (count === 0 || sum === 0) continue;
      const next = Math.sqrt((before * sum) / count);
      variances.set(key, next);
      change = Math.max(change, Math.abs(next / before - 1));
    }
  }
  return {
    groups: [...variances].map(([key, variance]) => ({
      name: nameOf(Math.floor(key / 65536), key % 65536),
      ratio: Math.sqrt(variance),
      differences: counts.get(key) ?? 0,
    })),
    factors: scatters.map(({ subarray, antenna1, antenna2 }) =>
      Math.sqrt(of(subarray, antenna1) * of(subarray, antenna2)),
    ),
  };
}
