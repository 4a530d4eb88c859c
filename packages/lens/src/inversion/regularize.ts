import { type AbortSignalLike, index, type KernelArgs, real, WtildeError } from '@wtilde/core-types';
import type { Dispatcher } from '@wtilde/dispatch';
import {
  type RegularizationForm,
  regularizationOfGraph,
  regularizationOfMatrix,
  type WeightedGraph,
} from '@wtilde/numerics';
import type { RegularizedMesh, SourcePrior } from '../regularization/kind.js';
import type { Regularization } from '../regularization/kinds.js';
import { priorOf } from '../regularization/regularization.js';

/** The prior of a regularization that an evidence can be had with; throws InvalidOption where H is singular. */
export function evidentPriorOf(regularization: Regularization, mapped: RegularizedMesh): SourcePrior {
  if (regularization.type === 'brightnessZeroth') throw singular();
  return priorOf(regularization, mapped);
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
export function formOf(prior: SourcePrior, order: number): RegularizationForm {
  return 'graph' in prior ? regularizationOfGraph(prior.graph) : regularizationOfMatrix(order, prior.matrix);
}

/** H (S, S) and its log determinant, from kernels where it is a graph. */
export async function matrixOfPrior(
  dispatcher: Dispatcher,
  prior: SourcePrior,
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

function singular(): WtildeError {
  return new WtildeError('InvalidOption', {
    what: 'this regularization leaves the brightest source pixel free, so that it has no evidence',
    where: 'regularization brightnessZeroth',
    expected: 'one that is positive definite',
    actual: 'log det H is minus infinity',
    remedy: 'use adaptSplitZeroth, which it is a part of, or constantZeroth',
  });
}
