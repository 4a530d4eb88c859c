import { isWtildeError, real } from '@wtilde/core-types';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { delaunayOf, type Triangulation } from '../../src/index.js';
import { indexIn, realIn, testWithGoldenLenses } from '../golden.js';
import { exactly, gridOf, insideCircle, type Places, pointSets, shuffled, twiceArea } from './pointSets.js';
import { thrownBy } from './thrownBy.js';

const trianglesOf = ({ triangles: { data, shape } }: Triangulation) =>
  Array.from({ length: shape[0] }, (_, at) => [...data.subarray(3 * at, 3 * at + 3)] as [number, number, number]);

const neighborsOf = ({ neighbors, neighborsSizes }: Triangulation) =>
  Array.from(neighborsSizes.data, (size, pixel) => {
    const start = pixel * neighbors.shape[1];
    return [...neighbors.data.subarray(start, start + size)];
  });

const spansTriangle = (places: Places): boolean => {
  const points = places.map(exactly);
  const other = points.find(([y, x]) => y !== points[0][0] || x !== points[0][1]);
  return other !== undefined && points.some((point) => twiceArea(points[0], other, point) !== 0n);
};

const spanning = pointSets.filter(spansTriangle);

describe('the golden triangulations', () => {
  testWithGoldenLenses('the same neighbours', ({ fields }) => {
    const { neighbors, neighborsSizes } = delaunayOf(realIn(fields, 'mesh_vertices'));
    const golden = indexIn(fields, 'neighbors');
    expect(neighbors.shape).toEqual(golden.shape);
    expect(neighbors.data).toEqual(golden.data);
    expect(neighborsSizes.data).toEqual(indexIn(fields, 'neighbors_sizes').data);
  });

  testWithGoldenLenses('every triangle that image pixels lie in', ({ fields }) => {
    const key = (corners: ArrayLike<number>) =>
      Array.from(corners)
        .sort((a, b) => a - b)
        .join();
    const ours = new Set(trianglesOf(delaunayOf(realIn(fields, 'mesh_vertices'))).map(key));
    const { data, shape } = indexIn(fields, 'pix_indexes_for_sub_slim_index');
    const golden = new Set<string>();
    for (let row = 0; row < shape[0]; row++) {
      const corners = data.subarray(3 * row, 3 * row + 3);
      if (!corners.includes(-1)) golden.add(key(corners));
    }
    expect(golden.size).toBeGreaterThan(100);
    expect([...golden].filter((triangle) => !ours.has(triangle))).toEqual([]);
  });
});

describe('any vertices', () => {
  test('no vertex lies inside the circle through a triangle, and all wind the same way', () => {
    fc.assert(
      fc.property(spanning, (places) => {
        const points = places.map(exactly);
        for (const [a, b, c] of trianglesOf(delaunayOf(gridOf(places)))) {
          expect(twiceArea(points[a], points[b], points[c]) > 0n).toBe(true);
          expect(points.some((point) => insideCircle(points[a], points[b], points[c], point) > 0n)).toBe(false);
        }
      }),
    );
  });

  test('the triangles fill the hull', () => {
    fc.assert(
      fc.property(spanning, (places) => {
        const points = places.map(exactly);
        const covered = trianglesOf(delaunayOf(gridOf(places))).reduce(
          (sum, [a, b, c]) => sum + twiceArea(points[a], points[b], points[c]),
          0n,
        );
        expect(covered).toBe(twiceHullArea(places));
      }),
    );
  });

  test('adjacent triangles share the side that they name', () => {
    fc.assert(
      fc.property(spanning, (places) => {
        const triangulation = delaunayOf(gridOf(places));
        const triangles = trianglesOf(triangulation);
        const adjacent = triangulation.adjacentTriangles.data;
        triangles.forEach((corners, triangle) => {
          corners.forEach((start, at) => {
            const end = corners[(at + 1) % 3];
            const across = adjacent[3 * triangle + at];
            if (across < 0) return;
            const back = triangles[across].indexOf(end);
            expect(triangles[across][(back + 1) % 3]).toBe(start);
            expect(adjacent[3 * across + back]).toBe(triangle);
          });
        });
      }),
    );
  });

  test('neighbours are those that share a side, mutual and ascending', () => {
    fc.assert(
      fc.property(spanning, (places) => {
        const triangulation = delaunayOf(gridOf(places));
        const lists = neighborsOf(triangulation);
        expect(triangulation.neighbors.shape[1]).toBe(Math.max(...lists.map((list) => list.length)));
        expect(triangulation.neighbors.data.filter((slot) => slot === -1).length).toBe(
          triangulation.neighbors.data.length - lists.flat().length,
        );
        const expected = places.map(() => new Set<number>());
        for (const corners of trianglesOf(triangulation)) {
          corners.forEach((start, at) => {
            expected[start].add(corners[(at + 1) % 3]).add(corners[(at + 2) % 3]);
          });
        }
        lists.forEach((list, vertex) => {
          expect(list).toEqual([...list].sort((a, b) => a - b));
          for (const other of list) expect(lists[other]).toContain(vertex);
          const isCorner = expected[vertex].size > 0;
          expect(list.filter((other) => expected[other].size > 0).length).toBe(isCorner ? expected[vertex].size : 1);
          for (const other of expected[vertex]) expect(list).toContain(other);
        });
      }),
    );
  });

  test('of several vertices at one place one is a corner, and the others have it as their neighbour', () => {
    fc.assert(
      fc.property(spanning, (places) => {
        const triangulation = delaunayOf(gridOf(places));
        const corners = new Set(trianglesOf(triangulation).flat());
        const cornerAt = new Map([...corners].map((vertex) => [String(places[vertex]), vertex]));
        expect(cornerAt.size).toBe(corners.size);
        neighborsOf(triangulation).forEach((list, vertex) => {
          if (!corners.has(vertex)) expect(list).toEqual([cornerAt.get(String(places[vertex]))]);
        });
      }),
    );
  });

  test('do not depend on the order in which they are listed', () => {
    const both = spanning.chain((places) => shuffled(places).map((other) => ({ places, other: other.places })));
    fc.assert(
      fc.property(both, ({ places, other }) => {
        const drawn = (of: Places) =>
          trianglesOf(delaunayOf(gridOf(of))).map((corners) => corners.map((vertex) => of[vertex]));
        expect(drawn(other)).toEqual(drawn(places));
      }),
    );
  });
});

