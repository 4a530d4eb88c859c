import { type NdArray, real } from '@wtilde/core-types';
import { delaunayOf } from '../mesh/delaunay.js';
import { checkMesh, type Mesh } from '../mesh/mesh.js';
import { checkPoints } from '../mesh/points.js';

/**
 * The areas (S) of source pixels in arcsec^2: what the brightness of each is to be multiplied by, so that their sum is
 * the flux of the source.
 *
 * On a Delaunay mesh of vertices (S, 2) that is a third of every triangle that a vertex is a corner of, its dual cell:
 * the sum over all pixels is the integral of the source over the hull, exactly where it is interpolated linearly. It is
 * not the area of the Voronoi cell, which is endless at the hull. On a rectangular mesh it is that of the cell. What a
 * mesh with a frame has beyond its outermost vertices is not counted. Cost: O(S log S).
 *
 * @throws DTypeMismatch, ShapeMismatch, InvalidValue: not finite, no triangle, or no such mesh.
 */
export function sourceAreas(vertices: NdArray<'real'>, mesh: Mesh): NdArray<'real'> {
  checkMesh(mesh);
  checkPoints(vertices, 'vertices');
  return mesh.type === 'rectangular' ? cellAreas(vertices, mesh.shape) : dualAreas(vertices);
}

function dualAreas(vertices: NdArray<'real'>): NdArray<'real'> {
  const { triangles } = delaunayOf(vertices);
  const { data } = vertices;
  const areas = new Float64Array(vertices.shape[0]);
  for (let at = 0; at < triangles.data.length; at += 3) {
    const [a, b, c] = triangles.data.subarray(at, at + 3);
    const [y, x] = [data[2 * a], data[2 * a + 1]];
    const twice = (data[2 * b + 1] - x) * (data[2 * c] - y) - (data[2 * c + 1] - x) * (data[2 * b] - y);
    for (const corner of [a, b, c]) areas[corner] += Math.abs(twice) / 6;
  }
  return real(areas);
}

/** Cells are all alike; their centres run row by row from the top left. */
function cellAreas({ data, shape: [pixels] }: NdArray<'real'>, [rows, columns]: readonly [number, number]) {
  const height = (data[0] - data[2 * (pixels - 1)]) / (rows - 1);
  const width = (data[2 * (pixels - 1) + 1] - data[1]) / (columns - 1);
  return real(new Float64Array(pixels).fill(height * width));
}
