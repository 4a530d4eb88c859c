import { eigenOf } from '../numbers/eigen.js';
import {
  cholesky,
  dot,
  identity,
  inverse,
  product,
  solve,
  solveLower,
  solveUpper,
  submatrix,
  timesLower,
  timesUpper,
  transposed,
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

/** Axes that are wrong by more than this factor are changed, by at most that, and measured again. */
const mostOff = 3;
const mostRounds = 4;
/** Places this much higher, in natural logarithms, are no longer part of the parabola. */
const nearness = 4;
/** Axes without a value at their ends are made shorter by this. */
const shorter = 0.25;
/** A curvature where nothing is known. */
const firstStiffness = 100;

/**
 * Slopes at both ends of every axis of the ellipsoid that a guess at the curvature describes, and the line through them.
 * Ends lie where the landscape is higher by half a natural logarithm: far above ripples, near enough to be a parabola. The
 * axes are those of the guess, which is mended where it was wrong, so that long valleys are measured along their length.
 */
export function* measureHill(landscape: Landscape, place: Place, guess: Float64Array): Search<MeasuredHill> {
  const { order } = landscape;
  const free = freeAt(landscape, place);
  const n = free.length;
  let factor = cholesky(submatrix(guess, order, free), n) ?? identity(n, Math.sqrt(firstStiffness));
  let lowest = place;
  let pairs = 0;
  let near: readonly Place[] = [];
  for (let round = 1; ; round++) {
    const ends = free.flatMap((_, k) =>
      [1, -1].map((side) => movedWithin(landscape, place.x, axisOf(factor, k, free, order), side)),
    );
    const evaluations = yield { points: ends.map((x) => landscape.valuesAt(x)), gradient: true };
    pairs += ends.length;
    const places = ends.map((x, at) => landscape.placeOf(x, evaluations[at]));
    const last = places.filter(({ height }) => Number.isFinite(height));
    lowest = last.reduce((best, each) => (each.height < best.height ? each : best), lowest);
    near = [...near, ...last].filter(({ height }) => height < place.height + nearness);
    const line = lineThrough([place, ...(near.length < 2 * n ? last : near)], free, factor);
    const { values, vectors } = eigenOf(line?.curvature ?? identity(n), n);
    const isRight = values.every((each) => each > mostOff ** -2 && each < mostOff ** 2);
    if ((isRight && line !== undefined) || round === mostRounds) {
      return { ...hillOf(line, factor, free, place), lowest, pairs };
    }
    const changes = values.map((each) => Math.min(mostOff, Math.max(1 / mostOff, Math.sqrt(Math.max(0, each)))));
    const rooted = vectors.map((each, at) => each * (line === undefined ? 1 / shorter : changes[at % n]));
    factor = cholesky(around(factor, product(rooted, transposed(rooted, n), n), n), n) ?? factor;
  }
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

/** slope = a + C z, in lengths along the axes: z = Lᵗ (x - x0). */
interface Line {
  readonly slope: Float64Array;
  readonly curvature: Float64Array;
}

/** By least squares over places, the first of which is x0; undefined where there are too few. */
function lineThrough(places: readonly Place[], free: readonly number[], factor: Float64Array): Line | undefined {
  const [{ x }] = places;
  const n = free.length;
  const width = n + 1;
  const normal = new Float64Array(width * width);
  const sums = free.map(() => new Float64Array(width));
  for (const place of places) {
    const move = free.map((i) => place.x[i] - x[i]);
    const row = [1, ...timesUpper(factor, move, n)];
    const slopes = solveLower(
      factor,
      free.map((i) => place.slope[i]),
      n,
    );
    for (let a = 0; a < width; a++) {
      for (let b = 0; b < width; b++) normal[a * width + b] += row[a] * row[b];
      for (let k = 0; k < n; k++) sums[k][a] += row[a] * slopes[k];
    }
  }
  const root = cholesky(normal, width);
  if (root === undefined) return undefined;
  const lines = sums.map((sum) => solve(root, sum, width));
  const curvature = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) curvature[i * n + k] = (lines[i][k + 1] + lines[k][i + 1]) / 2;
  }
  return { slope: Float64Array.from(lines, ([first]) => first), curvature };
}

/** From lengths along the axes back to coordinates. */
function hillOf(line: Line | undefined, factor: Float64Array, free: readonly number[], { slope }: Place): Hill {
  const [n, order] = [free.length, slope.length];
  const curvature = new Float64Array(order * order);
  if (line === undefined) return { curvature, slope };
  const inFree = around(factor, line.curvature, n);
  const slopes = timesLower(factor, line.slope, n);
  const ofHill = slope.slice();
  free.forEach((i, row) => {
    ofHill[i] = slopes[row];
    free.forEach((j, column) => {
      curvature[i * order + j] = inFree[row * n + column];
    });
  });
  return { curvature, slope: ofHill };
}

/** L A Lᵗ. */
function around(factor: Float64Array, matrix: Float64Array, order: number): Float64Array {
  return product(product(factor, matrix, order), transposed(factor, order), order);
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
