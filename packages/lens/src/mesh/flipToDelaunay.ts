import { incircle, orient2d } from 'robust-predicates';

/**
 * Flips the sides of a triangulation until no vertex lies inside the circle through a triangle next to it.
 *
 * The predicates are exact, so that near-ties which rounding decided wrongly are put right, the triangles of zero area
 * among them that rounding makes of vertices on a line. A flip turns two triangles into two that wind the same way,
 * or it is not done: so it lowers the triangulation lifted to the paraboloid, and the flips come to an end even where
 * the triangulation was not valid.
 *
 * @param corners three vertices per triangle, positive in `orient2d`; written to
 * @param twins for every side the same side as the neighbouring triangle has it, -1 on the hull; written to
 * @param points two coordinates per vertex
 */
export function flipToDelaunay(corners: Uint32Array, twins: Int32Array, points: Float64Array): void {
  const stack: number[] = [];
  for (let side = 0; side < twins.length; side++) if (twins[side] > side) stack.push(side);

  function link(side: number, twin: number): void {
    twins[side] = twin;
    if (twin >= 0) twins[twin] = side;
  }

  for (let side = stack.pop(); side !== undefined; side = stack.pop()) {
    const twin = twins[side];
    if (twin < 0) continue;
    const after = next(side);
    const before = next(after);
    const twinAfter = next(twin);
    const twinBefore = next(twinAfter);
    const [start, end, apex, twinApex] = [corners[side], corners[after], corners[before], corners[twinBefore]];
    if (!(encloses(points, apex, start, end, twinApex) < 0)) continue;
    if (!(turn(points, apex, start, twinApex) > 0 && turn(points, twinApex, end, apex) > 0)) continue;

    // The side from start to end becomes one from apex to twinApex.
    corners[side] = twinApex;
    corners[twin] = apex;
    link(side, twins[twinBefore]);
    link(twin, twins[before]);
    link(before, twinBefore);
    stack.push(side, twin, after, twinAfter);
  }
}

function next(side: number): number {
  return side % 3 === 2 ? side - 2 : side + 1;
}

function turn(p: Float64Array, a: number, b: number, c: number): number {
  return orient2d(p[2 * a], p[2 * a + 1], p[2 * b], p[2 * b + 1], p[2 * c], p[2 * c + 1]);
}

/** Negative where d lies inside the circle through a, b and c. */
function encloses(p: Float64Array, a: number, b: number, c: number, d: number): number {
  return incircle(p[2 * a], p[2 * a + 1], p[2 * b], p[2 * b + 1], p[2 * c], p[2 * c + 1], p[2 * d], p[2 * d + 1]);
}
