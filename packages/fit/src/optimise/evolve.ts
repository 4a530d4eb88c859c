import type { Random } from '@wtilde/data';
import { cholesky, dot, identity, solve, solveLower, timesLower } from '../numbers/matrix.js';
import type { Landscape, Place } from './landscape.js';
import type { Search } from './search.js';

/** Where an evolution ended. */
export interface Evolution {
  readonly place: Place;
  readonly end: 'converged' | 'exhausted';
  readonly evaluations: number;
  /** All places that it was at within some natural logarithms of the best. */
  readonly near: readonly Place[];
  /** The lower factor of the covariance of the last generation. */
  readonly factor: Float64Array;
}

export interface EvolveOptions {
  /** Ends where the best of several generations differ by less than this, in natural logarithms. */
  readonly tolerance: number;
  readonly mostEvaluations: number;
  /** The spread of the first generation, in coordinates. */
  readonly firstSpread: number;
  /** By how much the problem is made easier. */
  readonly ease?: number | undefined;
}

/** What is kept to fit a parabola to. */
const nearness = 12;

/**
 * Down to a minimum of a landscape without slopes, or with jumps, by CMA-ES (Hansen 2016, arXiv:1604.00772): generations
 * drawn from a normal distribution whose mean, size and covariance follow the better half. With the Cholesky factor of the
 * covariance for its root. Places beyond a bound are reflected.
 */
export function* evolve(
  landscape: Landscape,
  start: Float64Array,
  random: Random,
  { tolerance, mostEvaluations, firstSpread, ease }: EvolveOptions,
): Search<Evolution> {
  const { order: n } = landscape;
  const size = 4 + 2 * Math.floor((3 * Math.log(n + 1)) / 2);
  const parents = size / 2;
  const raw = Array.from({ length: parents }, (_, i) => Math.log((size + 1) / 2) - Math.log(i + 1));
  const total = raw.reduce((sum, each) => sum + each, 0);
  const weights = raw.map((each) => each / total);
  const effective = 1 / weights.reduce((sum, each) => sum + each * each, 0);
  const pathRate = (4 + effective / n) / (n + 4 + (2 * effective) / n);
  const spreadRate = (effective + 2) / (n + effective + 5);
  const rankOne = 2 / ((n + 1.3) ** 2 + effective);
  const rankMany = Math.min(1 - rankOne, (2 * (effective - 2 + 1 / effective)) / ((n + 2) ** 2 + effective));
  const damping = 1 + 2 * Math.max(0, Math.sqrt((effective - 1) / (n + 1)) - 1) + spreadRate;
  const expectedLength = Math.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n));

  let mean = start;
  let spread = firstSpread;
  let covariance = identity(n);
  let factor = identity(n);
  let path = new Float64Array(n);
  let spreadPath = new Float64Array(n);
  let best: Place | undefined;
  let near: Place[] = [];
  const bestOf: number[] = [];
  const patience = 10 + Math.ceil((20 * n) / size);
  for (let generation = 1; ; generation++) {
    const born = Array.from({ length: size }, () => {
      const normal = Float64Array.from({ length: n }, () => random.normal());
      const move = timesLower(factor, normal, n);
      return reflected(
        landscape,
        mean.map((each, i) => each + spread * move[i]),
      );
    });
    const evaluations = yield { points: born.map((x) => landscape.valuesAt(x)), gradient: false, ease };
    const places = born.map((x, i) => landscape.placeOf(x, evaluations[i])).sort((a, b) => a.height - b.height);
    if (best === undefined || places[0].height < best.height) best = places[0];
    const limit = best.height + nearness;
    near = [...near, ...places].filter(({ height }) => height <= limit);
    bestOf.push(places[0].height);
    const recent = bestOf.slice(-patience);
    const calm = recent.length === patience && Math.max(...recent) - Math.min(...recent) < tolerance;
    const done = { place: best, near, evaluations: generation * size, factor: factor.map((each) => each * spread) };
    if (calm) return { ...done, end: 'converged' };
    if (generation * size >= mostEvaluations) return { ...done, end: 'exhausted' };
    // A generation that nowhere had a value says nothing.
    if (!Number.isFinite(places[parents - 1].height)) {
      spread *= 0.7;
      continue;
    }
    const before = mean;
    mean = mean.map((_, i) => weights.reduce((sum, weight, k) => sum + weight * places[k].x[i], 0));
    const step = mean.map((each, i) => (each - before[i]) / spread);
    const white = solveLower(factor, step, n);
    const gain = Math.sqrt(spreadRate * (2 - spreadRate) * effective);
    spreadPath = spreadPath.map((each, i) => (1 - spreadRate) * each + gain * white[i]);
    const length = Math.sqrt(dot(spreadPath, spreadPath));
    const steady = length / Math.sqrt(1 - (1 - spreadRate) ** (2 * generation)) < (1.4 + 2 / (n + 1)) * expectedLength;
    const along = steady ? Math.sqrt(pathRate * (2 - pathRate) * effective) : 0;
    path = path.map((each, i) => (1 - pathRate) * each + along * step[i]);
    const next = new Float64Array(n * n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        let many = 0;
        for (let k = 0; k < parents; k++) {
          many += (weights[k] * (places[k].x[i] - before[i]) * (places[k].x[j] - before[j])) / (spread * spread);
        }
        next[i * n + j] =
          (1 - rankOne - rankMany) * covariance[i * n + j] + rankOne * path[i] * path[j] + rankMany * many;
      }
    }
    const root = cholesky(next, n);
    if (root !== undefined) [covariance, factor] = [next, root];
    spread *= Math.exp(Math.min(1, (spreadRate / damping) * (length / expectedLength - 1)));
  }
}

