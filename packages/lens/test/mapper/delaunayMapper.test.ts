import { createReferenceBackend } from '@wtilde/backend-reference';
import { isWtildeError, type NdArray, real } from '@wtilde/core-types';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { delaunayMapper, type Mapper } from '../../src/index.js';
import { indexIn, realIn, testWithGoldenLenses } from '../golden.js';
import { gridOf, type Places, pointSets, shuffled } from '../mesh/pointSets.js';
import { thrownBy } from '../mesh/thrownBy.js';
import { denseOf, furthest } from './denseOf.js';
import { logEvidenceOf } from './seven.js';

const coordinate = fc.double({ min: -1.2, max: 1.2, noNaN: true });

/** Vertices that span a triangle, and pixels in and around it, some of them on vertices and on sides. */
const problems = fc
  .tuple(pointSets, fc.array(fc.tuple(coordinate, coordinate), { maxLength: 20 }))
  .filter(([places]) => thrownBy(() => delaunayMapper({ vertices: gridOf(places), grid: gridOf([]) })) === undefined)
  .map(([places, pixels]) => {
    const middles = places.slice(1).map(([y, x], at) => [(y + places[at][0]) / 2, (x + places[at][1]) / 2] as const);
    return { places, pixels: [...pixels, ...places, ...middles] };
  });

const rowOf = ({ pixIndexesForSubSlimIndex: indexes, pixWeightsForSubSlimIndex: weights }: Mapper, row: number) =>
  Array.from({ length: 3 }, (_, at) => ({
    vertex: indexes.data[3 * row + at],
    weight: weights.data[3 * row + at],
  })).filter(({ vertex }) => vertex >= 0);

const distance = (a: readonly [number, number], b: readonly [number, number]) => Math.hypot(a[0] - b[0], a[1] - b[1]);

describe('the golden mappers', () => {
  testWithGoldenLenses('the mapping matrix to 1e-9', ({ fields }) => {
    const vertices = realIn(fields, 'mesh_vertices');
    const mapper = delaunayMapper({ vertices, grid: realIn(fields, 'source_plane_grid') });
    const golden = denseOf({
      pixels: vertices.shape[0],
      pixIndexesForSubSlimIndex: indexIn(fields, 'pix_indexes_for_sub_slim_index'),
      pixWeightsForSubSlimIndex: realIn(fields, 'pix_weights_for_sub_slim_index'),
    });
    expect(mapper.pixels).toBe(vertices.shape[0]);
    expect(mapper.vertices).toBe(vertices);
    expect(furthest(denseOf(mapper), golden)).toBeLessThan(1e-9);
    expect(mapper.neighbors.data).toEqual(indexIn(fields, 'neighbors').data);
  });
});

describe('a triangle', () => {
  const vertices = gridOf([
    [0, 0],
    [0, 4],
    [4, 0],
  ]);

  test.each([
    ['within', [1, 1], [0.5, 0.25, 0.25]],
    ['on a side', [0, 1], [0.75, 0.25, 0]],
    ['on the longest side', [1, 3], [0, 0.75, 0.25]],
    ['on a corner', [4, 0], [0, 0, 1]],
    ['outside, near one', [-0.1, 3], [0, 1, 0]],
    ['just outside', [-1e-300, 3], [0, 1, 0]],
  ] satisfies [string, [number, number], number[]][])('a pixel %s', (_, pixel, weights) => {
    expect([...denseOf(delaunayMapper({ vertices, grid: gridOf([pixel]) }))]).toEqual(weights);
  });

  test('a pixel outside takes up one entry, the rest is padding', () => {
    const { pixIndexesForSubSlimIndex, pixWeightsForSubSlimIndex } = delaunayMapper({
      vertices,
      grid: gridOf([[9, 9]]),
    });
    expect([...pixIndexesForSubSlimIndex.data]).toEqual([1, -1, -1]);
    expect([...pixWeightsForSubSlimIndex.data]).toEqual([1, 0, 0]);
  });

  test('no pixel at all is an empty mapping', () => {
    expect(delaunayMapper({ vertices, grid: gridOf([]) }).pixIndexesForSubSlimIndex.shape).toEqual([0, 3]);
  });

  test('pixels that are not finite are refused', () => {
    const error = thrownBy(() => delaunayMapper({ vertices, grid: real([0, Number.POSITIVE_INFINITY], [1, 2]) }));
    expect(isWtildeError(error, 'InvalidValue')).toBe(true);
    expect(String(error)).toContain('grid');
  });
});

