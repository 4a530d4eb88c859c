import type { Random } from '@wtilde/data';
import { contoursOf, type Ranked } from './contour.js';
import { contains, distance, type Ellipsoid, isInCube, pointIn, whiteOf } from './ellipsoid.js';
import { ellipsoidAround } from './ellipsoidAround.js';

type Points = readonly Float64Array[];

/** Some of the points, by their indices, and the ellipsoid around them. */
interface Part {
  readonly members: readonly number[];
  readonly mean: Float64Array;
  readonly ellipsoid: Ellipsoid;
  /** In units of that of one ellipsoid around all; none where the points are too few to tell. */
  readonly volume: number;
}

/** Ellipsoids that hold points. */
export interface Union {
  readonly ellipsoids: readonly Ellipsoid[];
  /** Whether likelihoods have told the shape of each, so that few points will tell that of the next. */
  readonly areContours: boolean;
}

/** Parts are joined where one ellipsoid around both is not larger than theirs together by more than this factor. */
const worthwhile = 4 / 3;
/** Parts are tried with as many of their neighbours. */
const neighbours = 8;
/** Points go to the ellipsoid that is nearest, as often. */
const rounds = 3;

/**
 * Ellipsoids that hold all of some points and have little volume: of small groups of neighbours those are joined, best
 * first, that are no larger together. As an ellipsoid around few points is honestly large, this ends with as many as the
 * points can tell apart.
 *
 * @param before those of the region that the points come from: shapes that are known
 */
export function ellipsoidsAround(
  inside: readonly Ranked[],
  beyond: readonly Ranked[],
  before: readonly Ellipsoid[],
  random: Random,
): Union {
  const points = inside.map(({ share }) => share);
  const whole = ellipsoidAround(points);
  const order = whole.centre.length;
  const white = points.map((point) => whiteOf(whole, point));
  const partOf = (members: readonly number[]): Part => {
    const own = members.map((i) => points[i]);
    const ellipsoid = ellipsoidAround(own, shapeBefore(own, before));
    const enough = members.length > order + 1;
    const volume = enough ? Math.exp(ellipsoid.logInside - whole.logInside) : Number.POSITIVE_INFINITY;
    return { members, mean: meanOf(members.map((i) => white[i])), ellipsoid, volume };
  };
  const all = points.map((_, i) => i);
  let parts = joined(groupsOf(all, white, order + 2).map(partOf), partOf);
  for (let round = 0; round < rounds; round++) {
    const groups = parts.map((): number[] => []);
    const ellipsoids = parts.map(({ ellipsoid }) => ellipsoid);
    points.forEach((point, i) => {
      groups[nearest(ellipsoids, point)].push(i);
    });
    const next = joined(groups.filter(({ length }) => length > 0).map(partOf), partOf);
    if (!(volumeOf(next) < volumeOf(parts))) break;
    parts = next;
  }
  return byContours(
    parts.map(({ ellipsoid }) => ellipsoid),
    whole,
    [...inside, ...beyond],
    random,
  );
}

/** The same, or one around all, within contours where these are smaller. */
function byContours(plain: readonly Ellipsoid[], whole: Ellipsoid, ranked: readonly Ranked[], random: Random): Union {
  const groups = plain.map((): Ranked[] => []);
  for (const point of ranked) groups[nearest(plain, point.share)].push(point);
  const each = plain.map((ellipsoid, at) => smallest([ellipsoid, ...contoursOf(groups[at], ellipsoid)], random));
  const one = smallest([whole, ...contoursOf(ranked, whole)], random);
  const sum = each.reduce((sum, { inside }) => sum + inside, 0);
  const chosen = one.inside < sum ? [one] : each;
  return {
    ellipsoids: chosen.map(({ ellipsoid }) => ellipsoid),
    areContours: chosen.every(({ ellipsoid: each }) => each !== whole && !plain.includes(each)),
  };
}

const trials = 2000;

/** By the volume within the cube, by draws. */
function smallest(ellipsoids: readonly Ellipsoid[], random: Random) {
  let least = { ellipsoid: ellipsoids[0], inside: Number.POSITIVE_INFINITY };
  for (const ellipsoid of ellipsoids) {
    let hits = 1;
    for (let trial = 0; trial < trials; trial++) {
      const point = pointIn(ellipsoid, random);
      if (isInCube(point) && contains(ellipsoid, point)) hits += 1;
    }
    const inside = (Math.exp(ellipsoid.logVolume) * hits) / trials;
    if (inside < least.inside) least = { ellipsoid, inside };
  }
  return least;
}

