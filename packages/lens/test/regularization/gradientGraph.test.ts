import { matrixOfGraph } from '@wtilde/numerics';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { naturalMapper } from '../../src/index.js';
import { framedMesh } from '../../src/mesh/framedMesh.js';
import { gradientGraph } from '../../src/regularization/gradientGraph.js';
import { testWithGoldenNatural } from '../mapper/goldenNatural.js';
import { scattered, seeded } from '../mapper/scatter.js';
import { gridOf, type Places, pointSets } from '../mesh/pointSets.js';

const graphOf = (places: Places) => gradientGraph(framedMesh(gridOf(places)));

describe('the graph of the regularization gradient', () => {
  // The file's clipping is off by up to 1e-10 at edges of thin triangles, where rational numbers agree with ours.
  testWithGoldenNatural('facets over edges of 104 vertices', ({ edges }, mesh) => {
    const graph = gradientGraph(mesh);
    const matrix = matrixOfGraph({ ...graph, diagonal: new Float64Array(80) });
    const toFrame = new Float64Array(80);
    let inner = 0;
    for (const [start, end, ratio] of edges) {
      if (end >= 80) toFrame[start] += ratio;
      else {
        expect(Math.abs(matrix[80 * start + end] + ratio)).toBeLessThan(1.5e-10);
        inner++;
      }
    }
    expect(inner).toBe(graph.weights.filter((weight) => weight > 0).length / 2);
    graph.diagonal.forEach((weight, vertex) => {
      expect(Math.abs(weight - toFrame[vertex])).toBeLessThan(1e-11);
    });
  });

  test('agrees with rational numbers to 1e-13 of the largest', () => {
    const places = scattered(40, seeded(31));
    const mesh = framedMesh(gridOf(places));
    const { weights, diagonal, neighbors, sizes } = gradientGraph(mesh);
    const all = Array.from(
      { length: 64 },
      (_, at) => [mesh.points.data[2 * at], mesh.points.data[2 * at + 1]] as const,
    );
    const slots = weights.length / 40;
    let edges = 0;
    for (let vertex = 0; vertex < 40; vertex++) {
      const ratios = all.map((_, other) => (other === vertex ? 0 : exactRatio(all, vertex, other)));
      for (let slot = 0; slot < sizes[vertex]; slot++, edges++) {
        const at = vertex * slots + slot;
        expect(Math.abs(weights[at] / ratios[neighbors[at]] - 1)).toBeLessThan(1e-11);
      }
      const toFrame = ratios.slice(40).reduce((sum, ratio) => sum + ratio, 0);
      expect(Math.abs(diagonal[vertex] - toFrame)).toBeLessThan(1e-13);
      expect(ratios.slice(0, 40).filter((ratio) => ratio > 0)).toHaveLength(sizes[vertex]);
    }
    expect(edges).toBeGreaterThan(150);
  });

  test('on a square lattice: 1 along its lines, 0 along the diagonals that ties leave open', () => {
    const lattice = Array.from({ length: 25 }, (_, at) => [Math.floor(at / 5), at % 5] as const);
    const matrix = matrixOfGraph(graphOf(lattice));
    for (const inner of [6, 7, 8, 11, 12, 13, 16, 17, 18]) {
      expect(matrix[25 * inner + inner]).toBeCloseTo(4, 13);
      for (const step of [1, -1, 5, -5]) expect(matrix[25 * inner + inner + step]).toBeCloseTo(-1, 13);
      for (const step of [6, -6, 4, -4]) expect(Math.abs(matrix[25 * inner + inner + step])).toBeLessThan(1e-14);
    }
  });

  test('is the energy of a linear source: area times slope squared, away from the frame', () => {
    const places = scattered(60, seeded(32));
    const mesh = framedMesh(gridOf(places));
    const matrix = matrixOfGraph(gradientGraph(mesh));
    // (H s)_i = 0 at a vertex whose neighbours are all source pixels: a linear source is harmonic.
    const source = places.map(([y, x]) => 3 * y - 2 * x + 1);
    const { diagonal } = gradientGraph(mesh);
    let inner = 0;
    diagonal.forEach((toFrame, vertex) => {
      if (toFrame > 0) return;
      const sum = source.reduce((total, value, other) => total + matrix[60 * vertex + other] * value, 0);
      expect(Math.abs(sum)).toBeLessThan(1e-11);
      inner++;
    });
    expect(inner).toBeGreaterThan(30);
  });

  test('does not change with the size of the mesh', () => {
    const places = scattered(30, seeded(33));
    const plain = graphOf(places);
    const large = graphOf(places.map(([y, x]) => [2 ** 40 * y, 2 ** 40 * x] as const));
    expect(large.weights).toEqual(plain.weights);
    expect(large.diagonal).toEqual(plain.diagonal);
  });

  test('of any vertices: neighbours are mutual, weights the same from both ends, every source pixel is held by the frame', () => {
    const spread = pointSets.filter((places) => places.some((place) => String(place) !== String(places[0])));
    fc.assert(
      fc.property(spread, (places) => {
        const mapper = naturalMapper({ vertices: gridOf(places), grid: gridOf([]) });
        const { order, neighbors, sizes, weights, diagonal } = mapper.graph;
        expect(order).toBe(places.length);
        expect(mapper.neighbors.data).toBe(neighbors);
        expect(mapper.neighborsSizes.data).toBe(sizes);
        const slots = mapper.neighbors.shape[1];
        const held = Array.from(diagonal, (weight) => weight > 0);
        for (let pass = 0; pass < order; pass++) {
          for (let vertex = 0; vertex < order; vertex++) {
            const row = neighbors.subarray(vertex * slots, vertex * slots + sizes[vertex]);
            row.forEach((other, slot) => {
              const back = neighbors.indexOf(vertex, other * slots);
              expect(weights[back]).toBe(weights[vertex * slots + slot]);
              if (held[other] && weights[back] > 0) held[vertex] = true;
            });
          }
          if (held.every(Boolean)) break;
        }
        expect(held.every(Boolean)).toBe(true);
        expect([...weights, ...diagonal].every((weight) => weight >= 0 && Number.isFinite(weight))).toBe(true);
      }),
    );
  });
});

