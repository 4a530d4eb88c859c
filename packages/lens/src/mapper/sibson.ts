import { twiceArea } from '../mesh/facets.js';
import { type FramedMesh, next } from '../mesh/framedMesh.js';
import { createCavity } from './cavity.js';
import { type Interpolation, meanDerivative, normalize } from './interpolation.js';

/**
 * Sibson's weights of the natural neighbours: the area that the Voronoi cell of the point takes from that of each,
 * relative to the whole cell (R. Sibson, in Interpreting Multivariate Data, Wiley 1981).
 *
 * The old Voronoi edges divide the new cell into those areas: from the circumcentre of each triangle of the cavity to
 * those of its neighbours, and to the corner of the cell behind each side of the rim, the circumcentre of that side and
 * the point. Every such line has an area on its left, which gains half the cross product of its ends, and one on its
 * right, which loses it. The derivative comes from the same lines: where one between the vertices i, on its left, and j
 * moves as its ends keep equal distance to both,
 *
 *   dA_i = -dA_j = length / |v_i - v_j| [ (middle - v_i) . dv_i - (middle - v_j) . dv_j ].
 *
 * Continuous with its derivative except on vertices, exact for linear functions.
 */
export function sibson(mesh: FramedMesh): Interpolation {
  const cavity = createCavity(mesh);
  const { points, point, ring, rim, crossed } = cavity;
  const corners = mesh.triangulation.triangles.data;
  const centres = fromFirstCorner(points, corners);
  const cell = new Float64Array(2 * ring.length);
  /** Of every vertex: its area; its derivative. Zero between calls. */
  const areas = new Float64Array(point + 1);
  const byArea = new Float64Array(point + 1);
  let total = 0;

  type Visit = (fromY: number, fromX: number, toY: number, toX: number, left: number, right: number) => void;

  /** Visits each line with its ends, relative to the point. The point has nothing to its left or right but its cell. */
  function lines(size: number, visit: Visit): void {
    const [y, x] = [points[2 * point], points[2 * point + 1]];
    for (let at = 0; at < size - 3; at++) {
      const [side, across] = [crossed[at], mesh.twins[crossed[at]]];
      const [from, to] = [(side - (side % 3)) / 3, (across - (across % 3)) / 3];
      const [first, other] = [corners[3 * from], corners[3 * to]];
      visit(
        points[2 * first] - y + centres[2 * from],
        points[2 * first + 1] - x + centres[2 * from + 1],
        points[2 * other] - y + centres[2 * to],
        points[2 * other + 1] - x + centres[2 * to + 1],
        corners[next(side)],
        corners[side],
      );
    }
    for (let k = 0, before = size - 1; k < size; before = k++) {
      const side = rim[k];
      const from = (side - (side % 3)) / 3;
      const first = corners[3 * from];
      const fromY = points[2 * first] - y + centres[2 * from];
      const fromX = points[2 * first + 1] - x + centres[2 * from + 1];
      visit(fromY, fromX, cell[2 * k], cell[2 * k + 1], corners[next(side)], corners[side]);
      visit(cell[2 * before], cell[2 * before + 1], cell[2 * k], cell[2 * k + 1], point, corners[side]);
    }
  }

  function openCell(size: number): void {
    for (let k = 0; k < size; k++) {
      writeCircumcentre(points, ring[k], ring[k + 1 === size ? 0 : k + 1], point, cell, 2 * k);
    }
  }

  const addArea: Visit = (fromY, fromX, toY, toX, left, right) => {
    const area = (fromX * toY - fromY * toX) / 2;
    // What lies on the left of the side of the cell is what the vertex beyond it has lost.
    areas[left === point ? right : left] += area;
    if (left !== point) areas[right] -= area;
  };

  return {
    ...cavity,
    weigh(size, weights) {
      openCell(size);
      lines(size, addArea);
      for (let k = 0; k < size; k++) {
        weights[k] = Math.max(areas[ring[k]], 0);
        areas[ring[k]] = 0;
      }
      total = normalize(size, weights);
    },
    pull(size, weights, derivatives, sums) {
      const mean = meanDerivative(size, weights, derivatives);
      for (let k = 0; k < size; k++) byArea[ring[k]] = (derivatives[k] - mean) / total;
      const [y, x] = [points[2 * point], points[2 * point + 1]];
      lines(size, (fromY, fromX, toY, toX, left, right) => {
        const gain = left === point ? byArea[right] : byArea[left] - byArea[right];
        const [leftY, leftX] = [points[2 * left] - y, points[2 * left + 1] - x];
        const [rightY, rightX] = [points[2 * right] - y, points[2 * right + 1] - x];
        const [awayY, awayX] = [leftY - rightY, leftX - rightX];
        const along = (toX - fromX) * awayY - (toY - fromY) * awayX;
        const factor = (gain * along) / (awayY * awayY + awayX * awayX);
        const [middleY, middleX] = [(fromY + toY) / 2, (fromX + toX) / 2];
        sums[2 * left] += factor * (middleY - leftY);
        sums[2 * left + 1] += factor * (middleX - leftX);
        sums[2 * right] -= factor * (middleY - rightY);
        sums[2 * right + 1] -= factor * (middleX - rightX);
      });
      for (let k = 0; k < size; k++) byArea[ring[k]] = 0;
    },
  };
}

/** The circumcentre of each triangle, relative to its first corner. */
function fromFirstCorner(points: Float64Array, corners: Int32Array): Float64Array {
  const centres = new Float64Array((2 * corners.length) / 3);
  for (let corner = 0; corner < corners.length; corner += 3) {
    writeCircumcentre(points, corners[corner + 1], corners[corner + 2], corners[corner], centres, (2 * corner) / 3);
  }
  return centres;
}

/** Writes the circumcentre of a triangle relative to its corner c: with a and b from there, (|a|^2 b - |b|^2 a) turned by 90 degrees over 2 a x b. */
function writeCircumcentre(points: Float64Array, a: number, b: number, c: number, out: Float64Array, at: number): void {
  const [y, x] = [points[2 * c], points[2 * c + 1]];
  const [ay, ax] = [points[2 * a] - y, points[2 * a + 1] - x];
  const [by, bx] = [points[2 * b] - y, points[2 * b + 1] - x];
  const twice = 2 * twiceArea(points, a, b, c);
  const [aa, bb] = [ay * ay + ax * ax, by * by + bx * bx];
  out[at] = (ax * bb - bx * aa) / twice;
  out[at + 1] = (by * aa - ay * bb) / twice;
}
