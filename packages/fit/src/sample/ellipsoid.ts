import type { Random } from '@wtilde/data';
import { cholesky, solveLower, timesLower } from '../numbers/matrix.js';
import { clustersOf } from './clusters.js';

/** The points x with |L⁻¹ (x - centre)| <= 1. */
export interface Ellipsoid {
  readonly centre: Float64Array;
  /** L, lower. */
  readonly factor: Float64Array;
  readonly logVolume: number;
  /** Scratch: written before it is read in every call. */
  readonly white: Float64Array;
}

/** ln of the volume of a ball of radius 1. */
function logBall(order: number): number {
  return (order / 2) * Math.log(Math.PI) - logGammaHalf(order + 2);
}

/** ln Gamma(n / 2). */
function logGammaHalf(n: number): number {
  let value = n % 2 === 0 ? 0 : 0.5 * Math.log(Math.PI);
  for (let k = n - 2; k > 0; k -= 2) value += Math.log(k / 2);
  return value;
}

/** By how much the volume of an ellipsoid is larger than what holds its points, were there many. */
const enlarged = 1.4;

/**
 * The ellipsoid of the covariance of points that holds them all, enlarged: a sample lies within what it is a sample of, the
 * more so the fewer points there are.
 */
function ellipsoidAround(points: readonly Float64Array[]): Ellipsoid {
  const order = points[0].length;
  const count = points.length;
  const centre = new Float64Array(order);
  for (const point of points) for (let i = 0; i < order; i++) centre[i] += point[i] / count;
  const covariance = new Float64Array(order * order);
  for (const point of points) {
    for (let i = 0; i < order; i++) {
      for (let j = 0; j <= i; j++)
        covariance[i * order + j] += ((point[i] - centre[i]) * (point[j] - centre[j])) / count;
    }
  }
  for (let i = 0; i < order; i++) for (let j = 0; j < i; j++) covariance[j * order + i] = covariance[i * order + j];
  const factor = factorOf(covariance, order);
  const white = new Float64Array(order);
  let farthest = 0;
  for (const point of points) farthest = Math.max(farthest, distance({ centre, factor, white }, point));
  const radius = (Math.sqrt(farthest) || 1e-3) * (enlarged ** (2 / order) * (1 + order / count)) ** 0.5;
  const scaled = factor.map((each) => each * radius);
  let logVolume = logBall(order);
  for (let i = 0; i < order; i++) logVolume += Math.log(scaled[i * order + i]);
  return { centre, factor: scaled, logVolume, white };
}

/** The factor of a covariance; of one that few points leave flat, with some of the other directions in it. */
function factorOf(covariance: Float64Array, order: number): Float64Array {
  let mean = 0;
  for (let i = 0; i < order; i++) mean += covariance[i * order + i] / order;
  for (let ridge = 0; ; ridge = ridge === 0 ? 1e-10 : ridge * 100) {
    const raised = covariance.slice();
    for (let i = 0; i < order; i++) raised[i * order + i] += ridge * mean + 1e-300;
    const factor = cholesky(raised, order);
    if (factor !== undefined) return factor;
  }
}

/** |L⁻¹ (x - centre)|², or something above the limit where it is above. Called the most by far: nothing is allocated. */
function distance(
  { centre, factor, white }: Omit<Ellipsoid, 'logVolume'>,
  point: Float64Array,
  limit = Number.POSITIVE_INFINITY,
): number {
  const order = centre.length;
  let sum = 0;
  for (let i = 0; i < order && sum <= limit; i++) {
    let each = point[i] - centre[i];
    for (let k = 0; k < i; k++) each -= factor[i * order + k] * white[k];
    white[i] = each / factor[i * order + i];
    sum += white[i] * white[i];
  }
  return sum;
}

export function contains(ellipsoid: Ellipsoid, point: Float64Array): boolean {
  return distance(ellipsoid, point, 1) <= 1;
}

/** A point of an ellipsoid, each as likely. */
export function pointIn({ centre, factor }: Ellipsoid, random: Random): Float64Array {
  const order = centre.length;
  const direction = Float64Array.from({ length: order }, () => random.normal());
  let length = 0;
  for (const each of direction) length += each * each;
  const radius = random.uniform() ** (1 / order) / Math.sqrt(length);
  const move = timesLower(factor, direction, order);
  return centre.map((each, i) => each + radius * move[i]);
}

/** A union of ellipsoids must be smaller than the whole by this factor to be taken for it. */
const worthwhile = 0.6;

/** Ellipsoids around groups of points: around what empty space divides, and around halves of what is bent. */
export function ellipsoidsAround(points: readonly Float64Array[]): readonly Ellipsoid[] {
  const whole = ellipsoidAround(points);
  const clusters = clustersOf(whitened(points, whole), leastIn(whole));
  return unlessLarger(
    whole,
    Array.from({ length: Math.max(...clusters) + 1 }, (_, name) =>
      points.filter((_, i) => clusters[i] === name),
    ).flatMap((members) => divided(members)),
  );
}

/** One ellipsoid, or those of its halves where these are clearly smaller. */
function divided(points: readonly Float64Array[]): readonly Ellipsoid[] {
  const whole = ellipsoidAround(points);
  const parts = halves(points, whole);
  if (parts.some((part) => part.length < leastIn(whole))) return [whole];
  return unlessLarger(whole, parts.flatMap(divided));
}

function unlessLarger(whole: Ellipsoid, parts: readonly Ellipsoid[]): readonly Ellipsoid[] {
  const volume = parts.reduce((sum, each) => sum + Math.exp(each.logVolume - whole.logVolume), 0);
  return volume < worthwhile ? parts : [whole];
}

/** Fewer points tell nothing of the ellipsoid around them. */
function leastIn({ centre }: Ellipsoid): number {
  return 2 * (centre.length + 1);
}

function whitened(points: readonly Float64Array[], { centre, factor }: Ellipsoid): readonly Float64Array[] {
  return points.map((point) =>
    solveLower(
      factor,
      point.map((each, i) => each - centre[i]),
      centre.length,
    ),
  );
}

/** Two groups by 2-means in the frame of the ellipsoid, begun with two points that are far apart. */
function halves(points: readonly Float64Array[], whole: Ellipsoid): readonly (readonly Float64Array[])[] {
  const white = whitened(points, whole);
  const apart = (a: Float64Array, b: Float64Array) => a.reduce((sum, each, i) => sum + (each - b[i]) ** 2, 0);
  const farthestFrom = (from: Float64Array) =>
    white.reduce((far, each) => (apart(each, from) > apart(far, from) ? each : far), white[0]);
  const first = farthestFrom(new Float64Array(whole.centre.length));
  let means = [first, farthestFrom(first)];
  let sides: number[] = [];
  for (let round = 0; round < 20; round++) {
    const before = sides;
    sides = white.map((each) => (apart(each, means[0]) <= apart(each, means[1]) ? 0 : 1));
    if (sides.every((side, i) => side === before[i])) break;
    means = means.map((mean, side) => {
      const members = white.filter((_, i) => sides[i] === side);
      if (members.length === 0) return mean;
      return mean.map((_, i) => members.reduce((sum, member) => sum + member[i], 0) / members.length);
    });
  }
  return [0, 1].map((side) => points.filter((_, i) => sides[i] === side));
}
