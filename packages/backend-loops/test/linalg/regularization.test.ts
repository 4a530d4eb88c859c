import { isWtildeError } from '@wtilde/core-types';
import {
  bandwidthOrder,
  choleskyOf,
  constantGraph,
  constantRegularizationMatrix,
  logDeterminant,
  type NeighborGraph,
} from '@wtilde/numerics';
import { describe, expect, it } from 'vitest';
import { logDetWeightedGraph } from '../../src/linalg/groundedLaplacian.js';
import { exactLogDeterminant } from './exactDeterminant.js';
import { complete, cycle, graphOf, path, randomGraph, rectangle, shuffled, star, union } from './graphs.js';

const logDetConstantRegularizationMatrix = (coefficient: number, graph: NeighborGraph) =>
  logDetWeightedGraph(constantGraph(coefficient, graph));

const coefficients = [0, 1e-3, 0.01, 0.37, 1, 10, 100, 1e3];

const relative = (actual: number, expected: number) => Math.abs(actual / expected - 1);

/** sum log(c^2 lambda + 1e-8) over the eigenvalues of a Laplacian. */
function logDetOfSpectrum(spectrum: readonly number[], coefficient: number): number {
  return spectrum.reduce((sum, lambda) => sum + Math.log(coefficient ** 2 * lambda + 1e-8), 0);
}

const times = (count: number, value: number): number[] => new Array<number>(count).fill(value);

const pathSpectrum = (n: number) => Array.from({ length: n }, (_, k) => 4 * Math.sin((Math.PI * k) / (2 * n)) ** 2);

describe('log det H', () => {
  const small: readonly (readonly [string, NeighborGraph])[] = [
    ['a single vertex', graphOf(1, [])],
    ['isolated vertices', graphOf(5, [])],
    ['an edge', path(2)],
    ['a triangle', complete(3)],
    ['a path of 17', shuffled(path(17), 1)],
    ['a rectangle of 7 x 8', shuffled(rectangle(7, 8), 2)],
    ['a star of 40', shuffled(star(40), 3)],
    ['a sparse random graph in pieces', randomGraph(50, 0.03, 4)],
    ['a dense random graph', randomGraph(30, 0.6, 5)],
    ['components of every kind', shuffled(union(rectangle(5, 5), graphOf(3, []), star(9), cycle(11), path(2)), 6)],
  ];

  it.each(small)('of %s agrees with the exact determinant', (_, graph) => {
    for (const c of coefficients) {
      const exact = exactLogDeterminant(graph, c * c, 1e-8);
      expect(relative(logDetConstantRegularizationMatrix(c, graph), exact)).toBeLessThan(2e-14);
    }
  });

  it('agrees with the exact determinant where a dense factorization has lost its digits', () => {
    const graph = rectangle(7, 8);
    const errors = [100, 1e3].map((c) => {
      const exact = exactLogDeterminant(graph, c * c, 1e-8);
      const matrix = constantRegularizationMatrix(c, graph);
      let dense = Number.NaN;
      try {
        dense = logDeterminant(choleskyOf(graph.order, [matrix]));
      } catch {
        // At c = 1000 rounding can make the matrix indefinite, which is worse still.
      }
      expect(relative(logDetConstantRegularizationMatrix(c, graph), exact)).toBeLessThan(1e-14);
      return Math.abs(dense - exact);
    });
    expect(errors[0]).toBeGreaterThan(1e-6);
    expect(errors[1] < 1e-3).toBe(false);
  });

  const large: readonly (readonly [string, NeighborGraph, readonly number[]])[] = [
    ['a path of 1500', path(1500), pathSpectrum(1500)],
    ['a cycle of 301', cycle(301), Array.from({ length: 301 }, (_, k) => 4 * Math.sin((Math.PI * k) / 301) ** 2)],
    ['the complete graph of 120', complete(120), [0, ...times(119, 120)]],
    ['a star of 1500', star(1500), [0, ...times(1498, 1), 1500]],
    ['a rectangle of 30 x 50', rectangle(30, 50), pathSpectrum(30).flatMap((a) => pathSpectrum(50).map((b) => a + b))],
    [
      'a rectangle, a star, a triangle and 100 lonely pixels',
      union(rectangle(20, 33), star(200), complete(3), graphOf(100, [])),
      [
        ...pathSpectrum(20).flatMap((a) => pathSpectrum(33).map((b) => a + b)),
        ...[0, ...times(198, 1), 200],
        ...[0, 3, 3],
        ...times(100, 0),
      ],
    ],
  ];

  it.each(large)('of %s agrees with the spectrum, however its vertices are numbered', (_, graph, spectrum) => {
    for (const c of coefficients) {
      const expected = logDetOfSpectrum(spectrum, c);
      for (const numbered of [graph, shuffled(graph, 7)]) {
        expect(relative(logDetConstantRegularizationMatrix(c, numbered), expected)).toBeLessThan(1e-12);
      }
    }
  });

  it('with coefficient 0 is that of the ridge, and the sign of a coefficient is no matter', () => {
    const graph = rectangle(4, 4);
    expect(logDetConstantRegularizationMatrix(0, graph)).toBeCloseTo(16 * Math.log(1e-8), 10);
    expect(logDetConstantRegularizationMatrix(-2, graph)).toBe(logDetConstantRegularizationMatrix(2, graph));
  });

  it('of no vertices is 0', () => {
    expect(logDetConstantRegularizationMatrix(1, graphOf(0, []))).toBe(0);
  });

  it.each([NaN, Infinity])('with coefficient %d is a numerical failure', (c) => {
    expect(() => logDetConstantRegularizationMatrix(c, path(5))).toThrow(
      expect.toSatisfy((error: unknown) => isWtildeError(error, 'NumericalFailure')),
    );
  });

  it('leaves the graph alone', () => {
    const graph = rectangle(5, 7);
    const copy = { ...graph, neighbors: graph.neighbors.slice(), sizes: graph.sizes.slice() };
    logDetConstantRegularizationMatrix(1, graph);
    expect(graph).toEqual(copy);
  });
});

