import type { FramedMesh } from '../mesh/framedMesh.js';
import { barycentricWeights, pullBarycentric } from './barycentric.js';
import type { Interpolation } from './interpolation.js';
import { createLocator } from './locate.js';

/** Barycentric weights in the triangle that holds the point: they jump where an edge flips. */
export function linear(mesh: Pick<FramedMesh, 'triangulation' | 'points'>): Interpolation {
  const corners = mesh.triangulation.triangles.data;
  const [point] = mesh.points.shape;
  const points = new Float64Array(2 * point + 2);
  points.set(mesh.points.data);
  const locator = createLocator(mesh.triangulation, mesh.points);
  const ring = new Int32Array(3);
  let triangle = 0;
  return {
    points,
    point,
    ring,
    open(y, x) {
      const found = locator.triangleAt(y, x, triangle);
      triangle = found < 0 ? ~found : found;
      if (found < 0) return 0;
      points[2 * point] = y;
      points[2 * point + 1] = x;
      ring.set(corners.subarray(3 * triangle, 3 * triangle + 3));
      return 3;
    },
    weigh(_, weights) {
      barycentricWeights(points, ring, points[2 * point], points[2 * point + 1], weights, 0);
    },
    pull(_, weights, derivatives, sums) {
      pullBarycentric(points, point, ring, weights, derivatives, sums);
    },
  };
}
