import type { Places } from '../mesh/pointSets.js';

/**
 * Sibson's weights of a point by clipping half-planes, without any triangulation: of a large square, what is nearer to
 * the point than to any vertex, and of that what is nearer to one vertex than to any other.
 */
export function clippedCells(vertices: Places, point: readonly [number, number]): number[] {
  const far = 1e3;
  const square: Places = [
    [-far, -far],
    [-far, far],
    [far, far],
    [far, -far],
  ];
  const cell = vertices.reduce((left, vertex) => nearer(left, point, vertex), square);
  const areas = vertices.map((vertex, of) =>
    area(
      vertices.reduce((left, other, at) => (at === of || left.length === 0 ? left : nearer(left, vertex, other)), cell),
      point,
    ),
  );
  const whole = area(cell, point);
  return areas.map((part) => part / whole);
}

/** The part of a polygon that is nearer to one place than to another. */
function nearer(polygon: Places, [ay, ax]: readonly [number, number], [by, bx]: readonly [number, number]): Places {
  const beyond = ([y, x]: readonly [number, number]) =>
    (y - (ay + by) / 2) * (by - ay) + (x - (ax + bx) / 2) * (bx - ax);
  return polygon.flatMap((corner, at) => {
    const before = polygon.at(at - 1) ?? corner;
    const [from, to] = [beyond(before), beyond(corner)];
    const share = from / (from - to);
    const crossing = [
      before[0] + share * (corner[0] - before[0]),
      before[1] + share * (corner[1] - before[1]),
    ] as const;
    return [...(from > 0 !== to > 0 ? [crossing] : []), ...(to > 0 ? [] : [corner])];
  });
}

function area(polygon: Places, [y, x]: readonly [number, number]): number {
  return (
    polygon.reduce((sum, [toY, toX], at) => {
      const [fromY, fromX] = polygon.at(at - 1) ?? [toY, toX];
      return sum + (fromX - x) * (toY - y) - (fromY - y) * (toX - x);
    }, 0) / 2
  );
}
