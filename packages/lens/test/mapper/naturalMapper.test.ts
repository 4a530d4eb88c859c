import { isWtildeError, real } from '@wtilde/core-types';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { naturalMapper } from '../../src/index.js';
import { framedMesh } from '../../src/mesh/framedMesh.js';
import { gridOf, type Places } from '../mesh/pointSets.js';
import { thrownBy } from '../mesh/thrownBy.js';
import { allWeights, framed, interpolations, linearError, placesOf } from './allWeights.js';
import { clippedCells } from './clippedCells.js';
import { denseOf, furthest } from './denseOf.js';
import { testWithGoldenNatural } from './goldenNatural.js';
import { scattered, seeded } from './scatter.js';

describe("Sibson's weights", () => {
  testWithGoldenNatural('the weights of 300 points to 1e-11', ({ vertices, sibson }, mesh, grid) => {
    const rows = allWeights(mesh, 'natural', grid);
    sibson.forEach(({ neighbours, weights }, at) => {
      const golden = new Float64Array(vertices.length);
      neighbours.forEach((vertex, k) => {
        golden[vertex] = weights[k];
      });
      expect(furthest(rows[at], golden)).toBeLessThan(1e-11);
    });
  });

  test('are the areas that clipping half-planes gives', () => {
    const random = seeded(1);
    const mesh = framedMesh(gridOf(scattered(40, random)));
    const points = scattered(60, random);
    const vertices = placesOf(mesh.points);
    allWeights(mesh, 'natural', gridOf(points)).forEach((weights, at) => {
      expect(furthest(weights, clippedCells(vertices, points[at]))).toBeLessThan(1e-10);
    });
  });
});

describe("Laplace's weights", () => {
  test('are facets over distances: those of a square, by hand', () => {
    const places: Places = [
      [1, 1],
      [1, -1],
      [-1, -1],
      [-1, 1],
    ];
    const { mesh } = naturalMapper({ vertices: gridOf(places), grid: gridOf([]), interpolation: 'laplace' });
    const [middle, aside] = allWeights(
      mesh,
      'laplace',
      gridOf([
        [0, 0],
        [0, 0.5],
      ]),
    );
    expect(furthest(middle.subarray(0, 4), [0.25, 0.25, 0.25, 0.25])).toBeLessThan(1e-15);
    expect(furthest(aside.subarray(0, 4), [0.375, 0.125, 0.125, 0.375])).toBeLessThan(1e-15);
  });
});

describe.each(interpolations)('%s weights', (interpolation) => {
  test('reproduce linear functions to 1e-13', () => {
    const random = seeded(2);
    const mesh = framedMesh(gridOf(scattered(300, random)));
    const points = scattered(1000, random, 3);
    const vertices = placesOf(mesh.points);
    allWeights(mesh, interpolation, gridOf(points)).forEach((weights, at) => {
      expect(linearError(weights, vertices, points[at])).toBeLessThan(1e-13);
    });
  });

  test('of any vertices are at least 0, add up to 1 and have their mean at the pixel', () => {
    fc.assert(
      fc.property(framed, ({ places, pixels }) => {
        const mesh = framedMesh(gridOf(places));
        const vertices = placesOf(mesh.points);
        allWeights(mesh, interpolation, gridOf(pixels)).forEach((weights, at) => {
          if (weights.every((weight) => weight === 0)) return;
          expect(linearError(weights, vertices, pixels[at])).toBeLessThan(1e-10);
          if (interpolation !== 'barycentric') expect(Math.min(...weights)).toBeGreaterThanOrEqual(0);
        });
      }),
    );
  });

  test('of a pixel on a vertex are that vertex alone', () => {
    fc.assert(
      fc.property(framed, ({ places }) => {
        const dense = denseOf(naturalMapper({ vertices: gridOf(places), grid: gridOf(places), interpolation }));
        places.forEach((place, row) => {
          const here = places.reduce(
            (sum, other, at) => sum + (String(other) === String(place) ? dense[row * places.length + at] : 0),
            0,
          );
          expect(here).toBeCloseTo(1, 13);
        });
      }),
    );
  });

  test('are the same for a mirrored and for a turned lattice, whose ties are decided otherwise', () => {
    const lattice = Array.from({ length: 49 }, (_, at) => [Math.floor(at / 7) - 3, (at % 7) - 3] as const);
    const ring = Array.from({ length: 12 }, (_, at) => [Math.sin((at * Math.PI) / 6), Math.cos((at * Math.PI) / 6)]);
    const around = [[0, 0] as const, ...ring.flatMap(([y, x]) => [1, 2].map((size) => [size * y, size * x] as const))];
    const pixels = scattered(60, seeded(3), 7).concat([
      [0.5, 0.5],
      [1.5, 0],
      [0, 0],
      [2, -0.25],
    ]);
    for (const places of interpolation === 'barycentric' ? [] : [lattice, around]) {
      const turned = (angle: number, sign: number) => (all: Places) =>
        all.map(([y, x]) => {
          const [c, s] = [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)];
          return [c * y + s * x, sign * (c * x - s * y)] as const;
        });
      const whole = (move: (all: Places) => Places) => {
        const made = naturalMapper({ vertices: gridOf(move(places)), grid: gridOf(move(pixels)), interpolation });
        return { dense: denseOf(made), diagonal: made.graph.diagonal };
      };
      const plain = whole((all) => all);
      for (const [angle, sign] of [
        [0, -1],
        [90, 1],
        [15, 1],
        [105, -1],
        [180, 1],
      ]) {
        const other = whole(turned(angle, sign));
        expect(furthest(other.dense, plain.dense)).toBeLessThan(1e-10);
        expect(furthest(other.diagonal, plain.diagonal)).toBeLessThan(1e-10);
      }
    }
  });
});

describe('arguments', () => {
  const vertices = gridOf(scattered(5, seeded(6)));

  test.each([
    ['InvalidOption', () => naturalMapper({ vertices, grid: vertices, interpolation: JSON.parse('"sibson"') })],
    ['InvalidValue', () => naturalMapper({ vertices, grid: real([0, Number.NaN], [1, 2]) })],
    ['ShapeMismatch', () => naturalMapper({ vertices: real([0, 1, 2], [3]), grid: vertices })],
  ] as const)('%s', (code, call) => {
    expect(isWtildeError(thrownBy(call), code)).toBe(true);
  });
});