describe('any mesh', () => {
  test('weights add up to 1, and reproduce the pixel inside the hull', () => {
    fc.assert(
      fc.property(problems, ({ places, pixels }) => {
        const mapper = delaunayMapper({ vertices: gridOf(places), grid: gridOf(pixels) });
        pixels.forEach(([y, x], row) => {
          const entries = rowOf(mapper, row);
          const sum = (of: (entry: (typeof entries)[number]) => number) =>
            entries.reduce((total, entry) => total + of(entry), 0);
          expect(Math.abs(sum(({ weight }) => weight) - 1)).toBeLessThan(1e-14);
          if (entries.length < 3) return;
          expect(Math.abs(sum(({ weight, vertex }) => weight * places[vertex][0]) - y)).toBeLessThan(1e-13);
          expect(Math.abs(sum(({ weight, vertex }) => weight * places[vertex][1]) - x)).toBeLessThan(1e-13);
        });
      }),
    );
  });

  test('a pixel outside the hull maps to the nearest vertex', () => {
    fc.assert(
      fc.property(problems, ({ places, pixels }) => {
        const mapper = delaunayMapper({ vertices: gridOf(places), grid: gridOf(pixels) });
        pixels.forEach((pixel, row) => {
          const [entry, ...others] = rowOf(mapper, row);
          if (others.length > 0) return;
          const least = Math.min(...places.map((place) => distance(place, pixel)));
          expect(entry.weight).toBe(1);
          expect(distance(places[entry.vertex], pixel)).toBeLessThanOrEqual(least + 1e-15);
        });
      }),
    );
  });

  test('a pixel on a vertex maps to it alone', () => {
    fc.assert(
      fc.property(problems, ({ places }) => {
        const mapper = delaunayMapper({ vertices: gridOf(places), grid: gridOf(places) });
        places.forEach((place, row) => {
          for (const { vertex, weight } of rowOf(mapper, row)) {
            if (String(places[vertex]) === String(place)) expect(weight).toBeCloseTo(1, 13);
            else expect(Math.abs(weight)).toBeLessThan(1e-13);
          }
        });
      }),
    );
  });

  test('does not depend on the order of the vertices', () => {
    const both = problems.chain(({ places, pixels }) =>
      shuffled(places).map((other) => ({ places, pixels, other: other.places })),
    );
    fc.assert(
      fc.property(both, ({ places, pixels, other }) => {
        const byPlace = (of: Places) => {
          const mapper = delaunayMapper({ vertices: gridOf(of), grid: gridOf(pixels) });
          return pixels.map((_, row) => rowOf(mapper, row).map(({ vertex, weight }) => [of[vertex], weight]));
        };
        expect(byPlace(other)).toEqual(byPlace(places));
      }),
    );
  });

  test('the kernels take its neighbours', () => {
    const { constantRegularizationMatrixFrom } = createReferenceBackend().kernels;
    fc.assert(
      fc.property(problems, ({ places }) => {
        const { neighbors, neighborsSizes } = delaunayMapper({ vertices: gridOf(places), grid: gridOf([]) });
        const H = constantRegularizationMatrixFrom({ coefficient: 1, neighbors, neighborsSizes });
        expect(H.shape).toEqual([places.length, places.length]);
      }),
    );
  });
});

describe('a mesh whose vertices all but coincide', () => {
  test('maps every pixel to finite weights of vertices near it', () => {
    const cluster = fc.tuple(
      fc.array(fc.tuple(coordinate, coordinate), { minLength: 3, maxLength: 30 }),
      fc.double({ min: -18, max: -6, noNaN: true }),
    );
    fc.assert(
      fc.property(cluster, ([offsets, exponent]) => {
        const around = offsets.map(([y, x]) => [0.7 + 10 ** exponent * y, 0.3 + 10 ** exponent * x] as const);
        const places = [...around, [0, 0], [1, 0], [0, 1], [1, 1]] as const;
        const pixels = [...around, [0.5, 0.5], [0.69, 0.31], [2, 0.6]] as const;
        const mapper = delaunayMapper({ vertices: gridOf(places), grid: gridOf(pixels) });
        pixels.forEach((pixel, row) => {
          const entries = rowOf(mapper, row);
          const total = entries.reduce((sum, { weight }) => sum + weight, 0);
          expect(Math.abs(total - 1)).toBeLessThan(1e-12);
          if (row >= around.length) return;
          const y = entries.reduce((sum, { vertex, weight }) => sum + weight * places[vertex][0], 0);
          expect(Math.abs(y - pixel[0])).toBeLessThan(1e-12);
        });
      }),
    );
  });
});

describe('vertices at one place', () => {
  const grid = gridOf([-1, 0, 1].flatMap((row) => [-1, 0, 1].map((column) => [-row, column] as const)));
  const places: Places = [
    [-1.5, -1.5],
    [-1.5, 1.5],
    [1.4, -1.5],
    [1.5, 1.6],
    [0.1, 0.2],
  ];

  function withRepeats(repeats: Places): { readonly mapper: Mapper; readonly vertices: NdArray<'real'> } {
    const vertices = gridOf([...places, ...repeats]);
    return { mapper: delaunayMapper({ vertices, grid }), vertices };
  }

  test('change the evidence by their number alone, and have the value of the one that pixels map to', () => {
    const plain = logEvidenceOf(withRepeats([]).mapper, 0.5);
    const repeated = logEvidenceOf(
      withRepeats([
        [0.1, 0.2],
        [1.4, -1.5],
        [0.1, 0.2],
      ]).mapper,
      0.5,
    );
    const gain = Math.log(8 / 5) / 2;
    expect(Math.abs(repeated.logEvidence - plain.logEvidence - gain)).toBeLessThan(1e-6);
    const source = [...repeated.reconstruction.data];
    expect(furthest(source.slice(0, 5), plain.reconstruction.data)).toBeLessThan(1e-7);
    expect(furthest(source.slice(5), [source[4], source[2], source[4]])).toBeLessThan(1e-7);
  });
});
