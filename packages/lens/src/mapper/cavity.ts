import { incircle } from 'robust-predicates';
import { twiceArea } from '../mesh/facets.js';
import { type FramedMesh, next } from '../mesh/framedMesh.js';
import { createLocator } from './locate.js';

/** What a triangulation would lose to a further point: the triangles whose circumcircle holds it. */
export interface Cavity {
  /** (y, x) of the points of the mesh, then of the point. */
  readonly points: Float64Array;
  /** Where in `points` the point is. */
  readonly point: number;
  /** The corners of the cavity, counter-clockwise: the natural neighbours of the point. */
  readonly ring: Int32Array;
  /** The side of the mesh that goes from each corner to the next, as the triangle within has it. */
  readonly rim: Int32Array;
  /** The `size() - 3` sides within the cavity, as the triangle that is nearer to the one that holds the point has it. */
  readonly crossed: Int32Array;
  /**
   * Finds the cavity of a point and returns the number of its corners; 0 where the point is not within the hull; `~` of
   * a vertex that the point is on.
   *
   * Cost: as many steps as the point is triangles from the last one, and the size of the cavity.
   */
  open(y: number, x: number): number;
}

/** A cavity in a mesh; each opening replaces the last. */
export function createCavity(mesh: FramedMesh): Cavity {
  const { triangulation, twins } = mesh;
  const corners = triangulation.triangles.data;
  const [point] = mesh.points.shape;
  const points = new Float64Array(2 * point + 2);
  points.set(mesh.points.data);
  const locator = createLocator(triangulation, mesh.points);
  const ring = new Int32Array(corners.length);
  const rim = new Int32Array(corners.length);
  const crossed = new Int32Array(corners.length);
  const ahead = new Int32Array(corners.length);
  const openedFor = new Int32Array(corners.length / 3);
  /** Closer than this the weights of a vertex are 1 by far more than rounding, and distances underflow. */
  const coincident = 1e-100 * mesh.frame.radius;
  let opening = 0;
  let triangle = 0;

  function isWithinCircle(of: number, y: number, x: number): boolean {
    const [a, b, c] = [2 * corners[3 * of], 2 * corners[3 * of + 1], 2 * corners[3 * of + 2]];
    return incircle(points[a], points[a + 1], points[b], points[b + 1], points[c], points[c + 1], y, x) < 0;
  }

  /** Whether the point is on the hull or beyond it, as far as a side of the mesh tells. */
  function isOutside(side: number): boolean {
    return twins[side] < 0 && !(twiceArea(points, corners[side], corners[next(side)], point) > 0);
  }

  return {
    points,
    point,
    ring,
    rim,
    crossed,
    open(y, x) {
      const found = locator.triangleAt(y, x, triangle);
      triangle = found < 0 ? ~found : found;
      points[2 * point] = y;
      points[2 * point + 1] = x;
      // Among vertices closer than rounding a walk may be lost, or the cavity not be simple: then the nearest one has to do.
      const nearest = () => ~locator.nearestVertex(y, x, corners[3 * triangle]);
      const first = 3 * triangle;
      if (found < 0) return isOutside(first) || isOutside(first + 1) || isOutside(first + 2) ? 0 : nearest();
      for (let side = first; side < first + 3; side++) {
        const corner = corners[side];
        if (Math.abs(points[2 * corner] - y) + Math.abs(points[2 * corner + 1] - x) <= coincident) return ~corner;
        ahead[first + 2 - side] = side;
      }
      opening++;
      openedFor[triangle] = opening;
      let [size, inside, waiting] = [0, 0, 3];
      while (waiting > 0) {
        const side = ahead[--waiting];
        const twin = twins[side];
        const across = twin < 0 ? -1 : (twin - (twin % 3)) / 3;
        if (across >= 0 && isWithinCircle(across, y, x)) {
          if (openedFor[across] === opening) return nearest();
          openedFor[across] = opening;
          crossed[inside++] = side;
          ahead[waiting++] = next(next(twin));
          ahead[waiting++] = next(twin);
          continue;
        }
        if (isOutside(side)) return 0;
        ring[size] = corners[side];
        rim[size++] = side;
      }
      return size;
    },
  };
}
