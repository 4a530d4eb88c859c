import { oppositeLongest, twiceArea } from '../mesh/facets.js';
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
  const { twins } = mesh;
  /** Of every triangle, the circumcentre relative to one of its corners, its base. */
  const centres = new Float64Array((2 * corners.length) / 3);
  const bases = new Int32Array(corners.length / 3);
  for (let triangle = 0; triangle < bases.length; triangle++) {
    bases[triangle] = writeCircumcentre(
      points,
      corners[3 * triangle],
      corners[3 * triangle + 1],
      corners[3 * triangle + 2],
      centres,
      2 * triangle,
    );
  }
  const cell = new Float64Array(2 * ring.length);
  /** The lines: (y, x) of both ends relative to the point; the vertices on the left and the right, or the point. */
  const ends = new Float64Array(4 * 3 * ring.length);
  const sites = new Int32Array(2 * 3 * ring.length);
  /** Of every vertex: its area; its derivative. That of the point, which takes all of them, stays zero. */
  const areas = new Float64Array(point + 1);
  const byArea = new Float64Array(point + 1);
  let total = 0;

  /** Draws the lines; returns how many there are. */
  function draw(size: number): number {
    const [y, x] = [points[2 * point], points[2 * point + 1]];
    let line = 0;
    const placeCentre = (side: number, at: number): void => {
      const triangle = (side - (side % 3)) / 3;
      const base = bases[triangle];
      ends[at] = points[2 * base] - y + centres[2 * triangle];
      ends[at + 1] = points[2 * base + 1] - x + centres[2 * triangle + 1];
    };
    for (let at = 0; at < size - 3; at++, line++) {
      const side = crossed[at];
      placeCentre(side, 4 * line);
      placeCentre(twins[side], 4 * line + 2);
      sites[2 * line] = corners[next(side)];
      sites[2 * line + 1] = corners[side];
    }
    for (let k = 0; k < size; k++) {
      const base = writeCircumcentre(points, ring[k], ring[k + 1 === size ? 0 : k + 1], point, cell, 2 * k);
      cell[2 * k] += points[2 * base] - y;
      cell[2 * k + 1] += points[2 * base + 1] - x;
    }
    for (let k = 0, before = size - 1; k < size; before = k++, line += 2) {
      placeCentre(rim[k], 4 * line);
      sites[2 * line] = corners[next(rim[k])];
      sites[2 * line + 1] = ring[k];
      // That on the left of a side of the cell is the area that the vertex on its right has lost.
      sites[2 * line + 2] = point;
      sites[2 * line + 3] = ring[k];
      for (let axis = 0; axis < 2; axis++) {
        ends[4 * line + 2 + axis] = cell[2 * k + axis];
        ends[4 * line + 4 + axis] = cell[2 * before + axis];
        ends[4 * line + 6 + axis] = cell[2 * k + axis];
      }
    }
    return line;
  }

  return {
    ...cavity,
    weigh(size, weights) {
      const lines = draw(size);
      for (let line = 0; line < lines; line++) {
        const area = (ends[4 * line + 1] * ends[4 * line + 2] - ends[4 * line] * ends[4 * line + 3]) / 2;
        const [left, right] = [sites[2 * line], sites[2 * line + 1]];
        if (left === point) areas[right] += area;
        else {
          areas[left] += area;
          areas[right] -= area;
        }
      }
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
      for (let line = 0; line < 3 * size - 3; line++) {
        const [left, right] = [sites[2 * line], sites[2 * line + 1]];
        const [fromY, fromX] = [ends[4 * line], ends[4 * line + 1]];
        const [toY, toX] = [ends[4 * line + 2], ends[4 * line + 3]];
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
      }
      for (let k = 0; k < size; k++) byArea[ring[k]] = 0;
    },
  };
}

/**
 * Writes the circumcentre of a triangle relative to one of its corners c, which it returns: with the sides a and b from
 * there, (|a|^2 b - |b|^2 a) turned by 90 degrees, over 2 a x b.
 *
 * Where the angle at the last corner is small or close to 180 degrees, c is the one that the two shorter sides have in
 * common: so no digits are lost where two corners are close together and the third is not.
 */
function writeCircumcentre(
  points: Float64Array,
  p: number,
  q: number,
  r: number,
  out: Float64Array,
  at: number,
): number {
  const [y, x] = [points[2 * r], points[2 * r + 1]];
  const [ay, ax] = [points[2 * p] - y, points[2 * p + 1] - x];
  const [by, bx] = [points[2 * q] - y, points[2 * q + 1] - x];
  const [plus, minus] = [ax * by, ay * bx];
  if (Math.abs(plus - minus) > (Math.abs(plus) + Math.abs(minus)) / 8) {
    writeCentre(ay, ax, by, bx, 2 * (plus - minus), out, at);
    return r;
  }
  const c = oppositeLongest(points, p, q, r);
  const a = c === p ? q : c === q ? r : p;
  const b = c === p ? r : c === q ? p : q;
  const [cy, cx] = [points[2 * c], points[2 * c + 1]];
  writeCentre(
    points[2 * a] - cy,
    points[2 * a + 1] - cx,
    points[2 * b] - cy,
    points[2 * b + 1] - cx,
    2 * twiceArea(points, p, q, r),
    out,
    at,
  );
  return c;
}

function writeCentre(
  ay: number,
  ax: number,
  by: number,
  bx: number,
  twice: number,
  out: Float64Array,
  at: number,
): void {
  const [aa, bb] = [ay * ay + ax * ax, by * by + bx * bx];
  out[at] = (ax * bb - bx * aa) / twice;
  out[at + 1] = (by * aa - ay * bb) / twice;
}