function reflected({ low, high, clamped }: Landscape, x: Float64Array): Float64Array {
  return clamped(x.map((each, i) => (each < low[i] ? 2 * low[i] - each : each > high[i] ? 2 * high[i] - each : each)));
}

/**
 * The curvature of the parabola that fits best to heights around the best place, by least squares in the coordinates of
 * the last generation; undefined where there are too few places.
 */
export function curvatureOf({ place, near, factor }: Evolution, order: number): Float64Array | undefined {
  const count = 1 + order + (order * (order + 1)) / 2;
  if (near.length < 2 * count) return undefined;
  const rows = near.map(({ x }) => {
    const z = solveLower(
      factor,
      x.map((each, i) => each - place.x[i]),
      order,
    );
    const row = [1, ...z];
    for (let i = 0; i < order; i++) for (let j = 0; j <= i; j++) row.push(z[i] * z[j]);
    return row;
  });
  const sizes = Array.from(
    { length: count },
    (_, c) => Math.sqrt(rows.reduce((sum, row) => sum + row[c] ** 2, 0)) || 1,
  );
  const normal = new Float64Array(count * count);
  const right = new Float64Array(count);
  rows.forEach((row, k) => {
    for (let a = 0; a < count; a++) {
      right[a] += (row[a] / sizes[a]) * (near[k].height - place.height);
      for (let b = 0; b < count; b++) normal[a * count + b] += (row[a] / sizes[a]) * (row[b] / sizes[b]);
    }
  });
  for (let a = 0; a < count; a++) normal[a * count + a] *= 1 + 1e-10;
  const root = cholesky(normal, count);
  if (root === undefined) return undefined;
  const fitted = solve(root, right, count);
  const inZ = new Float64Array(order * order);
  let at = 1 + order;
  for (let i = 0; i < order; i++) {
    for (let j = 0; j <= i; j++, at++) {
      const value = (fitted[at] / sizes[at]) * (i === j ? 2 : 1);
      inZ[i * order + j] = value;
      inZ[j * order + i] = value;
    }
  }
  return congruent(inZ, factor, order);
}

/** L⁻ᵗ A L⁻¹. */
function congruent(matrix: Float64Array, factor: Float64Array, order: number): Float64Array {
  const rows = Array.from({ length: order }, (_, j) => {
    const unit = new Float64Array(order);
    unit[j] = 1;
    return solveLower(factor, unit, order);
  });
  const result = new Float64Array(order * order);
  for (let a = 0; a < order; a++) {
    for (let b = 0; b < order; b++) {
      let sum = 0;
      for (let i = 0; i < order; i++) {
        for (let j = 0; j < order; j++) sum += rows[a][i] * matrix[i * order + j] * rows[b][j];
      }
      result[a * order + b] = sum;
    }
  }
  return result;
}
