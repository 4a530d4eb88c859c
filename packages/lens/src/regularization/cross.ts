import { WtildeError } from '@wtilde/core-types';
import type { Interpolation } from '../mapper/interpolation.js';
import { linear } from '../mapper/linear.js';
import { createLocator } from '../mapper/locate.js';
import { interpolationOf } from '../mapper/naturalMapper.js';
import { delaunayOf, type Triangulation } from '../mesh/delaunay.js';
import { twiceArea } from '../mesh/facets.js';
import { pullFrame } from '../mesh/frame.js';
import type { RegularizedMesh } from './kind.js';

/** The differences of the source between every source pixel and the four points of a cross around it. */
export interface CrossDifferences {
  /** (4 S) rows of a matrix (4 S, S), those of a pixel one after the other: along y, then x, first ahead, then back. */
  readonly rows: readonly { readonly pixels: Int32Array; readonly values: Float64Array }[];
  /** (S, 2) by the places of the pixels, from derivatives by the values of every row. */
  pull(byRows: readonly Float64Array[]): Float64Array;
}

/**
 * b s = s_i - s(v_i +- r_i e), the source interpolated as the mesh has it, r_i half the root of the area that belongs to
 * the pixel: a third of every triangle that it is a corner of.
 *
 * Points outside of the mesh have the value of the nearest vertex; on a mesh with a frame that of the frame counts as
 * zero, as everywhere. Cost: O(S log S).
 *
 * @throws InvalidOption for a rectangular mesh.
 */
export function crossDifferences(mesh: RegularizedMesh, where: string): CrossDifferences {
  const { pixels, vertices } = trianglesOf(mesh, where);
  const triangulation = delaunayOf(vertices);
  const areas = dualAreas(triangulation, vertices.data, pixels);
  const arms = areas.map((area) => Math.sqrt(area) / 2);
  const interpolation = interpolationFor(mesh, triangulation);
  const weights = new Float64Array(interpolation.ring.length);
  const { ring, point } = interpolation;

  /** Looks at the points of all crosses in turn. */
  function forEachPoint(visit: (row: number, pixel: number, lane: 0 | 1, sign: 1 | -1, size: number) => void): void {
    for (let row = 0; row < 4 * pixels; row++) {
      const pixel = row >> 2;
      const lane = (row & 2) === 0 ? 0 : 1;
      const sign = (row & 1) === 0 ? 1 : -1;
      const y = vertices.data[2 * pixel] + (lane === 0 ? sign * arms[pixel] : 0);
      const x = vertices.data[2 * pixel + 1] + (lane === 1 ? sign * arms[pixel] : 0);
      const size = interpolation.open(y, x);
      if (size > 0) interpolation.weigh(size, weights);
      visit(row, pixel, lane, sign, size);
    }
  }

  const rows: { pixels: Int32Array; values: Float64Array }[] = [];
  forEachPoint((_row, pixel, _lane, _sign, size) => {
    const row = new Map<number, number>();
    for (let k = 0; k < size; k++) if (ring[k] < pixels) row.set(ring[k], -weights[k]);
    if (size < 0 && ~size < pixels) row.set(~size, -1);
    row.set(pixel, (row.get(pixel) ?? 0) + 1);
    rows.push({ pixels: Int32Array.from(row.keys()), values: Float64Array.from(row.values()) });
  });

  return {
    rows,
    pull(byRows) {
      const sums = new Float64Array(interpolation.points.length);
      const derivatives = new Float64Array(ring.length);
      const byArms = new Float64Array(pixels);
      forEachPoint((row, pixel, lane, sign, size) => {
        if (size <= 0) return;
        let entry = 0;
        for (let k = 0; k < size; k++) derivatives[k] = ring[k] < pixels ? -byRows[row][entry++] : 0;
        interpolation.pull(size, weights, derivatives, sums);
        sums[2 * pixel] += sums[2 * point];
        sums[2 * pixel + 1] += sums[2 * point + 1];
        byArms[pixel] += sign * sums[2 * point + lane];
        sums.fill(0, 2 * point, 2 * point + 2);
      });
      const byAreas = byArms.map((each, pixel) => (areas[pixel] > 0 ? each / (8 * arms[pixel]) : 0));
      pullAreas(triangulation, vertices.data, byAreas, sums);
      if (mesh.natural !== undefined) pullFrame(mesh.natural.mesh.frame, vertices, sums);
      return sums.slice(0, 2 * pixels);
    },
  };
}

function trianglesOf({ mapper, triangulated }: RegularizedMesh, where: string) {
  if (triangulated) return mapper;
  throw new WtildeError('InvalidOption', {
    what: 'this mesh has no triangles to lay crosses over',
    where: `regularization ${where}`,
    expected: 'a mesh of points, such as overlay or hilbert',
    actual: 'a rectangular mesh',
    remedy: 'use a mesh like overlay:30x30, or the regularization constant',
  });
}

/** (S) a third of the areas of the triangles that each vertex is a corner of. */
function dualAreas(
  { triangles: { data: corners } }: Triangulation,
  points: Float64Array,
  pixels: number,
): Float64Array {
  const areas = new Float64Array(pixels);
  for (let at = 0; at < corners.length; at += 3) {
    const share = Math.abs(twiceArea(points, corners[at], corners[at + 1], corners[at + 2])) / 6;
    for (let k = 0; k < 3; k++) areas[corners[at + k]] += share;
  }
  return areas;
}

function pullAreas(
  { triangles: { data: corners } }: Triangulation,
  points: Float64Array,
  byAreas: Float64Array,
  sums: Float64Array,
): void {
  for (let at = 0; at < corners.length; at += 3) {
    const by = (byAreas[corners[at]] + byAreas[corners[at + 1]] + byAreas[corners[at + 2]]) / 6;
    const sign = Math.sign(twiceArea(points, corners[at], corners[at + 1], corners[at + 2]));
    for (let k = 0; k < 3; k++) {
      // Twice the area is (a_x - c_x)(b_y - c_y) - (a_y - c_y)(b_x - c_x).
      const [b, c] = [2 * corners[at + ((k + 1) % 3)], 2 * corners[at + ((k + 2) % 3)]];
      sums[2 * corners[at + k]] -= sign * by * (points[b + 1] - points[c + 1]);
      sums[2 * corners[at + k] + 1] += sign * by * (points[b] - points[c]);
    }
  }
}

/** That of the mesh; without a frame barycentric, the nearest vertex outside of the hull. */
function interpolationFor({ natural, mapper }: RegularizedMesh, triangulation: Triangulation): Interpolation {
  if (natural !== undefined) return interpolationOf(natural.mesh, natural.interpolation);
  const inside = linear({ triangulation, points: mapper.vertices });
  const locator = createLocator(triangulation, mapper.vertices);
  const start = triangulation.triangles.data[0];
  return {
    ...inside,
    open(y, x) {
      const size = inside.open(y, x);
      return size > 0 ? size : ~locator.nearestVertex(y, x, start);
    },
  };
}
