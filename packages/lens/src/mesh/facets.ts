import { orient2d } from 'robust-predicates';

/**
 * The length of the Voronoi facet between two neighbours over the length of the edge that joins them,
 * w = (cot alpha + cot beta) / 2 with the angles opposite to the edge in its two triangles (U. Pinkall and
 * K. Polthier, Experimental Mathematics 2 (1993) 15).
 *
 * It is never negative where both triangles are Delaunay, and 0 at the moment in which the edge flips.
 *
 * @param points (y, x) of each point, one after the other
 * @param left the corner opposite to the edge on its left, `right` that on its right; both triangles have an area
 */
export function facetOverEdge(points: Float64Array, start: number, end: number, left: number, right: number): number {
  return Math.max((cotangent(points, left, start, end) + cotangent(points, right, end, start)) / 2, 0);
}

/** Adds what a derivative by {@link facetOverEdge} is by its four points to `sums`, laid out like `points`. */
export function pullFacetOverEdge(
  points: Float64Array,
  start: number,
  end: number,
  left: number,
  right: number,
  derivative: number,
  sums: Float64Array,
): void {
  pullCotangent(points, left, start, end, derivative / 2, sums);
  pullCotangent(points, right, end, start, derivative / 2, sums);
}

/** cot of the angle at `apex` of a counter-clockwise triangle: u.v / (u x v) with its sides u and v from there. */
function cotangent(points: Float64Array, apex: number, a: number, b: number): number {
  const [y, x] = [points[2 * apex], points[2 * apex + 1]];
  const dot = (points[2 * a] - y) * (points[2 * b] - y) + (points[2 * a + 1] - x) * (points[2 * b + 1] - x);
  return dot / twiceArea(points, a, b, apex);
}

/** d cot = (d(u.v) - cot d(u x v)) / (u x v). */
function pullCotangent(
  points: Float64Array,
  apex: number,
  a: number,
  b: number,
  derivative: number,
  sums: Float64Array,
): void {
  const [y, x] = [points[2 * apex], points[2 * apex + 1]];
  const [uy, ux] = [points[2 * a] - y, points[2 * a + 1] - x];
  const [vy, vx] = [points[2 * b] - y, points[2 * b + 1] - x];
  const cross = twiceArea(points, a, b, apex);
  const cot = (uy * vy + ux * vx) / cross;
  const factor = derivative / cross;
  const byUy = factor * (vy + cot * vx);
  const byUx = factor * (vx - cot * vy);
  const byVy = factor * (uy - cot * ux);
  const byVx = factor * (ux + cot * uy);
  sums[2 * a] += byUy;
  sums[2 * a + 1] += byUx;
  sums[2 * b] += byVy;
  sums[2 * b + 1] += byVx;
  sums[2 * apex] -= byUy + byVy;
  sums[2 * apex + 1] -= byUx + byVx;
}

/**
 * Twice the area of a triangle, positive where it is counter-clockwise; the sign is exact.
 *
 * Where it is small it is reckoned from the corner opposite to the longest side, so that it is good to rounding where two
 * corners are close together and the third is not.
 */
export function twiceArea(points: Float64Array, a: number, b: number, c: number): number {
  const [y, x] = [points[2 * c], points[2 * c + 1]];
  const plus = (points[2 * a + 1] - x) * (points[2 * b] - y);
  const minus = (points[2 * a] - y) * (points[2 * b + 1] - x);
  if (Math.abs(plus - minus) > (Math.abs(plus) + Math.abs(minus)) / 8) return plus - minus;
  const base = oppositeLongest(points, a, b, c);
  if (base === a) return areaFrom(points, b, c, a);
  return base === b ? areaFrom(points, c, a, b) : areaFrom(points, a, b, c);
}

/** The corner of a triangle that its two shorter sides have in common. */
export function oppositeLongest(points: Float64Array, a: number, b: number, c: number): number {
  const [ab, bc, ca] = [squaredDistance(points, a, b), squaredDistance(points, b, c), squaredDistance(points, c, a)];
  if (ab >= bc && ab >= ca) return c;
  return bc >= ca ? a : b;
}

/** u x v of the sides u and v of a triangle from c to a and to b. */
function areaFrom(points: Float64Array, a: number, b: number, c: number): number {
  return orient2d(points[2 * a], points[2 * a + 1], points[2 * b], points[2 * b + 1], points[2 * c], points[2 * c + 1]);
}

function squaredDistance(points: Float64Array, a: number, b: number): number {
  const [y, x] = [points[2 * a] - points[2 * b], points[2 * a + 1] - points[2 * b + 1]];
  return y * y + x * x;
}
