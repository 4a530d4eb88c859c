import { logSumExp } from '../numbers/logSum.js';
import { type Drawn, termOf } from './allotment.js';
import type { Region } from './region.js';

/** A point that counts, and which regions hold it. */
export interface Counted extends Drawn {
  readonly inside: readonly boolean[];
}

/** What points that count tell of the evidence. */
export interface Told {
  readonly logZ: number;
  readonly sigma: number;
  readonly effective: number;
  /** What each point counts; they add up to 1. */
  readonly weights: Float64Array;
}

/** The evidence from the points of each region, whose densities are set. */
export function toldBy(strata: readonly (readonly Counted[])[], regions: readonly Region[]): Told {
  const densities = regions.map(({ logVolume }, i) => strata[i].length * Math.exp(-logVolume));
  const drawn = strata.flat();
  for (const point of drawn) {
    point.density = densities.reduce((sum, each, i) => (point.inside[i] ? sum + each : sum), 0);
  }
  const terms = drawn.map(termOf);
  const logZ = logSumExp(terms);
  const weights = Float64Array.from(terms, (term) => Math.exp(term - logZ));
  const effective = 1 / weights.reduce((sum, weight) => sum + weight * weight, 0);
  return { logZ, sigma: errorOf(strata, regions, densities, logZ), effective, weights };
}

/**
 * The standard deviation of ln Z: scatter of the terms within each region, and errors of the volumes. Where few points of a
 * region are heavy and most are not, their scatter says too little: the largest term counts once more.
 */
function errorOf(
  strata: readonly (readonly Counted[])[],
  regions: readonly Region[],
  densities: readonly number[],
  logZ: number,
): number {
  let variance = 0;
  /** By how much ln Z falls for a relative rise of each volume. */
  const leaning = regions.map(() => 0);
  for (const points of strata) {
    let [sum, squares, largest] = [0, 0, 0];
    for (const point of points) {
      const term = Math.exp(termOf(point) - logZ);
      sum += term;
      squares += term * term;
      largest = Math.max(largest, term);
      point.inside.forEach((isInside, i) => {
        if (isInside) leaning[i] += (term * densities[i]) / point.density;
      });
    }
    const count = points.length;
    variance += largest ** 2 + (count > 1 ? ((squares - (sum * sum) / count) * count) / (count - 1) : squares);
  }
  regions.forEach(({ volumeVariance }, i) => {
    variance += leaning[i] ** 2 * volumeVariance;
  });
  return Math.sqrt(variance);
}
