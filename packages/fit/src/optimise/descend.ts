import { cholesky, dot, identity, solve, submatrix, times } from '../numbers/matrix.js';
import type { Landscape, Place } from './landscape.js';
import type { Search } from './search.js';

/** Where a descent ended, and why. */
export interface Descent {
  readonly place: Place;
  /** The curvature that it has learned. */
  readonly curvature: Float64Array;
  /** What another step would gain, as far as that curvature goes, in natural logarithms. */
  readonly expectedGain: number;
  readonly steps: number;
  readonly pairs: number;
  readonly end: 'converged' | 'stalled' | 'exhausted';
}

export interface DescentOptions {
  /** Ends where a step is expected to gain less than this, in natural logarithms. */
  readonly tolerance: number;
  /** The most value-and-gradient pairs. */
  readonly mostPairs: number;
  /** By how much the problem is made easier. */
  readonly ease?: number | undefined;
  /** What is known of the curvature before. */
  readonly curvature?: Float64Array | undefined;
}

/** No coordinate moves by more in a step: half of a uniform prior, half a sigma of a normal one. */
const longestMove = 0.5;
/** The first step, when nothing is known but the slope. */
const firstMove = 0.03;
/** The share of the descent that the slope promises which a step must give (Armijo). */
const leastShare = 1e-4;
/** A step that ends on a slope still as steep as this share could have been longer (Wolfe). */
const stillSteep = 0.9;
const mostTrials = 14;

/**
 * Down to a minimum by a projected quasi-Newton method: the BFGS approximation of the curvature, kept positive by Powell's
 * damping, solved for the coordinates that are not held by a bound (Bertsekas 1982), and a line search bent at the bounds.
 * Kinks and jumps that are small against the descent are stepped over: what decides is decrease, and a search that finds
 * none forgets its curvature once before it gives up.
 */
export function* descend(landscape: Landscape, start: Place, options: DescentOptions): Search<Descent> {
  const { order } = landscape;
  const { tolerance, mostPairs } = options;
  let place = start;
  let curvature = options.curvature;
  let [steps, pairs] = [0, 0];
  let expectedGain = Number.POSITIVE_INFINITY;
  const ended = (end: Descent['end']): Descent => ({
    place,
    curvature: curvature ?? identity(order),
    expectedGain,
    steps,
    pairs,
    end,
  });
  for (;;) {
    const fresh = curvature === undefined;
    const scale = Math.sqrt(dot(place.slope, place.slope)) / firstMove;
    if (scale === 0) {
      expectedGain = 0;
      return ended('converged');
    }
    const used: Float64Array = curvature ?? identity(order, scale);
    const direction = directionOf(landscape, place, used);
    expectedGain = -dot(place.slope, direction) / 2;
    if (!fresh && expectedGain < tolerance) return ended('converged');
    if (pairs >= mostPairs) return ended('exhausted');
    const found = yield* lineSearch(landscape, place, limited(direction), { ...options, mostPairs: mostPairs - pairs });
    pairs += found.pairs;
    if (found.place === undefined) {
      if (fresh) return ended(expectedGain < tolerance ? 'converged' : 'stalled');
      curvature = undefined;
      continue;
    }
    curvature = updated(used, place, found.place, fresh || steps === 0);
    place = found.place;
    steps += 1;
  }
}

/** -B⁻¹ slope in the free coordinates; 0 in those that a bound holds. */
function directionOf({ order, low, high }: Landscape, { x, slope }: Place, curvature: Float64Array): Float64Array {
  const free = Array.from(x.keys()).filter(
    (i) => !((x[i] <= low[i] && slope[i] > 0) || (x[i] >= high[i] && slope[i] < 0)),
  );
  const direction = new Float64Array(order);
  const factor = cholesky(submatrix(curvature, order, free), free.length);
  const downhill = free.map((i) => -slope[i]);
  const step = factor === undefined ? downhill : solve(factor, downhill, free.length);
  free.forEach((i, at) => {
    direction[i] = step[at];
  });
  return direction;
}

function limited(direction: Float64Array): Float64Array {
  const most = direction.reduce((largest, each) => Math.max(largest, Math.abs(each)), 0);
  return most > longestMove ? direction.map((each) => (each * longestMove) / most) : direction;
}

/** A place downhill along a direction; none where there is no descent within the trials. */
function* lineSearch(
  landscape: Landscape,
  from: Place,
  direction: Float64Array,
  { mostPairs, ease }: DescentOptions,
): Search<{ readonly place: Place | undefined; readonly pairs: number }> {
  let length = 1;
  let best: Place | undefined;
  let shortest = Number.POSITIVE_INFINITY;
  let pairs = 0;
  while (pairs < Math.min(mostTrials, mostPairs)) {
    const x = landscape.clamped(from.x.map((each, i) => each + length * direction[i]));
    const move = x.map((each, i) => each - from.x[i]);
    const promised = dot(from.slope, move);
    if (!(promised < 0)) break;
    const [evaluation] = yield { points: [landscape.valuesAt(x)], gradient: true, ease };
    pairs += 1;
    const place = landscape.placeOf(x, evaluation);
    const descends = place.height <= from.height + leastShare * promised;
    if (descends && (best === undefined || place.height < best.height)) {
      best = place;
      const ended = dot(place.slope, move);
      const longer = length * Math.min(4, Math.max(1.5, 1 / (1 - Math.max(0, ended / promised))));
      const reach = direction.reduce((largest, each) => Math.max(largest, Math.abs(each * longer)), 0);
      if (ended > stillSteep * promised || longer >= shortest || reach > longestMove) break;
      length = longer;
      continue;
    }
    if (best !== undefined) break;
    shortest = length;
    length *= shorterBy(from.height, promised, place);
  }
  return { place: best, pairs };
}

/** Where the parabola through both heights and the slope at the start has its minimum, kept from 0.1 to 0.5. */
function shorterBy(height: number, promised: number, { height: reached }: Place): number {
  if (!Number.isFinite(reached)) return 0.25;
  return Math.min(0.5, Math.max(0.1, -promised / (2 * (reached - height - promised))));
}

/**
 * The BFGS update by a step, damped where the slope did not rise along it. A guess, of which the size is not known, is
 * scaled to the rise of the slope first.
 */
function updated(curvature: Float64Array, from: Place, to: Place, isGuess: boolean): Float64Array {
  const order = from.x.length;
  const s = to.x.map((each, i) => each - from.x[i]);
  const y = to.slope.map((each, i) => each - from.slope[i]);
  const rise = dot(s, y);
  const scale = isGuess && rise > 0 ? rise / dot(s, times(curvature, s, order)) : 1;
  const base = curvature.map((each) => scale * each);
  const Bs = times(base, s, order);
  const sBs = dot(s, Bs);
  const share = rise >= 0.2 * sBs ? 1 : (0.8 * sBs) / (sBs - rise);
  const damped = y.map((each, i) => share * each + (1 - share) * Bs[i]);
  const denominator = dot(s, damped);
  const next = base.slice();
  for (let i = 0; i < order; i++) {
    for (let j = 0; j < order; j++) {
      next[i * order + j] += (damped[i] * damped[j]) / denominator - (Bs[i] * Bs[j]) / sBs;
    }
  }
  return next;
}
