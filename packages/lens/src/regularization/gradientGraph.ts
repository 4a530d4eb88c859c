import type { WeightedGraph } from '@wtilde/numerics';
import { facetOverEdge, pullFacetOverEdge } from '../mesh/facets.js';
import { type FramedMesh, forEachEdge } from '../mesh/framedMesh.js';
import { neighborsOf } from '../mesh/neighbors.js';

/**
 * The weighted graph of the regularization `gradient` with coefficient 1: sum over the edges of the mesh of
 * w_ij (s_i - s_j)^2, with w_ij the Voronoi facet over the edge and s zero on the frame.
 *
 * It is the integral of |grad s|^2 for s linear in every triangle. Edges between source pixels are `weights`, edges to
 * the frame `diagonal`. A vertex that is a corner of no triangle, such as one at the place of another, is joined to the
 * nearest corner with weight 1: it has the value of that corner whatever the weight, which no evidence depends on.
 *
 * Cost: O(S).
 */
export function gradientGraph(mesh: FramedMesh): WeightedGraph {
  const { pixels, points } = mesh;
  const diagonal = new Float64Array(pixels);
  const ends: number[] = [];
  const ratios: number[] = [];
  function join(start: number, end: number, weight: number): void {
    if (start < pixels && end < pixels) {
      ends.push(start, end);
      ratios.push(weight);
    } else if (start < pixels) diagonal[start] += weight;
    else if (end < pixels) diagonal[end] += weight;
  }
  forEachEdge(mesh, (start, end, left, right) => join(start, end, facetOverEdge(points.data, start, end, left, right)));
  for (const [vertex, corner] of leftOut(mesh)) join(vertex, corner, 1);

  const { neighbors, neighborsSizes } = neighborsOf(pixels, ends);
  const weights = new Float64Array(neighbors.data.length);
  const graph = { order: pixels, neighbors: neighbors.data, sizes: neighborsSizes.data, weights, diagonal };
  ratios.forEach((ratio, edge) => {
    const [start, end] = [ends[2 * edge], ends[2 * edge + 1]];
    weights[slotOf(graph, start, end)] = ratio;
    weights[slotOf(graph, end, start)] = ratio;
  });
  return graph;
}

/**
 * Adds to `sums` the derivatives by the places of the mesh, of a function whose derivatives by the weights and the
 * diagonal of its {@link gradientGraph} are given.
 *
 * @param byWeights (S, P) by the weight of each edge, the same from both ends
 * @param sums laid out like the points of the mesh
 */
export function pullGradientGraph(
  mesh: FramedMesh,
  graph: WeightedGraph,
  byWeights: Float64Array,
  byDiagonal: Float64Array,
  sums: Float64Array,
): void {
  const { pixels, points } = mesh;
  forEachEdge(mesh, (start, end, left, right) => {
    if (start >= pixels && end >= pixels) return;
    const inner = start < pixels ? start : end;
    const other = start < pixels ? end : start;
    const derivative = other < pixels ? byWeights[slotOf(graph, inner, other)] : byDiagonal[inner];
    pullFacetOverEdge(points.data, start, end, left, right, derivative, sums);
  });
}

/** The source pixels that are a corner of no triangle, and the corners that they are joined to. */
function leftOut({ pixels, triangulation }: FramedMesh): (readonly [number, number])[] {
  const used = new Set(triangulation.triangles.data);
  const { data: neighbors, shape } = triangulation.neighbors;
  return Array.from({ length: pixels }, (_, vertex) => [vertex, neighbors[vertex * shape[1]]] as const).filter(
    ([vertex]) => !used.has(vertex),
  );
}

/** Where the lists of a vertex name a neighbour of it. */
export function slotOf(
  { order, neighbors }: Pick<WeightedGraph, 'order' | 'neighbors'>,
  of: number,
  neighbor: number,
): number {
  const first = (of * neighbors.length) / order;
  return neighbors.indexOf(neighbor, first);
}
