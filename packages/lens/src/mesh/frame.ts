import { type NdArray, WtildeError } from '@wtilde/core-types';

/** A ring of places around the vertices of a mesh, where the source is zero. */
export interface Frame {
  /** (y, x): the mean of the vertices. */
  readonly centre: readonly [number, number];
  readonly radius: number;
}

/** How many places a frame has. */
export const framePlaces = 24;

/** How far out a frame is, in units of the spread of the vertices. */
const reach = 3;

/** Relative to the coordinates: a smaller frame would be rounding. */
const leastRadius = 1e-12;

/** Directions (y, x) from the centre; by symmetry, so that a mirrored or turned frame has the same places. */
const directions = Array.from({ length: framePlaces }, (_, place) => [sine(place), sine(place + framePlaces / 4)]);

function sine(place: number): number {
  const half = framePlaces / 2;
  const within = place % half;
  const size = Math.sin((Math.PI * Math.min(within, half - within)) / half);
  return place % framePlaces < half ? size : -size;
}

/**
 * The frame of vertices (S, 2): a circle about their mean c, of radius 3 sqrt(sum q^5 / sum q^4) with the squared
 * distances q = |v - c|^2.
 *
 * The mean of q, weighted by q^4, is a smooth form of the largest: 0.83 of it for vertices that fill a disc, and so much
 * of it for any up to 2^16 vertices that the circle holds them all with a quarter of its radius to spare.
 *
 * @throws InvalidValue where all vertices are at one place
 */
export function frameAround(vertices: NdArray<'real'>): Frame {
  const [pixels] = vertices.shape;
  const centre = meanOf(vertices.data, pixels);
  const { most, ratio } = spreadOf(vertices.data, centre);
  const radius = reach * Math.sqrt(most * ratio);
  if (radius > leastRadius * Math.max(Math.abs(centre[0]), Math.abs(centre[1]))) return { centre, radius };
  throw new WtildeError('InvalidValue', {
    what: 'there is no mesh to put a frame around',
    where: 'vertices',
    expected: 'at least two at different places',
    actual: pixels < 2 ? `${pixels}` : `${pixels} that coincide at [${centre.join(', ')}]`,
    remedy: 'lay a finer mesh over the mask, or correct the lens model',
  });
}

/** Writes the places of a frame, (y, x) one after the other. */
export function writePlaces({ centre, radius }: Frame, points: Float64Array, at: number): void {
  directions.forEach(([y, x], place) => {
    points[at + 2 * place] = centre[0] + radius * y;
    points[at + 2 * place + 1] = centre[1] + radius * x;
  });
}

/**
 * Adds to the derivatives by the vertices what those by the places of their frame are by the vertices.
 *
 * With R^2 = 9 sum q^5 / sum q^4: dR / dq = (45 q^4 - 4 R^2 q^3) / (2 R sum q^4).
 *
 * @param sums derivatives by (y, x) of the S vertices, then of the places
 */
export function pullFrame({ centre, radius }: Frame, vertices: NdArray<'real'>, sums: Float64Array): void {
  const [pixels] = vertices.shape;
  let [byY, byX, byRadius] = [0, 0, 0];
  directions.forEach(([y, x], place) => {
    const [ofY, ofX] = [sums[2 * (pixels + place)], sums[2 * (pixels + place) + 1]];
    byY += ofY;
    byX += ofX;
    byRadius += ofY * y + ofX * x;
  });
  const { most, ratio, fourths } = spreadOf(vertices.data, centre);
  const factor = (byRadius * reach * reach) / (radius * fourths);
  for (let vertex = 0; vertex < pixels; vertex++) {
    const y = vertices.data[2 * vertex] - centre[0];
    const x = vertices.data[2 * vertex + 1] - centre[1];
    const q = (y * y + x * x) / most;
    const byQ = factor * q ** 3 * (5 * q - 4 * ratio);
    sums[2 * vertex] += byQ * y;
    sums[2 * vertex + 1] += byQ * x;
    byY -= byQ * y;
    byX -= byQ * x;
  }
  for (let vertex = 0; vertex < pixels; vertex++) {
    sums[2 * vertex] += byY / pixels;
    sums[2 * vertex + 1] += byX / pixels;
  }
}

function meanOf(points: Float64Array, count: number): [number, number] {
  let [y, x] = [0, 0];
  for (let at = 0; at < 2 * count; at += 2) {
    y += points[at];
    x += points[at + 1];
  }
  return [y / count, x / count];
}

/** With q in units of the largest, `most`, so that no power of it overflows: sum q^5 / sum q^4, and sum q^4. */
function spreadOf(points: Float64Array, [centreY, centreX]: readonly [number, number]) {
  let most = 0;
  for (let at = 0; at < points.length; at += 2) {
    most = Math.max(most, (points[at] - centreY) ** 2 + (points[at + 1] - centreX) ** 2);
  }
  let [fifths, fourths] = [0, 0];
  for (let at = 0; at < points.length && most > 0; at += 2) {
    const q = ((points[at] - centreY) ** 2 + (points[at + 1] - centreX) ** 2) / most;
    fourths += q ** 4;
    fifths += q ** 5;
  }
  return { most, ratio: most > 0 ? fifths / fourths : 0, fourths };
}
