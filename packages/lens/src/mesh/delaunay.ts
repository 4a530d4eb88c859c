import { index, type NdArray, WtildeError } from '@wtilde/core-types';
import Delaunator from 'delaunator';
import { flipToDelaunay } from './flipToDelaunay.js';
import { type MeshNeighbors, neighborsOf } from './neighbors.js';
import { checkPoints } from './points.js';

/** The Delaunay triangulation of some vertices. */
export interface Triangulation extends MeshNeighbors {
  /** (T, 3) vertices of each triangle, counter-clockwise with x to the right and y up. */
  readonly triangles: NdArray<'index'>;
  /** (T, 3) the triangle across the side that starts at each corner; -1 outside the hull. */
  readonly adjacentTriangles: NdArray<'index'>;
}

/**
 * The Delaunay triangulation of vertices (S, 2): no vertex lies inside the circle through the corners of a triangle,
 * decided exactly.
 *
 * It depends on where the vertices are and not on the order in which they are listed: they are triangulated in order
 * of y, then x, which also settles the ties of four or more vertices on one circle.
 *
 * A vertex at the place of another is a corner of no triangle, so no image pixel maps to it. The same may happen to one
 * that rounding cannot tell from another vertex or from a side, where distances differ by factors of 1e9. Such a vertex
 * stays a source pixel, with the nearest corner as its one neighbour: so the regularization gives it the value of that
 * corner, and an error not much larger, where a pixel without neighbours would get 0 +- 1e4. The evidence is that of
 * the mesh without it plus log(S / (S-1)) / 2, which the ridge in H gives for any further pixel.
 *
 * Cost: O(S log S).
 *
 * @throws ShapeMismatch, InvalidValue: not finite, or no three vertices that span a triangle.
 */
export function delaunayOf(vertices: NdArray<'real'>): Triangulation {
  checkPoints(vertices, 'vertices');
  const [pixels] = vertices.shape;
  const order = inOrderOfPlace(vertices.data);
  const points = new Float64Array(2 * pixels);
  order.forEach((vertex, place) => {
    points.set(vertices.data.subarray(2 * vertex, 2 * vertex + 2), 2 * place);
  });

  // Its coordinates are x and y with y down; ours are y and x with y up: it winds the triangles as we want them.
  const { triangles: corners, halfedges: twins } = new Delaunator(points);
  if (corners.length === 0) throw noTriangle(pixels);
  flipToDelaunay(corners, twins, points);

  const edges: number[] = [];
  for (let side = 0; side < twins.length; side++) {
    if (twins[side] < side) edges.push(corners[side], corners[side % 3 === 2 ? side - 2 : side + 1]);
  }
  addLeftOut(edges, corners, points);
  const shape = [corners.length / 3, 3];
  return {
    triangles: index(
      Int32Array.from(corners, (place) => order[place]),
      shape,
    ),
    adjacentTriangles: index(
      twins.map((twin) => Math.floor(twin / 3)),
      shape,
    ),
    ...neighborsOf(
      pixels,
      edges.map((place) => order[place]),
    ),
  };
}

function inOrderOfPlace(points: Float64Array): Uint32Array {
  return Uint32Array.from({ length: points.length / 2 }, (_, vertex) => vertex).sort(
    (a, b) => points[2 * a] - points[2 * b] || points[2 * a + 1] - points[2 * b + 1],
  );
}

/** Joins every vertex that is a corner of no triangle to the nearest one that is. */
function addLeftOut(edges: number[], corners: Uint32Array, points: Float64Array): void {
  const used = new Uint8Array(points.length / 2);
  for (const corner of corners) used[corner] = 1;
  used.forEach((isCorner, leftOut) => {
    if (isCorner === 0) edges.push(leftOut, nearestCorner(leftOut, used, points));
  });
}

function nearestCorner(vertex: number, used: Uint8Array, points: Float64Array): number {
  let nearest = -1;
  let least = Number.POSITIVE_INFINITY;
  for (let other = 0; other < used.length; other++) {
    if (used[other] === 0) continue;
    const distance = Math.hypot(points[2 * other] - points[2 * vertex], points[2 * other + 1] - points[2 * vertex + 1]);
    if (distance >= least) continue;
    least = distance;
    nearest = other;
  }
  return nearest;
}

function noTriangle(pixels: number): WtildeError {
  return new WtildeError('InvalidValue', {
    what: 'the vertices of the mesh span no triangle',
    where: 'vertices',
    expected: 'at least three at different places, not all on one line',
    actual: pixels < 3 ? `${pixels}` : `${pixels} that coincide or lie on one line`,
    remedy: 'lay a finer mesh over the mask, or correct the lens model',
  });
}
