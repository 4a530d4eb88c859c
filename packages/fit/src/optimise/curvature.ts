import { cholesky, dot, inverse, solve, submatrix } from '../numbers/matrix.js';
import type { Landscape, Place } from './landscape.js';
import type { Search } from './search.js';

/** The curvature of the landscape at a place, measured. */
export interface Measured {
  /** (order, order) second derivatives by the coordinates. */
  readonly curvature: Float64Array;
  readonly pairs: number;
}

/** Steps raise the landscape by about an eighth: far above kinks, near enough to be a parabola. */
const stepInSigmas = 0.5;
/** A step that was wrong by more than this factor is chosen again. */
const mostOff = 3;
const mostRounds = 3;

/** Second derivatives by differences of slopes to both sides, with steps from a guess at the curvature, mended as it goes. */
export function* measureCurvature(
  landscape: Landscape,
  { x }: Place,
  guess: Float64Array,
  /** Longer where ripples make more of shorter ones than there is. */
  stretch = 1,
): Search<Measured> {
  const { order } = landscape;
  const steps = Array.from({ length: order }, (_, i) => stretch * stepFor(guess[i * order + i]));
  const columns: Float64Array[] = [];
  let pairs = 0;
  let open = Array.from(steps.keys());
  for (let round = 0; round < mostRounds && open.length > 0; round++) {
    const ends = open.flatMap((i) =>
      [1, -1].map((side) => {
        const moved = x.slice();
        moved[i] += side * steps[i];
        return landscape.clamped(moved);
      }),
    );
    const evaluations = yield { points: ends.map((end) => landscape.valuesAt(end)), gradient: true };
    pairs += ends.length;
    const again: number[] = [];
    open.forEach((i, at) => {
      const [above, below] = [2 * at, 2 * at + 1].map((k) => landscape.placeOf(ends[k], evaluations[k]));
      const apart = above.x[i] - below.x[i];
      if (!Number.isFinite(above.height) || !Number.isFinite(below.height) || apart === 0) {
        steps[i] /= 4;
        again.push(i);
        return;
      }
      columns[i] = above.slope.map((each, j) => (each - below.slope[j]) / apart);
      const better = stretch * stepFor(columns[i][i]);
      if (better > mostOff * steps[i] || better < steps[i] / mostOff) {
        steps[i] = better;
        again.push(i);
      }
    });
    open = again;
  }
  const curvature = new Float64Array(order * order);
  for (let i = 0; i < order; i++) {
    for (let j = 0; j < order; j++) curvature[i * order + j] = ((columns[i]?.[j] ?? 0) + (columns[j]?.[i] ?? 0)) / 2;
  }
  return { curvature, pairs };
}

function stepFor(curvature: number): number {
  return curvature > 0 ? Math.min(0.1, stepInSigmas / Math.sqrt(curvature)) : 0.1;
}

/** A minimum as a parabola sees it. */
export interface Parabola {
  /** Coordinates that no bound holds. */
  readonly free: readonly number[];
  /** Whether the curvature in these is positive definite: the place is a minimum, and errors follow from it. */
  readonly isMinimum: boolean;
  /** What the parabola has below the place, in natural logarithms. */
  readonly expectedGain: number;
  /** (free, free) the inverse of the curvature. */
  readonly covariance?: Float64Array;
}

export function parabolaAt({ low, high, order }: Landscape, { x, slope }: Place, curvature: Float64Array): Parabola {
  const free = Array.from(x.keys()).filter((i) => x[i] > low[i] && x[i] < high[i]);
  const factor = cholesky(submatrix(curvature, order, free), free.length);
  if (factor === undefined) return { free, isMinimum: false, expectedGain: Number.POSITIVE_INFINITY };
  const inFree = free.map((i) => slope[i]);
  const expectedGain = dot(inFree, solve(factor, inFree, free.length)) / 2;
  return { free, isMinimum: true, expectedGain, covariance: inverse(factor, free.length) };
}
