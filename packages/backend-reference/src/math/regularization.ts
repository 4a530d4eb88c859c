import { type NdArray, real, WtildeError } from '@wtilde/core-types';

/** What keeps H from being singular. */
export const ridge = 1e-8;

/** H of the constant regularization: H_ii = 1e-8 + c^2 neighborsSizes_i, H_ij = -c^2 for the neighbours j of i. */
export function regularizationMatrix(
  coefficient: number,
  neighbors: NdArray<'index'>,
  neighborsSizes: NdArray<'index'>,
): Float64Array {
  const [size, slots] = neighbors.shape;
  const h = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    h[i * size + i] += ridge + coefficient ** 2 * neighborsSizes.data[i];
    for (let slot = 0; slot < neighborsSizes.data[i]; slot++) {
      h[i * size + neighbors.data[i * slots + slot]] -= coefficient ** 2;
    }
  }
  return h;
}

/** A regularization by differences of neighbours. */
export interface WeightedGraph {
  readonly neighbors: NdArray<'index'>;
  readonly neighborsSizes: NdArray<'index'>;
  readonly weights: NdArray<'real'>;
  readonly diagonal: NdArray<'real'>;
}

/** The constant regularization: every edge weighs c^2, every source pixel is held by the ridge. */
export function constantGraph(
  coefficient: number,
  neighbors: NdArray<'index'>,
  neighborsSizes: NdArray<'index'>,
): WeightedGraph {
  const [size, slots] = neighbors.shape;
  return {
    neighbors,
    neighborsSizes,
    weights: real(new Float64Array(size * slots).fill(coefficient ** 2), [size, slots]),
    diagonal: real(new Float64Array(size).fill(ridge)),
  };
}

/** H_ii = diagonal_i + the sum of the weights of i, H_ij = -weight for the neighbours j of i. */
export function weightedRegularizationMatrix(graph: WeightedGraph): Float64Array {
  const size = graph.diagonal.data.length;
  const h = couplingsOf(graph).map((weight) => -weight);
  for (let i = 0; i < size; i++) {
    h[i * size + i] = graph.diagonal.data[i];
    for (let j = 0; j < size; j++) if (j !== i) h[i * size + i] -= h[i * size + j];
  }
  return h;
}

/**
 * logdet H by Gaussian elimination that never subtracts: the rows of H sum to the diagonal of the graph, so a pivot is
 * the sum of what is left of its row's diagonal and of its off-diagonals, all of one sign. Every pivot keeps full relative
 * accuracy, where a factorization of the dense H loses digits to cancellation.
 */
export function logDetWeightedGraph(graph: WeightedGraph): number {
  const excess = Float64Array.from(graph.diagonal.data);
  const size = excess.length;
  const coupling = couplingsOf(graph);
  let logDet = 0;
  for (let k = size - 1; k >= 0; k--) {
    let pivot = excess[k];
    for (let j = 0; j < k; j++) pivot += coupling[k * size + j];
    if (!(pivot > 0 && Number.isFinite(pivot))) throw notHeld(k, pivot);
    logDet += Math.log(pivot);
    for (let i = 0; i < k; i++) {
      const share = coupling[i * size + k] / pivot;
      if (share === 0) continue;
      excess[i] += share * excess[k];
      for (let j = 0; j < k; j++) {
        if (j !== i) coupling[i * size + j] += share * coupling[k * size + j];
      }
    }
  }
  return logDet;
}

/** (S, S) the weights of the edges, 0 elsewhere. */
function couplingsOf({ neighbors, neighborsSizes, weights }: WeightedGraph): Float64Array {
  const [size, slots] = neighbors.shape;
  const coupling = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let at = i * slots; at < i * slots + neighborsSizes.data[i]; at++) {
      coupling[i * size + neighbors.data[at]] = weights.data[at];
    }
  }
  return coupling;
}

function notHeld(row: number, pivot: number): WtildeError {
  return new WtildeError('NumericalFailure', {
    what: 'the regularization matrix is not positive definite',
    where: `elimination of row ${row}`,
    expected: 'a positive and finite pivot',
    actual: `${pivot}`,
    remedy: 'give every connected part of the mesh a diagonal above 0',
  });
}
