import { factorOfCovariance } from '../numbers/matrix.js';
import { distance, type Ellipsoid, logBall } from './ellipsoid.js';

type Points = readonly Float64Array[];

/** By how much the volume of an ellipsoid is larger than what holds its points, were there many. */
const enlarged = 1.2;
/** Of an ellipsoid around points that are all one. */
const leastRadius = 1e-3;
/** How much of a shape comes from the points themselves where one that was known before is used. */
const ownShares = [0.2, 0.5];
/** Points end at an edge of the cube where they leave a gap before it of less than this share of their extent ... */
const atEdge = 0.3;
/** ... and the volume grows by less than this factor where the ellipsoid is laid about the edge. */
const worthEdge = 1.5;

/**
 * The ellipsoid around points that are a sample of what it should hold: of the shape of their covariance, and as large as
 * the farthest of them would need were it left out of that covariance. So few points get a large one, and what is drawn
 * from the same place lies within, whatever their number.
 *
 * @param shape the factor of a shape that was known before: mixed with that of the points where this makes it smaller
 */
export function ellipsoidAround(points: Points, shape?: Float64Array): Ellipsoid {
  const { centre, covariance } = momentsOf(points);
  const plain = [laid(points, centre, covariance, 1, 0), ...likeBefore(points, centre, covariance, shape)];
  return aboutEdges(points, centre, covariance, smallest(plain));
}

function smallest(ellipsoids: readonly Ellipsoid[]): Ellipsoid {
  return ellipsoids.reduce((least, each) => (each.logInside < least.logInside ? each : least));
}

function likeBefore(
  points: Points,
  centre: Float64Array,
  covariance: Float64Array,
  factor: Float64Array | undefined,
): readonly Ellipsoid[] {
  if (factor === undefined) return [];
  const order = centre.length;
  const known = { centre, factor, white: new Float64Array(order) };
  const scale = points.reduce((sum, point) => sum + distance(known, point), 0) / (order * points.length);
  const shape = squareOf(factor, order);
  return ownShares.map((own) => {
    const mixed = covariance.map((each, i) => own * each + (1 - own) * scale * shape[i]);
    return laid(points, centre, mixed, own, 0);
  });
}

/**
 * Where points end at an edge of the cube, what is likely often goes on to it, or is the likeliest there: a few points of it
 * leave the edge itself out. An ellipsoid about the edge, of which one half is used, does not.
 */
function aboutEdges(points: Points, centre: Float64Array, covariance: Float64Array, plain: Ellipsoid): Ellipsoid {
  const order = centre.length;
  let best = plain;
  let [middle, shape, edges] = [centre, covariance, 0];
  for (let i = 0; i < order; i++) {
    let [low, high] = [1, 0];
    for (const point of points) [low, high] = [Math.min(low, point[i]), Math.max(high, point[i])];
    const edge = low < 1 - high ? 0 : 1;
    if (Math.abs(edge - (edge === 0 ? low : high)) > atEdge * (high - low)) continue;
    const moved = middle.map((each, j) => (j === i ? edge : each));
    const square = points.reduce((sum, point) => sum + (point[i] - edge) ** 2, 0) / points.length;
    const mirrored = shape.map((each, at) => {
      const [row, column] = [Math.floor(at / order), at % order];
      if (row !== i && column !== i) return each;
      return row === column ? square : 0;
    });
    const other = laid(points, moved, mirrored, 1, edges + 1);
    if (other.logInside > best.logInside + Math.log(worthEdge)) continue;
    [best, middle, shape, edges] = [other, moved, mirrored, edges + 1];
  }
  return best;
}

/** Mean and covariance. */
function momentsOf(points: Points) {
  const order = points[0].length;
  const centre = new Float64Array(order);
  for (const point of points) for (let i = 0; i < order; i++) centre[i] += point[i] / points.length;
  const covariance = new Float64Array(order * order);
  for (const point of points) {
    for (let i = 0; i < order; i++) {
      for (let j = 0; j < order; j++)
        covariance[i * order + j] += ((point[i] - centre[i]) * (point[j] - centre[j])) / points.length;
    }
  }
  return { centre, covariance };
}

/**
 * The ellipsoid of a shape that holds all points. The distance D² of a point by the covariance of n of them is n / (n - 1) ·
 * D² / (1 - D² / (n - 1)) by that of the others.
 *
 * @param own how much of the shape comes from the points
 * @param edges as many times one half of it is within the cube
 */
function laid(points: Points, centre: Float64Array, shape: Float64Array, own: number, edges: number): Ellipsoid {
  const order = centre.length;
  const factor = factorOfCovariance(shape, order);
  const white = new Float64Array(order);
  const farthest = points.reduce((most, point) => Math.max(most, distance({ centre, factor, white }, point)), 0);
  const others = Math.max(1, points.length - 1);
  const leftOut = (points.length / others) ** (2 - own) / (1 - Math.min(mostLeverage, (own * farthest) / others));
  const radius = (Math.sqrt(farthest) || leastRadius) * Math.sqrt(enlarged ** (2 / order) * leftOut);
  const scaled = factor.map((each) => each * radius);
  let logVolume = logBall(order);
  for (let i = 0; i < order; i++) logVolume += Math.log(scaled[i * order + i]);
  return { centre, factor: scaled, logVolume, logInside: logVolume - edges * Math.LN2, white };
}

/** What a single point may have to say about the shape that it is measured by. */
const mostLeverage = 0.9;

/** L Lᵗ. */
function squareOf(factor: Float64Array, order: number): Float64Array {
  return factor.map((_, at) => {
    const [i, j] = [Math.floor(at / order), at % order];
    let sum = 0;
    for (let k = 0; k <= Math.min(i, j); k++) sum += factor[i * order + k] * factor[j * order + k];
    return sum;
  });
}
