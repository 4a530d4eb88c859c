import { type NeighborGraph, slotsOf } from '../neighborGraph.js';

/**
 * A regularization by differences of neighbours, H = diag(diagonal) + sum over edges of w_ij (e_i - e_j) (e_i - e_j)^t:
 * H_ii = diagonal_i + sum_j w_ij, H_ij = -w_ij.
 */
export interface WeightedGraph extends NeighborGraph {
  /** (S, P) weights of the edges to the listed neighbours, at least 0, the same from both ends. */
  readonly weights: Float64Array;
  /** (S) what holds a source pixel beside its edges, at least 0. */
  readonly diagonal: Float64Array;
}

/** What keeps the constant regularization from being singular. */
export const RIDGE = 1e-8;

/** H as a row-major (S, S) matrix. What the lists say: not symmetrised, and a neighbour that is listed twice counts twice. */
export function matrixOfGraph(
  graph: WeightedGraph,
  out: Float64Array = new Float64Array(graph.order * graph.order),
): Float64Array {
  const { order, neighbors, sizes, weights, diagonal } = graph;
  const slots = slotsOf(graph);
  out.fill(0);
  for (let row = 0; row < order; row++) {
    let sum = diagonal[row];
    for (let slot = row * slots; slot < row * slots + sizes[row]; slot++) {
      out[row * order + neighbors[slot]] -= weights[slot];
      sum += weights[slot];
    }
    out[row * order + row] += sum;
  }
  return out;
}