describe('the bandwidth order', () => {
  it.each([
    ['a rectangle', rectangle(9, 31), 10],
    ['a path', path(200), 1],
    ['a cycle', cycle(200), 2],
    ['components', union(path(50), rectangle(3, 40), graphOf(4, [])), 4],
  ])('of %s lists every vertex once and keeps neighbours close', (_, graph, bandwidth) => {
    const mixed = shuffled(graph, 8);
    const order = bandwidthOrder(mixed);
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: mixed.order }, (_, i) => i));
    const places = new Map(Array.from(order, (vertex, place) => [vertex, place]));
    const slots = mixed.neighbors.length / mixed.order;
    let widest = 0;
    for (let i = 0; i < mixed.order; i++) {
      for (const j of mixed.neighbors.subarray(i * slots, i * slots + mixed.sizes[i])) {
        widest = Math.max(widest, Math.abs((places.get(i) ?? NaN) - (places.get(j) ?? NaN)));
      }
    }
    expect(widest).toBeLessThanOrEqual(bandwidth);
  });
});

describe('the constant regularization matrix', () => {
  it('is written out for three pixels in a row and one apart', () => {
    const out = new Float64Array(16).fill(NaN);
    const h = constantRegularizationMatrix(2, union(path(3), graphOf(1, [])), out);
    expect(h).toBe(out);
    expect(Array.from(h)).toEqual(
      [
        [4 + 1e-8, -4, 0, 0],
        [-4, 8 + 1e-8, -4, 0],
        [0, -4, 4 + 1e-8, 0],
        [0, 0, 0, 1e-8],
      ].flat(),
    );
  });

  it('takes the lists as they are', () => {
    const graph = { order: 2, neighbors: Int32Array.of(1, 1, 0, 0), sizes: Int32Array.of(2, 0) };
    expect(Array.from(constantRegularizationMatrix(1, graph))).toEqual([2 + 1e-8, -2, 0, 1e-8]);
  });
});
