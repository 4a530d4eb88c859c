import { type AbortSignalLike, index, type KernelArgs, real, WtildeError } from '@wtilde/core-types';
import type { Dispatcher } from '@wtilde/dispatch';
import {
  type RegularizationForm,
  regularizationOfGraph,
  regularizationOfMatrix,
  type WeightedGraph,
} from '@wtilde/numerics';
import { conditionOf } from '../regularization/kernelPrior.js';
import type { CovariancePrior, RegularizedMesh, SourcePrior } from '../regularization/kind.js';
import type { Regularization } from '../regularization/kinds.js';
import { priorBefore } from '../regularization/regularization.js';

/** A prior that an evidence can be had with, covariances as they are; throws InvalidOption where H is singular. */
export function evidentPriorOf(regularization: Regularization, mapped: RegularizedMesh): SourcePrior | CovariancePrior {
  if (regularization.type === 'brightnessZeroth') throw singular();
  return priorBefore(regularization, mapped);
}

/** Makes H of priors: see {@link covarianceInverter}. */
export type MakePrior = (
  prior: SourcePrior | CovariancePrior,
  signal: AbortSignalLike | undefined,
) => Promise<SourcePrior>;

/**
 * Inverts covariances by a kernel. The last inverse is kept, so that another coefficient on the same mesh, or a prior that
 * is asked for again, inverts nothing.
 */
export function covarianceInverter(dispatcher: Dispatcher): MakePrior {
  let last: { readonly key: Float64Array; readonly made: Parameters<CovariancePrior['inverted']> } | undefined;
  return async (prior, signal) => {
    if (!('covariance' in prior)) return prior;
    if (last !== undefined && isSame(last.key, prior.key)) return prior.inverted(...last.made);
    const covariance = prior.covariance();
    const order = Math.sqrt(covariance.length);
    const curvatureRegMatrix = real(covariance, [order, order]);
    const { inverse, logDeterminant } = await dispatcher.inverseAndLogDetFrom({ curvatureRegMatrix }, { signal });
    const made = [inverse.data, logDeterminant, conditionOf(covariance, inverse.data)] as const;
    last = { key: prior.key, made: [...made] };
    return prior.inverted(...made);
  };
}

function isSame(a: Float64Array, b: Float64Array): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return true;
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
