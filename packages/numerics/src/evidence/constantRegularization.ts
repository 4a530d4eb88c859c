import { type NeighborGraph, slotsOf } from '../neighborGraph.js';
import { RIDGE, type WeightedGraph } from './weightedGraph.js';

/** The constant regularization as a weighted graph: every edge weighs c^2, every source pixel 1e-8. */
export function constantGraph(coefficient: number, graph: NeighborGraph): WeightedGraph {
  const { order } = graph;
  return {
    ...graph,
    weights: new Float64Array(order * slotsOf(graph)).fill(coefficient * coefficient),
    diagonal: new Float64Array(order).fill(RIDGE),
  };
}

/**
 * H = c^2 L + 1e-8 I of the neighbour graph: H_ii = 1e-8 + c^2 sizes_i, H_ij = -c^2 for neighbours.
 *
 * Writes what the lists say: not symmetrised, and a neighbour that is listed twice counts twice.
 *
 * @param coefficient c
 * @param out (S, S), overwritten; new when left out
 */
export function constantRegularizationMatrix(
  coefficient: number,
  graph: NeighborGraph,
  out?: Float64Array,
): Float64Array {
  const { order, neighbors, sizes } = graph;
  const slots = slotsOf(graph);
  const coupling = coefficient * coefficient;
  const matrix = out?.fill(0) ?? new Float64Array(order * order);
  for (let row = 0; row < order; row++) {
    const to = row * order;
    matrix[to + row] = RIDGE + coupling * sizes[row];
    for (let slot = row * slots; slot < row * slots + sizes[row]; slot++) matrix[to + neighbors[slot]] -= coupling;
  }
  return matrix;
}
