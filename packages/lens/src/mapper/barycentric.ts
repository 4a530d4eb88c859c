import { orient2d } from 'robust-predicates';
import { twiceArea } from '../mesh/facets.js';

/**
 * Writes the weights with which the corners of a triangle make up a point in it.
 *
 * The weight of the corner across the longest side is the ratio of two areas; where along that side the point lies
 * gives the other two. So they add up to 1 and reproduce the point to rounding even in a triangle whose own height is
 * hardly more than rounding, where ratios of areas alone do not.
 *
 * @param points (y, x) of the vertices, one after the other
 * @param corners the three vertices, such that the point is on the positive side of each side in `orient2d`
 */
export function barycentricWeights(
  points: Float64Array,
  corners: Int32Array,
  y: number,
  x: number,
  weights: Float64Array,
  at: number,
): void {
  const longest = longestSide(points, corners);
  const start = longest;
  const end = (longest + 1) % 3;
  const apex = (longest + 2) % 3;
  const [ay, ax] = [points[2 * corners[start]], points[2 * corners[start] + 1]];
  const [by, bx] = [points[2 * corners[end]], points[2 * corners[end] + 1]];
  const [cy, cx] = [points[2 * corners[apex]], points[2 * corners[apex] + 1]];

  const height = orient2d(ay, ax, by, bx, y, x);
  const whole = orient2d(ay, ax, by, bx, cy, cx);
  // A point on the longest side may be in a triangle of no area.
  const ofApex = height > 0 ? height / whole : 0;
  const [sy, sx] = [by - ay, bx - ax];
  const restY = y - ay - ofApex * (cy - ay);
  const restX = x - ax - ofApex * (cx - ax);
  const ofEnd = (restY * sy + restX * sx) / (sy * sy + sx * sx);
  weights[at + start] = 1 - ofApex - ofEnd;
  weights[at + end] = ofEnd;
  weights[at + apex] = ofApex;
}

/**
 * Adds to `sums` the derivatives by the places of a point and the corners of the triangle that holds it, of a function
 * whose derivatives by the weights are given: with q = sum of them times grad w_k, q by the point and -w_k q by each
 * corner.
 *
 * @param points (y, x) of the vertices and, at `point`, of the point; `sums` is laid out alike
 */
export function pullBarycentric(
  points: Float64Array,
  point: number,
  corners: Int32Array,
  weights: Float64Array,
  derivatives: Float64Array,
  sums: Float64Array,
): void {
  const whole = twiceArea(points, corners[0], corners[1], corners[2]);
  // In a triangle of no area the weights have no derivative.
  if (!(whole > 0)) return;
  let [y, x] = [0, 0];
  for (let k = 0; k < 3; k++) {
    const [a, b] = [2 * corners[(k + 1) % 3], 2 * corners[(k + 2) % 3]];
    y += (derivatives[k] * (points[b + 1] - points[a + 1])) / whole;
    x += (derivatives[k] * (points[a] - points[b])) / whole;
  }
  sums[2 * point] += y;
  sums[2 * point + 1] += x;
  for (let k = 0; k < 3; k++) {
    sums[2 * corners[k]] -= weights[k] * y;
    sums[2 * corners[k] + 1] -= weights[k] * x;
  }
}

function longestSide(points: Float64Array, [a, b, c]: Int32Array): 0 | 1 | 2 {
  const ab = squaredLength(points, a, b);
  const bc = squaredLength(points, b, c);
  const ca = squaredLength(points, c, a);
  if (ab >= bc && ab >= ca) return 0;
  return bc >= ca ? 1 : 2;
}

function squaredLength(points: Float64Array, a: number, b: number): number {
  return (points[2 * a] - points[2 * b]) ** 2 + (points[2 * a + 1] - points[2 * b + 1]) ** 2;
}
