import { createRandom } from '@wtilde/data';
import { expect, test } from 'vitest';
import { contoursOf, type Ranked } from '../src/sample/contour.js';
import { contains, isInCube, pointIn } from '../src/sample/ellipsoid.js';
import { ellipsoidAround } from '../src/sample/ellipsoidAround.js';

/** Points of the unit cube, ranked by a height: what is wanted is the volume of the lowest `wanted` of all. */
function ranked(order: number, count: number, wanted: number, height: (x: Float64Array) => number, seed: string) {
  const random = createRandom(seed);
  const points = Array.from({ length: count }, () => Float64Array.from({ length: order }, () => random.uniform()));
  points.sort((a, b) => height(a) - height(b));
  return points.map((share, i): Ranked => ({ share, volume: (i + 0.5) / (count * wanted) }));
}

test.each([
  [
    'an ellipsoid, aslant',
    4,
    2.2,
    (x: Float64Array) =>
      x.reduce((sum, each, i) => sum + (each - 0.5 + (i === 0 ? 0 : 0.8 * (x[i - 1] - 0.5))) ** 2 * (1 + i), 0),
  ],
  ['a slab, aslant', 5, Number.POSITIVE_INFINITY, (x: Float64Array) => (x[0] + 0.5 * x[1] - 0.7) ** 2],
])('%s is found from few points, and holds what it should', (_, order, mostOfEllipsoid, height) => {
  const wanted = 0.05;
  const points = ranked(order, 2000, wanted, height, 'contour');
  const near = points.filter(({ volume }) => volume < 5);
  // Of the cube, so that nothing of the shape is known.
  const frame = ellipsoidAround(points.map(({ share }) => share));
  const found = contoursOf(near, frame);
  expect(found.length).toBeGreaterThan(0);
  const limit = height(points[Math.floor(wanted * points.length)].share);
  const others = ranked(order, 20_000, wanted, height, 'others').filter(({ share }) => height(share) < limit);
  const random = createRandom('volume');
  const volumes = found.map((each) => {
    const held = others.filter(({ share }) => contains(each, share)).length / others.length;
    expect(held).toBeGreaterThan(0.97);
    let hits = 0;
    for (let trial = 0; trial < 20_000; trial++) {
      const point = pointIn(each, random);
      if (isInCube(point) && contains(each, point)) hits += 1;
    }
    return (Math.exp(each.logVolume) * hits) / 20_000 / wanted;
  });
  // Where the places of the points alone make a volume that is much larger.
  expect(Math.min(...volumes)).toBeLessThan(2.2);
  const ofEllipsoids = volumes.filter((_, i) => found[i].contour === undefined);
  expect(Math.min(...ofEllipsoids)).toBeLessThanOrEqual(mostOfEllipsoid);
});

test('too few points tell nothing', () => {
  const points = ranked(4, 20, 0.5, (x) => x[0], 'few');
  expect(contoursOf(points, ellipsoidAround(points.map(({ share }) => share)))).toEqual([]);
});
