import { index, type NdArray, real } from '@wtilde/core-types';
import { checkNames } from '../arguments/checkArguments.js';
import { delaunayOf } from '../mesh/delaunay.js';
import { checkPoints } from '../mesh/points.js';
import { barycentricWeights } from './barycentric.js';
import { createLocator } from './locate.js';
import type { Mapper } from './mapper.js';

/**
 * Maps image pixels to the vertices of a Delaunay mesh: with barycentric weights to the corners of the triangle that
 * holds them, with weight 1 to the nearest vertex outside the hull.
 *
 * Both grids are (y, x) in the source plane. Vertices may coincide: see {@link delaunayOf}, which also lists the
 * errors. Neighbouring rows of `grid` should be close to each other, as those of a ray-traced image are: each search
 * starts where the last one ended.
 *
 * Cost: O(S log S + M) for such a grid, O(M sqrt(S)) for any other.
 *
 * @throws MissingArgument, UnknownArgument, DTypeMismatch, ShapeMismatch, InvalidValue
 */
export function delaunayMapper(given: {
  /** (S, 2) */
  readonly vertices: NdArray<'real'>;
  /** (M, 2) */
  readonly grid: NdArray<'real'>;
}): Mapper {
  checkNames(given, { vertices: true, grid: true }, 'delaunayMapper');
  const { vertices, grid } = given;
  checkPoints(grid, 'grid');
  const triangulation = delaunayOf(vertices);
  const locator = createLocator(triangulation, vertices);
  const corners = triangulation.triangles.data;
  const [rows] = grid.shape;
  const indexes = new Int32Array(3 * rows);
  const weights = new Float64Array(3 * rows);
  let triangle = 0;
  for (let row = 0; row < rows; row++) {
    const y = grid.data[2 * row];
    const x = grid.data[2 * row + 1];
    const found = locator.triangleAt(y, x, triangle);
    triangle = found < 0 ? ~found : found;
    const nearby = corners.subarray(3 * triangle, 3 * triangle + 3);
    if (found < 0) {
      indexes.fill(-1, 3 * row, 3 * row + 3);
      indexes[3 * row] = locator.nearestVertex(y, x, nearby[0]);
      weights[3 * row] = 1;
    } else {
      indexes.set(nearby, 3 * row);
      barycentricWeights(vertices.data, nearby, y, x, weights, 3 * row);
    }
  }
  const { neighbors, neighborsSizes } = triangulation;
  return {
    pixels: vertices.shape[0],
    pixIndexesForSubSlimIndex: index(indexes, [rows, 3]),
    pixWeightsForSubSlimIndex: real(weights, [rows, 3]),
    neighbors,
    neighborsSizes,
    vertices,
  };
}
