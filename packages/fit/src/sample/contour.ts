import { cholesky, dot, inverse, solve, solveLower, timesLower } from '../numbers/matrix.js';
import { type Ellipsoid, logBall, whiteOf } from './ellipsoid.js';
import { monomials, quadraticAt } from './quadratic.js';

/** A point, and the volume of all that is likelier, in units of that of what is looked for. */
export interface Ranked {
  readonly share: Float64Array;
  readonly volume: number;
}

/** Points for each number of a quadratic that is fitted to them. */
const pointsPerNumber = 1.5;
/** By how much the volume within a contour is larger than what holds its points. */
const enlarged = 1.6;

/**
 * The contour that likelihoods themselves ask for. Where contours are ellipsoids of one shape, whatever the likelihood is
 * along the way in, the volume V within the contour of a point x is that of a ball of its distance in the `free` directions,
 * and all that the cube leaves in the others:
 *
 *     V(x)^(2 / free) = a quadratic in x
 *
 * of which (order + 1) (order + 2) / 2 points tell everything. So it is fitted by least squares, also to points outside, and
 * made as large as points inside need that are left out of it. Their places alone tell a shape only roughly: the ellipsoid
 * around 70 points of 8 parameters has four times the volume. And no ellipsoid is smaller than a cube with a slab cut off.
 *
 * @param points those within and some beyond (a volume of more than 1)
 * @param frame an ellipsoid that holds those within
 * @returns the part of the frame within the contour, and the ellipsoid of the contour where it is one, for as many as all
 *   directions free and for two; none where there are too few points
 */
export function contoursOf(points: readonly Ranked[], frame: Ellipsoid): readonly Ellipsoid[] {
  const order = frame.centre.length;
  const count = ((order + 1) * (order + 2)) / 2;
  if (points.length < pointsPerNumber * count) return [];
  const rows = points.map(({ share }) => monomials(whiteOf(frame, share)));
  const volumes = points.map(({ volume }) => volume);
  return [...new Set([order, Math.min(2, order)])].flatMap((free) => {
    const fitted = fittedTo(rows, volumes, free);
    if (fitted === undefined) return [];
    const { quadratic, limit } = fitted;
    const within = quadratic.slice();
    within[0] -= limit;
    return [{ ...frame, contour: within }, ...ellipsoidOf(quadratic, limit, frame)];
  });
}

/** The quadratic and its largest value within, by what is predicted of points that are left out of it. */
function fittedTo(rows: readonly Float64Array[], volumes: readonly number[], free: number) {
  const count = rows[0].length;
  const values = volumes.map((volume) => volume ** (2 / free));
  const normal = new Float64Array(count * count);
  const right = new Float64Array(count);
  rows.forEach((row, r) => {
    for (let i = 0; i < count; i++) {
      right[i] += row[i] * values[r];
      for (let j = 0; j < count; j++) normal[i * count + j] += row[i] * row[j];
    }
  });
  for (let i = 0; i < count; i++) normal[i * count + i] *= 1 + 1e-10;
  const factor = cholesky(normal, count);
  if (factor === undefined) return undefined;
  const quadratic = solve(factor, right, count);
  let limit = Number.NEGATIVE_INFINITY;
  rows.forEach((row, r) => {
    if (volumes[r] > 1) return;
    const white = solveLower(factor, row, count);
    const leverage = Math.min(0.9, dot(white, white));
    limit = Math.max(limit, values[r] - (values[r] - dot(row, quadratic)) / (1 - leverage));
  });
  return { quadratic, limit: limit + enlarged ** (2 / free) - 1 };
}

/** The ellipsoid of a quadratic and its limit, in the coordinates of the cube; none where it has no minimum. */
function ellipsoidOf(quadratic: Float64Array, limit: number, frame: Ellipsoid): readonly Ellipsoid[] {
  const order = frame.centre.length;
  const shape = new Float64Array(order * order);
  for (let i = 0, at = order + 1; i < order; i++) {
    for (let j = 0; j <= i; j++, at++) {
      shape[i * order + j] = shape[j * order + i] = i === j ? quadratic[at] : quadratic[at] / 2;
    }
  }
  const factor = cholesky(shape, order);
  if (factor === undefined) return [];
  const lowest = solve(factor, quadratic.subarray(1, order + 1), order).map((each) => -each / 2);
  const square = limit - quadraticAt(quadratic, lowest);
  const spread = cholesky(inverse(factor, order), order);
  if (!(square > 0) || spread === undefined) return [];
  const radius = Math.sqrt(square);
  const widened = new Float64Array(order * order);
  let logVolume = logBall(order);
  for (let i = 0; i < order; i++) {
    for (let j = 0; j <= i; j++) {
      for (let k = j; k <= i; k++)
        widened[i * order + j] += frame.factor[i * order + k] * spread[k * order + j] * radius;
    }
    logVolume += Math.log(widened[i * order + i]);
  }
  const centre = timesLower(frame.factor, lowest, order).map((each, i) => each + frame.centre[i]);
  return [{ centre, factor: widened, logVolume, logInside: logVolume, white: new Float64Array(order) }];
}
