import { isWtildeError, type NdArray, real } from '@wtilde/core-types';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type MeshInterpolation, naturalMapper } from '../../src/index.js';
import { interpolationOf, rowsOf } from '../../src/mapper/naturalMapper.js';
import { type FramedMesh, framedMesh, joined } from '../../src/mesh/framedMesh.js';
import { gridOf, type Places, pointSets } from '../mesh/pointSets.js';
import { thrownBy } from '../mesh/thrownBy.js';
import { clippedCells } from './clippedCells.js';
import { denseOf, furthest } from './denseOf.js';
import { testWithGoldenNatural } from './goldenNatural.js';
import { scattered, seeded } from './scatter.js';

const interpolations = ['natural', 'laplace', 'barycentric'] as const;

/** The weights (M, S + 24) of all vertices, those of the frame as well. */
function allWeights(mesh: FramedMesh, interpolation: MeshInterpolation, grid: NdArray<'real'>): Float64Array[] {
  const [pixels] = mesh.points.shape;
  const { indexes, weights } = rowsOf(interpolationOf(mesh, interpolation), grid, pixels);
  const dense = denseOf({ pixels, pixIndexesForSubSlimIndex: indexes, pixWeightsForSubSlimIndex: weights });
  return Array.from({ length: grid.shape[0] }, (_, row) => dense.slice(row * pixels, (row + 1) * pixels));
}

const placesOf = ({ data, shape }: NdArray<'real'>): Places =>
  Array.from({ length: shape[0] }, (_, at) => [data[2 * at], data[2 * at + 1]] as const);

/** How far the weighted mean of the vertices is from the point, or the sum of the weights from 1. */
function linearError(weights: Float64Array, vertices: Places, [y, x]: readonly [number, number]): number {
  let [sum, meanY, meanX] = [-1, -y, -x];
  weights.forEach((weight, vertex) => {
    sum += weight;
    meanY += weight * vertices[vertex][0];
    meanX += weight * vertices[vertex][1];
  });
  return Math.max(Math.abs(sum), Math.abs(meanY), Math.abs(meanX));
}

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

const coordinate = fc.double({ min: -1.5, max: 1.5, noNaN: true });

/** Vertices not all at one place, on one line for all one knows; pixels around them, on them and on edges. */
const framed = fc
  .tuple(pointSets, fc.array(fc.tuple(coordinate, coordinate), { maxLength: 20 }))
  .filter(([places]) => places.some((place) => String(place) !== String(places[0])))
  .map(([places, pixels]) => ({
    places,
    pixels: [
      ...pixels,
      ...places,
      ...places.slice(1).map(([y, x], at) => [(y + places[at][0]) / 2, (x + places[at][1]) / 2] as const),
    ],
  }));

