import { type AbortSignalLike, type NdArray, real, WtildeError } from '@wtilde/core-types';
import type { Dispatcher } from '@wtilde/dispatch';
import { constantGraph, type WeightedGraph } from '@wtilde/numerics';
import type { Regularization } from '../regularization/regularization.js';
import type { Mapped } from './mapperOf.js';

/** H, its log determinant, and the graph that it is the matrix of. */
export interface Regularized {
  readonly regularizationMatrix: NdArray<'real'>;
  readonly logDetRegularizationMatrix: number;
  readonly graph: WeightedGraph;
}

/** The weighted graph of a regularization, with its coefficient. */
export function graphOf({ type, coefficient }: Regularization, mapped: Mapped): WeightedGraph {
  const { pixels, neighbors, neighborsSizes } = mapped.mapper;
  return type === 'constant'
    ? constantGraph(coefficient, { order: pixels, neighbors: neighbors.data, sizes: neighborsSizes.data })
    : scaledGraph(frameOf(mapped), coefficient);
}

/** The regularization of a mapped source, on the backends that the dispatcher chooses. */
export async function regularize(
  dispatcher: Dispatcher,
  regularization: Regularization,
  mapped: Mapped,
  signal: AbortSignalLike | undefined,
): Promise<Regularized> {
  const { neighbors, neighborsSizes } = mapped.mapper;
  const graph = graphOf(regularization, mapped);
  if (regularization.type === 'constant') {
    const args = { coefficient: regularization.coefficient, neighbors, neighborsSizes };
    const [regularizationMatrix, logDetRegularizationMatrix] = await Promise.all([
      dispatcher.constantRegularizationMatrixFrom(args, { signal }),
      dispatcher.logDetConstantRegularizationMatrixFrom(args, { signal }),
    ]);
    return { regularizationMatrix, logDetRegularizationMatrix, graph };
  }
  const weights = real(graph.weights, neighbors.shape);
  const args = { neighbors, neighborsSizes, weights, diagonal: real(graph.diagonal) };
  const [regularizationMatrix, logDetRegularizationMatrix] = await Promise.all([
    dispatcher.weightedRegularizationMatrixFrom(args, { signal }),
    dispatcher.logDetWeightedRegularizationMatrixFrom(args, { signal }),
  ]);
  return { regularizationMatrix, logDetRegularizationMatrix, graph };
}

/** The graph of a coefficient, from that of coefficient 1. */
function scaledGraph(graph: WeightedGraph, coefficient: number): WeightedGraph {
  const square = coefficient * coefficient;
  const scaled = (values: Float64Array) => values.map((value) => square * value);
  return { ...graph, weights: scaled(graph.weights), diagonal: scaled(graph.diagonal) };
}

function frameOf({ natural }: Mapped): WeightedGraph {
  if (natural !== undefined) return natural.graph;
  throw new WtildeError('InvalidOption', {
    what: 'this mesh has no frame, without which the level of the source is free',
    where: 'regularization gradient',
    expected: 'an overlay mesh with natural neighbours',
    actual: 'a barycentric or rectangular mesh',
    remedy: 'use a mesh like overlay:30x30:natural, or the regularization constant',
  });
}
