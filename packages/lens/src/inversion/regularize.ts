import { type AbortSignalLike, index, type KernelArgs, real, WtildeError } from '@wtilde/core-types';
import type { Dispatcher } from '@wtilde/dispatch';
import {
  constantGraph,
  type RegularizationForm,
  regularizationOfGraph,
  regularizationOfMatrix,
  type WeightedGraph,
} from '@wtilde/numerics';
import type { Regularization } from '../regularization/regularization.js';
import type { Mapped } from './mapperOf.js';

/** What is known of the source before the data: a weighted graph, or a matrix (S, S) with its log determinant. */
export type Prior = { readonly graph: WeightedGraph } | { readonly matrix: Float64Array; readonly logDet: number };

/** The regularization of a mapped source. */
export function priorOf({ type, coefficient }: Regularization, mapped: Mapped): { readonly graph: WeightedGraph } {
  const { mapper } = mapped;
  if (type === 'gradient') return { graph: scaledGraph(frameOf(mapped), coefficient) };
  const { pixels: order, neighbors, neighborsSizes } = mapper;
  return { graph: constantGraph(coefficient, { order, neighbors: neighbors.data, sizes: neighborsSizes.data }) };
}

type GraphArgs = Pick<KernelArgs<'evidenceViaWCompactFrom'>, 'neighbors' | 'neighborsSizes' | 'weights' | 'diagonal'>;

/** A weighted graph as the arguments of kernels. */
export function graphArguments({ order, neighbors, sizes, weights, diagonal }: WeightedGraph): GraphArgs {
  const shape = [order, weights.length / order];
  return {
    neighbors: index(neighbors, shape),
    neighborsSizes: index(sizes),
    weights: real(weights, shape),
    diagonal: real(diagonal),
  };
}

/** H taken apart into a Laplacian and what its rows sum to. */
export function formOf(prior: Prior, order: number): RegularizationForm {
  return 'graph' in prior ? regularizationOfGraph(prior.graph) : regularizationOfMatrix(order, prior.matrix);
}

/** H (S, S) and its log determinant, from kernels where it is a graph. */
export async function matrixOfPrior(
  dispatcher: Dispatcher,
  prior: Prior,
  signal: AbortSignalLike | undefined,
): Promise<{ readonly matrix: Float64Array; readonly logDet: number }> {
  if (!('graph' in prior)) return prior;
  const args = graphArguments(prior.graph);
  const [{ data }, logDet] = await Promise.all([
    dispatcher.weightedRegularizationMatrixFrom(args, { signal }),
    dispatcher.logDetWeightedRegularizationMatrixFrom(args, { signal }),
  ]);
  return { matrix: data, logDet };
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
    remedy: 'use a mesh like overlay:30x30, or the regularization constant',
  });
}