describe('what a lens may make of a mesh', () => {
  const random = seeded(4);
  const places = scattered(100, random);

  test('a vertex far out: all is finite, and near the others as if it were not there', () => {
    for (const distance of [1e2, 1e6, 1e12, 1e40]) {
      const vertices = gridOf([...places, [distance, distance / 3]]);
      const { mesh, graph } = naturalMapper({ vertices, grid: gridOf([]) });
      expect(Math.hypot(distance - mesh.frame.centre[0], distance / 3 - mesh.frame.centre[1])).toBeLessThan(
        0.9 * mesh.frame.radius,
      );
      expect([...graph.weights, ...graph.diagonal].every((weight) => weight >= 0 && weight < 100 * distance)).toBe(
        true,
      );
      const points = scattered(20, random, 1);
      allWeights(mesh, 'natural', gridOf(points)).forEach((weights, at) => {
        expect(linearError(weights, placesOf(mesh.points), points[at])).toBeLessThan(1e-10);
      });
    }
  });

  test('vertices on one line are a mesh', () => {
    const line = Array.from({ length: 9 }, (_, at) => [0.1 * at, 0.3 * at] as const);
    const { graph, mesh } = naturalMapper({ vertices: gridOf(line), grid: gridOf([]) });
    expect(graph.sizes.every((size) => size > 0)).toBe(true);
    expect(graph.diagonal.every((weight) => weight > 0)).toBe(true);
    const [weights] = allWeights(mesh, 'natural', gridOf([[0.25, 0.75]]));
    expect(furthest(weights.subarray(0, 9), [0, 0, 0.5, 0.5, 0, 0, 0, 0, 0])).toBeLessThan(0.1);
  });

  test.each([
    ['none', []],
    ['one', [[0.3, 0.4]]],
    ['all at one place', Array.from({ length: 50 }, () => [0.3, 0.4] as const)],
    ['all within rounding of one place', Array.from({ length: 50 }, (_, at) => [0.3 + at * 1e-16, 0.4] as const)],
  ] satisfies [string, Places][])('vertices, %s: refused', (_, vertices) => {
    const error = thrownBy(() => naturalMapper({ vertices: gridOf(vertices), grid: gridOf([]) }));
    expect(isWtildeError(error, 'InvalidValue')).toBe(true);
    expect(String(error)).toContain('vertices');
  });

  test('a vertex at the place of another keeps its column, and the evidence its pixels', () => {
    const plain = naturalMapper({ vertices: gridOf(places), grid: gridOf(scattered(50, seeded(5))) });
    const repeated = naturalMapper({
      vertices: gridOf([...places, places[7], places[7]]),
      grid: gridOf(scattered(50, seeded(5))),
    });
    expect(repeated.graph.order).toBe(102);
    expect([7, 100, 101].map((vertex) => repeated.graph.sizes[vertex]).filter((size) => size === 1)).toHaveLength(2);
    expect(repeated.pixIndexesForSubSlimIndex.shape[0]).toBe(plain.pixIndexesForSubSlimIndex.shape[0]);
  });

  test('a pixel beyond the frame, on its rim or on one of its places maps to nothing', () => {
    const { mesh } = naturalMapper({ vertices: gridOf(places), grid: gridOf([]) });
    const rim = placesOf(mesh.points).slice(100);
    const middle = [(rim[0][0] + rim[1][0]) / 2, (rim[0][1] + rim[1][1]) / 2] as const;
    const { pixWeightsForSubSlimIndex: weights } = naturalMapper({
      vertices: gridOf(places),
      grid: gridOf([...rim, [1e3, 0], [1e50, -1e50], middle]),
    });
    expect(Math.max(0, ...weights.data)).toBeLessThan(1e-12);
  });

  test('a pixel on a side of the hull maps to nothing, one just within to the corners of that side', () => {
    const corners: Places = [
      [-4, -4],
      [-4, 4],
      [4, 4],
      [4, -4],
    ];
    const vertices = gridOf([[0, 0.5]]);
    const mesh = joined(vertices, { centre: [0, 0], radius: 4 }, gridOf([[0, 0.5], ...corners]));
    const pixels: Places = [
      [4, 0],
      [-1, 4],
      [4 - 2 ** -50, 0],
    ];
    for (const interpolation of ['natural', 'laplace'] as const) {
      const [top, right, within] = allWeights(mesh, interpolation, gridOf(pixels));
      expect(Math.max(...top, ...right)).toBe(0);
      expect(furthest(within, [0, 0, 0, 0.5, 0.5])).toBeLessThan(1e-12);
    }
  });

  test('a row is as long as it needs to be', () => {
    const circle = Array.from({ length: 200 }, (_, at) => [Math.sin(at), Math.cos(at)] as const);
    const { pixIndexesForSubSlimIndex: indexes, ...mapper } = naturalMapper({
      vertices: gridOf(circle),
      grid: gridOf([
        [0, 0],
        [0.01, 0.02],
        [99, 0],
      ]),
    });
    expect(indexes.shape[1]).toBeGreaterThan(190);
    expect([...indexes.data.subarray(2 * indexes.shape[1])].every((vertex) => vertex === -1)).toBe(true);
    const sums = [0, 1, 2].map((row) =>
      mapper.pixWeightsForSubSlimIndex.data
        .subarray(row * indexes.shape[1], (row + 1) * indexes.shape[1])
        .reduce((sum, weight) => sum + weight, 0),
    );
    expect(furthest(sums, [1, 1, 0])).toBeLessThan(1e-12);
  });

  test('vertices that all but coincide: finite weights, of the pixel where it lies among them', () => {
    const cluster = fc.tuple(
      fc.array(fc.tuple(coordinate, coordinate), { minLength: 3, maxLength: 30 }),
      fc.double({ min: -18, max: -6, noNaN: true }),
    );
    fc.assert(
      fc.property(cluster, fc.constantFrom(...interpolations), ([offsets, exponent], interpolation) => {
        const around = offsets.map(([y, x]) => [0.7 + 10 ** exponent * y, 0.3 + 10 ** exponent * x] as const);
        const vertices = [...around, [0, 0], [1, 0], [0, 1], [1, 1]] as const;
        const pixels: Places = [...around, [0.5, 0.5], [0.69, 0.31], [0.8, 0.6]];
        const mesh = framedMesh(gridOf(vertices));
        allWeights(mesh, interpolation, gridOf(pixels)).forEach((weights, at) => {
          expect(linearError(weights, placesOf(mesh.points), pixels[at])).toBeLessThan(1e-9);
        });
        const { graph } = naturalMapper({ vertices: gridOf(vertices), grid: gridOf([]) });
        expect([...graph.weights, ...graph.diagonal].every((weight) => weight >= 0 && weight < 1e300)).toBe(true);
      }),
    );
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