const unit = 2 ** 100;
const exact = ([y, x]: readonly [number, number]) => [BigInt(y * unit), BigInt(x * unit)] as const;
type Exact = ReturnType<typeof exact>;

const area = (a: Exact, b: Exact, c: Exact) => (a[1] - c[1]) * (b[0] - c[0]) - (a[0] - c[0]) * (b[1] - c[1]);
const dot = (a: Exact, b: Exact, c: Exact) => (a[0] - c[0]) * (b[0] - c[0]) + (a[1] - c[1]) * (b[1] - c[1]);

/**
 * Facet over edge of two points among all, or 0 where they are no Voronoi neighbours, without any triangulation: the
 * facet ends at the circumcentres of the edge with the points of largest angle on either side of it.
 */
function exactRatio(all: Places, start: number, end: number): number {
  const [a, b] = [exact(all[start]), exact(all[end])];
  let [left, right]: [readonly [bigint, bigint] | undefined, readonly [bigint, bigint] | undefined] = [
    undefined,
    undefined,
  ];
  all.forEach((each, at) => {
    if (at === start || at === end) return;
    const point = exact(each);
    const [twice, cosine] = [area(a, b, point), dot(a, b, point)];
    const cot = twice > 0n ? ([cosine, twice] as const) : ([cosine, -twice] as const);
    const isLess = (other: readonly [bigint, bigint] | undefined) =>
      other === undefined || cot[0] * other[1] < other[0] * cot[1];
    if (twice > 0n && isLess(left)) left = cot;
    if (twice < 0n && isLess(right)) right = cot;
  });
  if (left === undefined || right === undefined) return 0;
  const over = left[0] * right[1] + right[0] * left[1];
  return over > 0n ? Number(over) / Number(2n * left[1] * right[1]) : 0;
}
