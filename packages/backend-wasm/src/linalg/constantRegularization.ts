import { type NeighborGraph, slotsOf } from '@wtilde/numerics';
import type { Engine } from '../engine/engine.js';
import { pivotsOfGroundedLaplacian } from './groundedLaplacian.js';

/** Added to the diagonal, because a graph Laplacian alone is singular. */
const RIDGE = 1e-8;

/**
 * Visits the elements of H = c^2 L + 1e-8 I of the neighbour graph, each to be added: H_ii = 1e-8 + c^2 sizes_i, then
 * H_ij = -c^2 for every neighbour listed. Not symmetrised, and a neighbour that is listed twice comes twice.
 *
 * @param coefficient c
 */
export function visitRegularization(
  coefficient: number,
  graph: NeighborGraph,
  visit: (row: number, column: number, value: number) => void,
): void {
  const { order, neighbors, sizes } = graph;
  const slots = slotsOf(graph);
  const coupling = coefficient * coefficient;
  for (let row = 0; row < order; row++) {
    visit(row, row, RIDGE + coupling * sizes[row]);
    for (let slot = row * slots; slot < row * slots + sizes[row]; slot++) visit(row, neighbors[slot], -coupling);
  }
}

/** H as a row-major (S, S) matrix. */
export function constantRegularizationMatrix(coefficient: number, graph: NeighborGraph): Float64Array {
  const { order } = graph;
  const matrix = new Float64Array(order * order);
  visitRegularization(coefficient, graph, (row, column, value) => {
    matrix[row * order + column] += value;
  });
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
