import { type Contour, rootBetween, type ValueAt } from './contour.js';

type Point = readonly [number, number];

/** A line may bend by half of its chord at most between two points of it. */
const widest = 0.5;
const deepest = 14;

/** The line with points in between, all on it, until its chords are nowhere further from it than `within`. */
export function refined(contour: Contour, valueAt: ValueAt, within: number): Contour {
  const points: number[] = [];
  eachChord(contour, (from, to) => {
    points.push(...from);
    insert(points, from, to, valueAt, within, 0);
  });
  return withEnd(contour, points);
}

/** The line with one more point on it between every two. */
export function halved(contour: Contour, valueAt: ValueAt): Contour {
  const points: number[] = [];
  eachChord(contour, (from, to) => {
    const middle = middleOf(from, to, valueAt);
    points.push(...from, ...(middle?.point ?? mean(from, to)));
  });
  return withEnd(contour, points);
}

function withEnd({ points: given, closed }: Contour, points: number[]): Contour {
  if (!closed) points.push(given[given.length - 2], given[given.length - 1]);
  return { points, closed };
}

function eachChord({ points, closed }: Contour, visit: (from: Point, to: Point) => void): void {
  const count = points.length / 2;
  for (let at = 0; at < (closed ? count : count - 1); at++) {
    const next = (at + 1) % count;
    visit([points[2 * at], points[2 * at + 1]], [points[2 * next], points[2 * next + 1]]);
  }
}

function insert(points: number[], from: Point, to: Point, valueAt: ValueAt, within: number, depth: number): void {
  const middle = middleOf(from, to, valueAt);
  if (middle === undefined || middle.away < within || depth === deepest) return;
  insert(points, from, middle.point, valueAt, within, depth + 1);
  points.push(...middle.point);
  insert(points, middle.point, to, valueAt, within, depth + 1);
}

/** Where the perpendicular through the middle of a chord meets the line, and how far from the chord; undefined far off. */
function middleOf(from: Point, to: Point, valueAt: ValueAt): { point: Point; away: number } | undefined {
  const [y, x] = mean(from, to);
  // The normal is as long as the chord.
  const [ny, nx] = [-(to[1] - from[1]), to[0] - from[0]];
  const length = Math.hypot(ny, nx);
  if (length === 0) return undefined;
  const along = (t: number) => valueAt(y + t * ny, x + t * nx);
  const inMiddle = along(0);
  if (inMiddle === 0) return { point: [y, x], away: 0 };
  for (let reach = widest / 64; reach <= widest; reach *= 2) {
    for (const end of [reach, -reach]) {
      const atEnd = along(end);
      if (atEnd > 0 === inMiddle > 0) continue;
      const t = end * rootBetween((part) => along(part * end), inMiddle, atEnd);
      return { point: [y + t * ny, x + t * nx], away: Math.abs(t) * length };
    }
  }
  return undefined;
}

function mean(from: Point, to: Point): Point {
  return [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
}
