import { facetOverEdge, pullFacetOverEdge } from './facets.js';
import { type FramedMesh, forEachEdge } from './framedMesh.js';

/**
 * (S) the areas of the Voronoi cells of the source pixels: a quarter of the sum over their edges of facet over edge times
 * edge squared. Continuous where an edge flips; 0 for a vertex that is a corner of no triangle.
 */
export function voronoiAreas(mesh: FramedMesh): Float64Array {
  const { pixels, points } = mesh;
  const areas = new Float64Array(pixels);
  forEachEdge(mesh, (start, end, left, right) => {
    const share = (facetOverEdge(points.data, start, end, left, right) * squaredEdge(points.data, start, end)) / 4;
    if (start < pixels) areas[start] += share;
    if (end < pixels) areas[end] += share;
  });
  return areas;
}

/**
 * Adds to `sums`, laid out like the points of the mesh, what derivatives by {@link voronoiAreas} are by its points.
 *
 * @param byAreas (S)
 */
export function pullVoronoiAreas(mesh: FramedMesh, byAreas: Float64Array, sums: Float64Array): void {
  const { pixels, points } = mesh;
  const { data } = points;
  forEachEdge(mesh, (start, end, left, right) => {
    const by = ((start < pixels ? byAreas[start] : 0) + (end < pixels ? byAreas[end] : 0)) / 4;
    pullFacetOverEdge(data, start, end, left, right, by * squaredEdge(data, start, end), sums);
    const along = 2 * by * facetOverEdge(data, start, end, left, right);
    for (const lane of [0, 1]) {
      const change = along * (data[2 * start + lane] - data[2 * end + lane]);
      sums[2 * start + lane] += change;
      sums[2 * end + lane] -= change;
    }
  });
}

function squaredEdge(points: Float64Array, start: number, end: number): number {
  const [y, x] = [points[2 * start] - points[2 * end], points[2 * start + 1] - points[2 * end + 1]];
  return y * y + x * x;
}
