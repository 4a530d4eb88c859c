import {
  cholesky,
  dot,
  identity,
  inverse,
  solve,
  solveLower,
  solveUpper,
  submatrix,
  timesLower,
  timesUpper,
} from '../numbers/matrix.js';
import type { Landscape, Place } from './landscape.js';
import type { Search } from './search.js';

/** The hill around a place: the line that slopes follow, by least squares, so that ripples between are averaged over. */
export interface Hill {
  /** (order, order) second derivatives by the coordinates. */
  readonly curvature: Float64Array;
  /** At the place, as the hill has it. */
  readonly slope: Float64Array;
}

export interface MeasuredHill extends Hill {
  /** The lowest place that was seen. */
  readonly lowest: Place;
  readonly pairs: number;
}

/** Steps that were wrong by more than this factor are chosen again, once. */
const mostOff = 3;
/** A step without a value is made shorter by this. */
const shorter = 0.25;
const mostRounds = 3;
/** A curvature where nothing is known. */
const firstStiffness = 100;

/**
 * Slopes at both ends of every axis of the ellipsoid that a guess at the curvature describes, and the line through them.
 * Ends lie where the landscape is higher by about half a natural logarithm, or `reach` times as far: far above ripples,
 * near enough to be a parabola. The axes belong to the guess, so that long valleys are measured along their length.
 */
export function* measureHill(
  landscape: Landscape,
  place: Place,
  guess: Float64Array,
  reach = 1,
): Search<MeasuredHill> {
  const { order } = landscape;
  const free = freeAt(landscape, place);
  const factor = cholesky(submatrix(guess, order, free), free.length) ?? identity(free.length, firstStiffness);
  const axes = free.map((_, k) => axisOf(factor, k, free, order));
  const ends = axes.map((): readonly Place[] => []);
  let lowest = place;
  let open = axes.map((_, k) => ({ k, length: reach }));
  let pairs = 0;
  for (let round = 1; round <= mostRounds && open.length > 0; round++) {
    const asked = open.flatMap(({ k, length }) =>
      [length, -length].map((each) => movedWithin(landscape, place.x, axes[k], each)),
    );
    const evaluations = yield { points: asked.map((x) => landscape.valuesAt(x)), gradient: true };
    pairs += asked.length;
    const places = asked.map((x, at) => landscape.placeOf(x, evaluations[at]));
    open = open.flatMap(({ k, length }, at) => {
      const pair = places.slice(2 * at, 2 * at + 2);
      const finite = pair.filter(({ height }) => Number.isFinite(height));
      for (const each of finite) if (each.height < lowest.height) lowest = each;
      ends[k] = finite;
      if (finite.length < pair.length) return [{ k, length: length * shorter }];
      const better = betterLength(axes[k], pair, length, reach);
      return better === undefined || round > 1 ? [] : [{ k, length: better }];
    });
  }
  return { ...lineThrough([place, ...ends.flat()], free, factor, order), lowest, pairs };
}

/** The length at which the landscape is as much higher as it is meant to be, where that is quite another. */
function betterLength(axis: Float64Array, [ahead, behind]: readonly Place[], length: number, reach: number) {
  const apart = ahead.x.map((each, i) => each - behind.x[i]);
  const lengths = Math.sqrt(dot(apart, apart) / dot(axis, axis));
  const curvature = (dot(axis, ahead.slope) - dot(axis, behind.slope)) / lengths;
  const better = curvature > 0 ? reach / Math.sqrt(curvature) : mostOff * length;
  if (better > length / mostOff && better < length * mostOff) return undefined;
  return Math.min(mostOff * length, Math.max(better, length / 30));
}

/** As far along an axis as the bounds allow. */
function movedWithin({ low, high, clamped }: Landscape, x: Float64Array, axis: Float64Array, length: number) {
  const share = x.reduce((most, each, i) => {
    const move = length * axis[i];
    const room = move > 0 ? high[i] - each : each - low[i];
    return Math.abs(move) * most > room ? room / Math.abs(move) : most;
  }, 1);
  return clamped(x.map((each, i) => each + share * length * axis[i]));
}

/** Coordinates that no bound holds. */
export function freeAt({ low, high }: Landscape, { x }: Place): readonly number[] {
  return Array.from(x.keys()).filter((i) => x[i] > low[i] && x[i] < high[i]);
}

