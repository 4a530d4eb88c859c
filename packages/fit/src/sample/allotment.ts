import { logSumExp } from '../numbers/logSum.js';
import type { Region } from './region.js';

/** A point that was drawn, and what is known of it. */
export interface Drawn {
  readonly share: Float64Array;
  readonly logLikelihood: number;
  /** How densely points were drawn where it lies. */
  density: number;
}

/** ln of the evidence that a point stands for. */
export function termOf({ logLikelihood, density }: Drawn): number {
  return logLikelihood - Math.log(density);
}

/** How points are to be divided among regions, and what that is worth. */
export interface Allotment {
  /** The share of each region; they add up to 1. */
  readonly shares: readonly number[];
  /** As many points are worth one sample of the posterior. */
  readonly price: number;
}

/** Of the points, this share is divided equally: for what the points on the way up have not seen. */
const undecided = 0.3;
const rounds = 30;

/**
 * How many of the points that count should come from each region for the evidence of N points to scatter the least: of its
 * variance
 *
 *     (integral of L(x)² / s(x)) / (N Z²) - 1 / N,    s(x) = sum over regions that hold x of (share / volume)
 *
 * the integral is estimated from the points that there are. A minimum of a convex function of the shares; every round
 * multiplies each by the root of what one more point of the region is worth (Silvey, Titterington & Torsney 1978).
 */
export function allotmentOf(points: readonly Drawn[], regions: readonly Region[]): Allotment {
  const logZ = logSumExp(points.map(termOf));
  const terms = points.flatMap((point) => {
    const square = Math.exp(2 * (point.logLikelihood - logZ)) / point.density;
    if (!(square > 0)) return [];
    return [{ square, within: regions.flatMap(({ has }, i) => (has(point.share) ? [i] : [])) }];
  });
  const emptiness = regions.map(({ logVolume }) => Math.exp(-logVolume));
  let shares: readonly number[] = regions.map(() => 1 / regions.length);
  for (let round = 0; round < rounds; round++) {
    const worth = new Float64Array(regions.length);
    for (const { square, within } of terms) {
      let density = 0;
      for (const i of within) density += shares[i] * emptiness[i];
      for (const i of within) worth[i] += (square * emptiness[i]) / density ** 2;
    }
    const raised = shares.map((share, i) => share * Math.sqrt(worth[i]));
    const total = raised.reduce((sum, each) => sum + each, 0);
    shares = raised.map((share) => share / total);
  }
  shares = shares.map((share) => (1 - undecided) * share + undecided / regions.length);
  let price = 0;
  for (const { square, within } of terms)
    price += square / within.reduce((sum, i) => sum + shares[i] * emptiness[i], 0);
  return { shares, price };
}
