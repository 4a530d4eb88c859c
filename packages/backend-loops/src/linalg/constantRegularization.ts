import { type NeighborGraph, RIDGE, slotsOf } from '@wtilde/numerics';
import { logDetGroundedLaplacian } from './groundedLaplacian.js';

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
  out: Float64Array = new Float64Array(graph.order * graph.order),
): Float64Array {
  const { order, neighbors, sizes } = graph;
  const slots = slotsOf(graph);
  const coupling = coefficient * coefficient;
  out.fill(0);
  for (let row = 0; row < order; row++) {
    const to = row * order;
    out[to + row] = RIDGE + coupling * sizes[row];
    for (let slot = row * slots; slot < row * slots + sizes[row]; slot++) out[to + neighbors[slot]] -= coupling;
  }
  return out;
}

/**
 * log det H without H: see {@link logDetGroundedLaplacian}.
 *
 * Of the exact H: `constantRegularizationMatrix` must round 1e-8 + c^2 sizes_i, which for c = 100
 * already moves the smallest eigenvalue in its fourth digit.
 *
 * @param coefficient c; with 0 the result is S log 1e-8
 */
export function logDetConstantRegularizationMatrix(coefficient: number, graph: NeighborGraph): number {
  return logDetGroundedLaplacian(graph, coefficient * coefficient, RIDGE);
}