/** Column k of L⁻ᵗ, among all coordinates. */
function axisOf(factor: Float64Array, k: number, free: readonly number[], order: number): Float64Array {
  const unit = new Float64Array(free.length);
  unit[k] = 1;
  const column = solveUpper(factor, unit, free.length);
  const axis = new Float64Array(order);
  free.forEach((i, at) => {
    axis[i] = column[at];
  });
  return axis;
}

/**
 * slope = a + C (x - x0) by least squares over all places that were seen, in lengths along the axes, z = Lᵗ (x - x0) with
 * the factor L of the guess, where it is well conditioned.
 */
function lineThrough(seen: readonly Place[], free: readonly number[], factor: Float64Array, order: number): Hill {
  const [{ x, slope }] = seen;
  const n = free.length;
  const rows = seen.map((place) => {
    const move = free.map((i) => place.x[i] - x[i]);
    const slopes = free.map((i) => place.slope[i]);
    return { design: [1, ...timesUpper(factor, move, n)], slopes: solveLower(factor, slopes, n) };
  });
  const width = n + 1;
  const normal = new Float64Array(width * width);
  const sums = free.map(() => new Float64Array(width));
  for (const { design, slopes } of rows) {
    for (let a = 0; a < width; a++) {
      for (let b = 0; b < width; b++) normal[a * width + b] += design[a] * design[b];
      for (let k = 0; k < n; k++) sums[k][a] += design[a] * slopes[k];
    }
  }
  const root = cholesky(normal, width);
  const curvature = new Float64Array(order * order);
  if (root === undefined) return { curvature, slope };
  const lines = sums.map((sum) => solve(root, sum, width));
  const atPlace = timesLower(
    factor,
    lines.map(([first]) => first),
    n,
  );
  const between = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) between[i * n + k] = (lines[i][k + 1] + lines[k][i + 1]) / 2;
  }
  const inFree = aroundBy(factor, between, n);
  free.forEach((i, row) => {
    free.forEach((j, column) => {
      curvature[i * order + j] = inFree[row * n + column];
    });
  });
  const hillSlope = slope.slice();
  free.forEach((i, at) => {
    hillSlope[i] = atPlace[at];
  });
  return { curvature, slope: hillSlope };
}

/** L A Lᵗ. */
function aroundBy(factor: Float64Array, matrix: Float64Array, order: number): Float64Array {
  const columns = Array.from({ length: order }, (_, k) =>
    timesLower(factor, matrix.subarray(k * order, (k + 1) * order), order),
  );
  const half = Float64Array.from({ length: order * order }, (_, at) => columns[at % order][Math.floor(at / order)]);
  const rows = Array.from({ length: order }, (_, i) =>
    timesLower(factor, half.subarray(i * order, (i + 1) * order), order),
  );
  return Float64Array.from({ length: order * order }, (_, at) => rows[Math.floor(at / order)][at % order]);
}

/** A minimum as a parabola sees it. */
export interface Parabola {
  /** Coordinates that no bound holds. */
  readonly free: readonly number[];
  /** Whether the curvature in these is positive definite: the place is a minimum, and errors follow from it. */
  readonly isMinimum: boolean;
  /** The move to its minimum. */
  readonly step: Float64Array;
  /** What it has below the place, in natural logarithms. */
  readonly expectedGain: number;
  /** (free, free) the inverse of the curvature. */
  readonly covariance?: Float64Array;
}

export function parabolaAt(landscape: Landscape, place: Place, { curvature, slope }: Hill): Parabola {
  const free = freeAt(landscape, place);
  const step = new Float64Array(landscape.order);
  const factor = cholesky(submatrix(curvature, landscape.order, free), free.length);
  if (factor === undefined) return { free, isMinimum: false, step, expectedGain: Number.POSITIVE_INFINITY };
  const inFree = free.map((i) => slope[i]);
  const solved = solve(factor, inFree, free.length);
  free.forEach((i, at) => {
    step[i] = -solved[at];
  });
  const expectedGain = dot(inFree, solved) / 2;
  return { free, isMinimum: true, step, expectedGain, covariance: inverse(factor, free.length) };
}
