import type { Random } from '@wtilde/data';
import { logSumExp } from '../numbers/logSum.js';
import { factorOfCovariance } from '../numbers/matrix.js';
import { distance } from './ellipsoid.js';

/** Degrees of freedom: tails so heavy that those of a posterior are hardly ever heavier, and few points are lost to them. */
const freedom = 6;
/** Components with less of the points are dropped. */
const leastShare = 0.01;
/** Rounds, at most; and the gain in the mean of ln of the density from which on they go on. */
const [rounds, leastGain] = [100, 1e-4];

/** A multivariate Student distribution, and its share of a mixture. */
interface Component {
  readonly share: number;
  readonly centre: Float64Array;
  /** The lower factor of its scale matrix. */
  readonly factor: Float64Array;
}

/** A mixture of multivariate Student distributions. */
export type Mixture = readonly Component[];

/** A point, and what it counts. */
export interface Weighed {
  readonly x: Float64Array;
  readonly weight: number;
}

export function drawFrom(mixture: Mixture, random: Random): Float64Array {
  let left = random.uniform();
  let at = 0;
  while (at < mixture.length - 1 && left >= mixture[at].share) left -= mixture[at++].share;
  const { centre, factor } = mixture[at];
  const order = centre.length;
  const normals = Float64Array.from({ length: order }, () => random.normal());
  let squares = 0;
  for (let i = 0; i < freedom; i++) squares += random.normal() ** 2;
  const stretch = Math.sqrt(freedom / squares);
  return centre.map((each, i) => {
    let sum = 0;
    for (let k = 0; k <= i; k++) sum += factor[i * order + k] * normals[k];
    return each + stretch * sum;
  });
}

/** ln of the density at points. */
export function logDensitiesOf(mixture: Mixture, points: readonly Float64Array[]): Float64Array {
  const each = mixture.map(logDensityOf);
  return Float64Array.from(points, (x) => logSumExp(each.map((of) => of(x))));
}

/** ln of the density of a component, times its share. */
function logDensityOf({ share, centre, factor }: Component): (x: Float64Array) => number {
  const order = centre.length;
  const white = new Float64Array(order);
  let constant = Math.log(share) + logGammaRatio(order) - (order / 2) * Math.log(freedom * Math.PI);
  for (let i = 0; i < order; i++) constant -= Math.log(factor[i * order + i]);
  return (x) => constant - ((freedom + order) / 2) * Math.log1p(distance({ centre, factor, white }, x) / freedom);
}

/** ln of Gamma((freedom + order) / 2) / Gamma(freedom / 2). */
function logGammaRatio(order: number): number {
  if (order % 2 === 0) {
    let sum = 0;
    for (let k = 0; k < order / 2; k++) sum += Math.log(freedom / 2 + k);
    return sum;
  }
  // From Gamma(freedom / 2 + 1 / 2) / Gamma(freedom / 2), for a whole freedom / 2, on.
  let sum = Math.log(Math.PI) / 2;
  for (let k = 1; k < freedom / 2; k++) sum += Math.log((k - 0.5) / k);
  sum += Math.log(freedom / 2 - 0.5);
  for (let k = 0; k < (order - 1) / 2; k++) sum += Math.log(freedom / 2 + 0.5 + k);
  return sum;
}

/**
 * The mixture of at most `most` components that makes weighed points likeliest, by expectation-maximisation from random
 * ones of them (Peel & McLachlan 2000). What few effective points do not tell of a shape comes from that of all of them.
 *
 * @param effective as many points these are worth
 */
export function mixtureOf(points: readonly Weighed[], effective: number, most: number, random: Random): Mixture {
  const order = points[0].x.length;
  const total = points.reduce((sum, { weight }) => sum + weight, 0);
  const whole = momentsOf(
    points,
    points.map(({ weight }) => weight / total),
  );
  const ridge = (2 * order) / effective;
  const shapeOf = (share: number, covariance: Float64Array) =>
    factorOfCovariance(
      covariance.map((each, at) => (each + (ridge / 2) * whole.covariance[at]) / (share + ridge)),
      order,
    );
  if (most < 2) return [{ share: 1, centre: whole.centre, factor: factorOfCovariance(whole.covariance, order) }];
  const first = factorOfCovariance(
    whole.covariance.map((each) => each / 2),
    order,
  );
  let mixture: Mixture = Array.from({ length: most }, () => ({
    share: 1 / most,
    centre: pick(points, total, random),
    factor: first,
  }));
  const xs = points.map(({ x }) => x);
  for (let round = 0, before = Number.NEGATIVE_INFINITY; round < rounds; round++) {
    const parts = mixture.map((component) => {
      const logDensity = logDensityOf(component);
      return Float64Array.from(xs, (x) => logDensity(x));
    });
    const sums = Float64Array.from(xs, (_, i) => logSumExp(parts.map((part) => part[i])));
    const mean = points.reduce((sum, { weight }, i) => sum + (weight / total) * sums[i], 0);
    if (mean - before < leastGain) break;
    before = mean;
    mixture = mixture.flatMap((component, at) => {
      const white = new Float64Array(order);
      const own = points.map(({ weight }, i) => (weight / total) * Math.exp(parts[at][i] - sums[i]));
      const share = own.reduce((sum, each) => sum + each, 0);
      if (share < leastShare) return [];
      // Far points pull less.
      const pulls = own.map((each, i) => {
        return (each * (freedom + order)) / (freedom + distance({ ...component, white }, xs[i]));
      });
      const { centre, covariance } = momentsOf(points, pulls);
      return [{ share, centre, factor: shapeOf(share, covariance) }];
    });
    const left = mixture.reduce((sum, { share }) => sum + share, 0);
    mixture = mixture.map((each) => ({ ...each, share: each.share / left }));
  }
  return mixture;
}

function pick(points: readonly Weighed[], total: number, random: Random): Float64Array {
  let left = random.uniform() * total;
  let at = 0;
  while (at < points.length - 1 && left >= points[at].weight) left -= points[at++].weight;
  return points[at].x;
}

/** Weighed mean, and the weighed sum of squares about it. */
function momentsOf(points: readonly Weighed[], weights: readonly number[]) {
  const order = points[0].x.length;
  const centre = new Float64Array(order);
  const covariance = new Float64Array(order * order);
  let total = 0;
  for (let i = 0; i < points.length; i++) {
    total += weights[i];
    for (let k = 0; k < order; k++) centre[k] += weights[i] * points[i].x[k];
  }
  for (let k = 0; k < order; k++) centre[k] /= total;
  for (let i = 0; i < points.length; i++) {
    const { x } = points[i];
    for (let k = 0; k < order; k++) {
      for (let l = 0; l <= k; l++) covariance[k * order + l] += weights[i] * (x[k] - centre[k]) * (x[l] - centre[l]);
    }
  }
  for (let k = 0; k < order; k++) for (let l = 0; l < k; l++) covariance[l * order + k] = covariance[k * order + l];
  return { centre, covariance };
}
