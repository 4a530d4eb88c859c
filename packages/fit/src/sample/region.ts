import type { Random } from '@wtilde/data';
import { logSumExp } from '../numbers/logSum.js';
import type { Ranked } from './contour.js';
import { contains, type Ellipsoid, isInCube, pointIn } from './ellipsoid.js';
import { ellipsoidsAround } from './union.js';

/** A part of the unit cube that points are drawn from, each place as likely. */
export interface Region {
  readonly logVolume: number;
  /** Variance of it, where it is estimated. */
  readonly volumeVariance: number;
  /** What it consists of; the whole cube of none. */
  readonly ellipsoids: readonly Ellipsoid[];
  /** Whether likelihoods have told the shape of each. */
  readonly areContours: boolean;
  has(point: Float64Array): boolean;
  draw(random: Random): Float64Array;
}

export function wholeCube(order: number): Region {
  return {
    logVolume: 0,
    volumeVariance: 0,
    ellipsoids: [],
    areContours: false,
    has: () => true,
    draw: (random) => Float64Array.from({ length: order }, () => random.uniform()),
  };
}

/** Volumes are estimated by draws until so many are within, or by so many in all. */
const [enoughWithin, mostTrials] = [10_000, 1_000_000];

/** The union of ellipsoids around points, within the unit cube; they and those beyond come from the region before. */
export function regionAround(
  points: readonly Ranked[],
  beyond: readonly Ranked[],
  random: Random,
  before: Region,
): Region {
  const { ellipsoids, areContours } = ellipsoidsAround(points, beyond, before.ellipsoids, random);
  const total = logSumExp(ellipsoids.map(({ logVolume }) => logVolume));
  const shares = Float64Array.from(ellipsoids, ({ logVolume }) => Math.exp(logVolume - total));
  // An index, no iterator: with the pairs of entries() Node 24 drew, once in a few runs, other points than it does otherwise.
  const pick = (random: Random): Ellipsoid => {
    let left = random.uniform();
    for (let at = 0; at < shares.length; at++) {
      left -= shares[at];
      if (left < 0) return ellipsoids[at];
    }
    return ellipsoids[0];
  };
  /** Where ellipsoids overlap a place is drawn as often as there are; it is taken as one. */
  const attempt = (random: Random): Float64Array | undefined => {
    const picked = pick(random);
    const point = pointIn(picked, random);
    if (picked.contour !== undefined && !contains(picked, point)) return undefined;
    if (!isInCube(point)) return undefined;
    const times = ellipsoids.length === 1 ? 1 : ellipsoids.filter((each) => contains(each, point)).length;
    return times <= 1 || random.uniform() < 1 / times ? point : undefined;
  };
  let [taken, trials] = [0, 0];
  for (; taken < enoughWithin && trials < mostTrials; trials++) if (attempt(random) !== undefined) taken += 1;
  const share = Math.max(taken, 1) / trials;
  return {
    logVolume: total + Math.log(share),
    volumeVariance: (1 - share) / (share * trials),
    ellipsoids,
    areContours,
    has: (point) => ellipsoids.some((each) => contains(each, point)),
    draw(random) {
      for (;;) {
        const point = attempt(random);
        if (point !== undefined) return point;
      }
    },
  };
}
