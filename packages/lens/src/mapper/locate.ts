import type { NdArray } from '@wtilde/core-types';
import { orient2d } from 'robust-predicates';
import type { Triangulation } from '../mesh/delaunay.js';

/** Finds where points lie in a triangulation. */
export interface Locator {
  /**
   * The triangle that holds the point, its sides included, found by walking from triangle `from`; or `~` of a triangle
   * on the hull, where the point lies outside.
   */
  triangleAt(y: number, x: number, from: number): number;
  /**
   * The vertex nearest to the point, found by going from vertex to nearer neighbour. Of two at the same distance it is
   * the one with the smaller y, then x.
   */
  nearestVertex(y: number, x: number, from: number): number;
}

/** A locator over the triangulation of `vertices`. A query costs as many steps as it is far from where it starts. */
export function createLocator(triangulation: Triangulation, vertices: NdArray<'real'>): Locator {
  const points = vertices.data;
  const corners = triangulation.triangles.data;
  const adjacent = triangulation.adjacentTriangles.data;
  const [triangles] = triangulation.triangles.shape;
  const { data: neighbors } = triangulation.neighbors;
  const { data: sizes } = triangulation.neighborsSizes;
  const [, width] = triangulation.neighbors.shape;

  /** Whether the side that starts at a corner has the point strictly on its outer side. */
  function isBeyond(corner: number, y: number, x: number): boolean {
    const a = 2 * corners[corner];
    const b = 2 * corners[corner % 3 === 2 ? corner - 2 : corner + 1];
    return orient2d(points[a], points[a + 1], points[b], points[b + 1], y, x) < 0;
  }

  function isNearer(vertex: number, than: number, y: number, x: number): boolean {
    const [vy, vx, ty, tx] = [points[2 * vertex], points[2 * vertex + 1], points[2 * than], points[2 * than + 1]];
    const difference = (vy - y) ** 2 + (vx - x) ** 2 - ((ty - y) ** 2 + (tx - x) ** 2);
    return difference < 0 || (difference === 0 && (vy < ty || (vy === ty && vx < tx)));
  }

  return {
    triangleAt(y, x, from) {
      let triangle = from;
      // In a Delaunay triangulation a walk never comes back to a triangle. Where vertices closer than rounding have
      // spoilt the triangulation it might: then the nearest vertex is as good an answer.
      for (let steps = 0; steps < triangles; steps++) {
        const corner = 3 * triangle;
        const side = isBeyond(corner, y, x) ? 0 : isBeyond(corner + 1, y, x) ? 1 : isBeyond(corner + 2, y, x) ? 2 : -1;
        if (side < 0) return triangle;
        const across = adjacent[corner + side];
        if (across < 0) return ~triangle;
        triangle = across;
      }
      return ~triangle;
    },

    nearestVertex(y, x, from) {
      let nearest = from;
      for (let before = -1; before !== nearest; ) {
        before = nearest;
        for (let at = before * width; at < before * width + sizes[before]; at++) {
          if (isNearer(neighbors[at], nearest, y, x)) nearest = neighbors[at];
        }
      }
      return nearest;
    },
  };
}
