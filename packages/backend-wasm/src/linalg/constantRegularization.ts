import { type NeighborGraph, RIDGE, slotsOf } from '@wtilde/numerics';
import type { Engine } from '../engine/engine.js';
import { pivotsOfGroundedLaplacian } from './groundedLaplacian.js';

/** H = c^2 L + 1e-8 I of the neighbour graph as a row-major (S, S) matrix: what the lists say, not symmetrised. */
export function constantRegularizationMatrix(coefficient: number, graph: NeighborGraph): Float64Array {
  const { order, neighbors, sizes } = graph;
  const slots = slotsOf(graph);
  const coupling = coefficient * coefficient;
  const matrix = new Float64Array(order * order);
  for (let row = 0; row < order; row++) {
    matrix[row * order + row] += RIDGE + coupling * sizes[row];
    for (let slot = row * slots; slot < row * slots + sizes[row]; slot++) {
      matrix[row * order + neighbors[slot]] -= coupling;
    }
  }
  return matrix;
}

/**
 * log det H without H, of the exact H: rounding 1e-8 + c^2 sizes_i, as `constantRegularizationMatrix` must, for c = 100
 * already moves the smallest eigenvalue in its fourth digit.
 *
 * @param coefficient c; with 0 the result is S log 1e-8
 */
export function logDetConstantRegularizationMatrix(engine: Engine, coefficient: number, graph: NeighborGraph): number {
  const pivots = pivotsOfGroundedLaplacian(engine, graph, coefficient * coefficient, RIDGE);
  return pivots.reduce((sum, pivot) => sum + Math.log(pivot), 0);
}
