import { describe, expect, test } from 'vitest';
import { graphDerivatives, matrixOfGraph, type WeightedGraph } from '../../src/index.js';

/** A grid of rows by columns vertices with edges of every weight; `isolated` more without any. */
function grid(rows: number, columns: number, weight: number, ground: number, isolated = 0): WeightedGraph {
  const inner = rows * columns;
  const order = inner + isolated;
  const neighbors = new Int32Array(4 * order).fill(-1);
  const sizes = new Int32Array(order);
  const weights = new Float64Array(4 * order).fill(Number.NaN);
  const join = (a: number, b: number) => {
    const w = weight * (0.2 + ((0.618 * (a + 1) + 0.755 * (b + 1)) % 1));
    for (const [i, j] of [
      [a, b],
      [b, a],
    ]) {
      weights[4 * i + sizes[i]] = w;
      neighbors[4 * i + sizes[i]++] = j;
    }
  };
  for (let i = 0; i < inner; i++) {
    if ((i + 1) % columns !== 0) join(i, i + 1);
    if (i + columns < inner) join(i, i + columns);
  }
  const diagonal = Float64Array.from({ length: order }, (_, i) => ground * (1 + (i % 3)));
  return { order, neighbors, sizes, weights, diagonal };
}

/** H^-1 by Gauss and Jordan. */
function inverseOfGraph(graph: WeightedGraph): number[][] {
  const { order } = graph;
  const H = matrixOfGraph(graph);
  const rows = Array.from({ length: order }, (_, i) =>
    Array.from({ length: 2 * order }, (_other, j) => (j < order ? H[i * order + j] : Number(j - order === i))),
  );
  for (let k = 0; k < order; k++) {
    const pivot = rows[k][k];
    rows[k] = rows[k].map((value) => value / pivot);
    for (let i = 0; i < order; i++) {
      if (i === k) continue;
      const factor = rows[i][k];
      rows[i] = rows[i].map((value, j) => value - factor * rows[k][j]);
    }
  }
  return rows.map((row) => row.slice(order));
}

describe('derivatives of log det H of a weighted graph', () => {
  test.each([
    [1, 1, 0],
    [1, 7, 0],
    [4, 5, 3],
    [9, 9, 0],
  ])('are resistances, on %i by %i vertices and %i alone', (rows, columns, isolated) => {
    const graph = grid(rows, columns, 1, 0.3, isolated);
    const { byWeights, byDiagonal, logDet } = graphDerivatives(graph);
    const inverse = inverseOfGraph(graph);
    byDiagonal.forEach((value, i) => {
      expect(Math.abs(value / inverse[i][i] - 1)).toBeLessThan(1e-12);
    });
    let logDets = 0;
    for (let i = 0; i < graph.order; i++) {
      for (let slot = 4 * i; slot < 4 * i + graph.sizes[i]; slot++) {
        const j = graph.neighbors[slot];
        const form = inverse[i][i] + inverse[j][j] - 2 * inverse[i][j];
        expect(Math.abs(byWeights[slot] / form - 1)).toBeLessThan(1e-12);
        logDets += (graph.weights[slot] * byWeights[slot]) / 2;
      }
      logDets += graph.diagonal[i] * byDiagonal[i];
    }
    // log det(t H) = log det H + S log t
    expect(Math.abs(logDets - graph.order)).toBeLessThan(1e-11 * graph.order);
    expect(Number.isFinite(logDet)).toBe(true);
  });

  test.each([1e-8, 1e-12, 1e-16, 1e8])('keep their digits beside a ground of %d of the weights', (ground) => {
    const graph = grid(6, 7, 1, ground);
    const { byWeights, byDiagonal } = graphDerivatives(graph);
    let trace = 0;
    for (let i = 0; i < graph.order; i++) {
      trace += graph.diagonal[i] * byDiagonal[i];
      for (let slot = 4 * i; slot < 4 * i + graph.sizes[i]; slot++) {
        trace += (graph.weights[slot] * byWeights[slot]) / 2;
      }
    }
    expect(Math.abs(trace - graph.order)).toBeLessThan(1e-11 * graph.order);
    if (ground < 1) {
      // Foster 1949: without the earth the weighted resistances of all edges sum to S - 1.
      const edges = byWeights.reduce((sum, value, at) => sum + (value === 0 ? 0 : value * graph.weights[at]) / 2, 0);
      expect(Math.abs(edges - (graph.order - 1))).toBeLessThan(1e-10 + 1e3 * ground);
    }
  });

  test('are refused for a connected part without a ground', () => {
    expect(() => graphDerivatives(grid(2, 2, 1, 0))).toThrow(/not positive definite/);
  });
});