describe('vertices closer together than rounding can tell apart', () => {
  test('still give a graph in which every vertex has a neighbour', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.double({ min: -1, max: 1, noNaN: true })), {
          minLength: 3,
          maxLength: 30,
        }),
        fc.double({ min: 1e-17, max: 1e-13, noNaN: true }),
        (offsets, size) => {
          const cluster = offsets.map(([y, x]) => [0.7 + size * y, 0.3 + size * x] as const);
          const places = [...cluster, [0, 0], [1, 0], [0, 1], [1, 1]] as const;
          const lists = neighborsOf(delaunayOf(gridOf(places)));
          lists.forEach((list, vertex) => {
            expect(list.length).toBeGreaterThan(0);
            expect(new Set(list).size).toBe(list.length);
            for (const other of list) expect(lists[other]).toContain(vertex);
          });
        },
      ),
    );
  });
});

describe('no triangle', () => {
  test.each([
    ['no vertex', []],
    [
      'two',
      [
        [0, 0],
        [1, 1],
      ],
    ],
    [
      'two places',
      [
        [0, 0],
        [1, 1],
        [0, 0],
        [1, 1],
      ],
    ],
    [
      'a row',
      [
        [1, 0],
        [1, 1],
        [1, 2],
        [1, 3],
      ],
    ],
    [
      'a diagonal',
      [
        [0, 0],
        [1, 2],
        [2, 4],
        [-3, -6],
      ],
    ],
  ] satisfies [string, Places][])('%s', (_, places) => {
    const error = thrownBy(() => delaunayOf(gridOf(places)));
    expect(isWtildeError(error, 'InvalidValue')).toBe(true);
    expect(String(error)).toContain('span no triangle');
  });

  test('coordinates that are not finite, and arrays that are no points', () => {
    const nan = thrownBy(() => delaunayOf(real([0, 0, 1, Number.NaN, 2, 2], [3, 2])));
    expect(isWtildeError(nan, 'InvalidValue')).toBe(true);
    expect(String(nan)).toContain('NaN at [1, 1]');
    expect(
      isWtildeError(
        thrownBy(() => delaunayOf(real([0, 0, 1], [3]))),
        'ShapeMismatch',
      ),
    ).toBe(true);
  });
});

/** By the monotone chain, exactly. */
function twiceHullArea(places: Places): bigint {
  const sorted = places.map(exactly).sort(([ay, ax], [by, bx]) => Number(ax === bx ? ay - by : ax - bx));
  const chain = (points: typeof sorted) => {
    const hull: typeof sorted = [];
    for (const point of points) {
      while (hull.length > 1 && twiceArea(hull[hull.length - 2], hull[hull.length - 1], point) <= 0n) hull.pop();
      hull.push(point);
    }
    return hull.slice(0, -1);
  };
  const hull = [...chain(sorted), ...chain([...sorted].reverse())];
  return hull.reduce((sum, point, at) => sum + twiceArea([0n, 0n], point, hull[(at + 1) % hull.length]), 0n);
}