function nearest(ellipsoids: readonly Ellipsoid[], point: Float64Array): number {
  const distances = ellipsoids.map((ellipsoid) => distance(ellipsoid, point));
  return distances.indexOf(Math.min(...distances));
}

function volumeOf(parts: readonly Part[]): number {
  return parts.reduce((sum, { volume }) => sum + volume, 0);
}

/** The factor of the smallest ellipsoid that holds the mean of points. */
function shapeBefore(points: Points, before: readonly Ellipsoid[]): Float64Array | undefined {
  if (before.length === 0) return undefined;
  const mean = meanOf(points);
  let smallest: Ellipsoid | undefined;
  for (const each of before) {
    if (each.logVolume < (smallest?.logVolume ?? Number.POSITIVE_INFINITY) && contains(each, mean)) smallest = each;
  }
  return smallest?.factor;
}

interface Pair {
  readonly first: Part;
  readonly second: Part;
  readonly both: Part;
  /** The volume of both as one, by that of the two. */
  readonly ratio: number;
}

function joined(initial: readonly Part[], partOf: (members: readonly number[]) => Part): readonly Part[] {
  let parts = initial;
  const pairOf = (first: Part, second: Part): Pair => {
    const both = partOf([...first.members, ...second.members]);
    const sum = first.volume + second.volume;
    // What is too small to be a part goes to where it takes the least room, before anything else.
    const ratio = Number.isFinite(sum) ? both.volume / sum : Math.min(both.volume, 1e6) - 1e7;
    return { first, second, both, ratio };
  };
  const nearTo = (part: Part) =>
    parts
      .filter((each) => each !== part)
      .map((each) => ({ each, far: apart(each.mean, part.mean) }))
      .sort((a, b) => a.far - b.far)
      .slice(0, neighbours)
      .map(({ each }) => each);
  let pairs = parts.flatMap((part, at) =>
    nearTo(part)
      .filter((other) => parts.indexOf(other) > at || !nearTo(other).includes(part))
      .map((other) => pairOf(part, other)),
  );
  for (;;) {
    const best = pairs.reduce<Pair | undefined>(
      (least, each) => (each.ratio < (least?.ratio ?? worthwhile) ? each : least),
      undefined,
    );
    if (best === undefined) return parts;
    const { first, second, both } = best;
    const gone = new Set([first, second]);
    parts = [...parts.filter((part) => !gone.has(part)), both];
    pairs = pairs.filter((pair) => !gone.has(pair.first) && !gone.has(pair.second));
    pairs.push(...nearTo(both).map((part) => pairOf(part, both)));
  }
}

/** Groups of neighbours, by 2-means over and over, until none can be divided into two of the least size. */
function groupsOf(members: readonly number[], white: Points, least: number): readonly (readonly number[])[] {
  if (members.length < 2 * least) return [members];
  const parts = halves(members, white).filter(({ length }) => length > 0);
  return parts.length < 2 ? parts : parts.flatMap((part) => groupsOf(part, white, least));
}

/** Two groups by 2-means, begun with two points that are far apart. */
function halves(members: readonly number[], white: Points): readonly (readonly number[])[] {
  const farthestFrom = (from: Float64Array) =>
    members.reduce((far, i) => (apart(white[i], from) > apart(white[far], from) ? i : far), members[0]);
  const first = farthestFrom(meanOf(members.map((i) => white[i])));
  let means = [white[first], white[farthestFrom(white[first])]];
  let sides: readonly number[] = [];
  for (let round = 0; round < 20; round++) {
    const before = sides;
    sides = members.map((i) => (apart(white[i], means[0]) <= apart(white[i], means[1]) ? 0 : 1));
    if (sides.every((side, i) => side === before[i])) break;
    means = means.map((mean, side) => {
      const own = members.filter((_, i) => sides[i] === side);
      return own.length === 0 ? mean : meanOf(own.map((i) => white[i]));
    });
  }
  return [0, 1].map((side) => members.filter((_, i) => sides[i] === side));
}

function meanOf(points: Points): Float64Array {
  const mean = new Float64Array(points[0].length);
  for (const point of points) for (let i = 0; i < mean.length; i++) mean[i] += point[i] / points.length;
  return mean;
}

function apart(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] - b[i]) ** 2;
  return sum;
}
