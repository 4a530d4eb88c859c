import { isWtildeError } from '@wtilde/core-types';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { naturalMapper } from '../../src/index.js';
import { framedMesh, joined } from '../../src/mesh/framedMesh.js';
import { gridOf, type Places } from '../mesh/pointSets.js';
import { thrownBy } from '../mesh/thrownBy.js';
import { allWeights, coordinate, interpolations, linearError, placesOf } from './allWeights.js';
import { furthest } from './denseOf.js';
import { scattered, seeded } from './scatter.js';

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
