import { type AbortSignalLike, index, type NdArray, real, WtildeError } from '@wtilde/core-types';
import type { Dispatcher } from '@wtilde/dispatch';
import { type RegularizationForm, regularizationOfGraph, regularizationOfMatrix } from '@wtilde/numerics';
import type { Prior } from '../regularization/kind.js';
import type { Regularization } from '../regularization/kinds.js';
import { priorOf } from '../regularization/regularization.js';
import type { Mapped } from './mapperOf.js';

/** H, its log determinant, and what they were made of. */
export interface Regularized {
  readonly regularizationMatrix: NdArray<'real'>;
  readonly logDetRegularizationMatrix: number;
  readonly prior: Prior;
}

/** The regularization of a mapped source; what is sparse on the backends that the dispatcher chooses. */
export async function regularize(
  dispatcher: Dispatcher,
  regularization: Regularization,
  mapped: Mapped,
  signal: AbortSignalLike | undefined,
): Promise<Regularized> {
  if (regularization.type === 'brightnessZeroth') throw singular();
  const prior = priorOf(regularization, mapped);
  if ('matrix' in prior) {
    const regularizationMatrix = real(prior.matrix, [mapped.mapper.pixels, mapped.mapper.pixels]);
    return { regularizationMatrix, logDetRegularizationMatrix: prior.logDet, prior };
  }
  if (regularization.type === 'constant') {
    const { neighbors, neighborsSizes } = mapped.mapper;
    const args = { coefficient: regularization.coefficient, neighbors, neighborsSizes };
    const [regularizationMatrix, logDetRegularizationMatrix] = await Promise.all([
      dispatcher.constantRegularizationMatrixFrom(args, { signal }),
      dispatcher.logDetConstantRegularizationMatrixFrom(args, { signal }),
    ]);
    return { regularizationMatrix, logDetRegularizationMatrix, prior };
  }
  const { order, neighbors, sizes, weights, diagonal } = prior.graph;
  const shape = [order, order === 0 ? 0 : neighbors.length / order];
  const args = {
    neighbors: index(neighbors, shape),
    neighborsSizes: index(sizes),
    weights: real(weights, shape),
    diagonal: real(diagonal),
  };
  const [regularizationMatrix, logDetRegularizationMatrix] = await Promise.all([
    dispatcher.weightedRegularizationMatrixFrom(args, { signal }),
    dispatcher.logDetWeightedRegularizationMatrixFrom(args, { signal }),
  ]);
  return { regularizationMatrix, logDetRegularizationMatrix, prior };
}

/** H taken apart into a Laplacian and what its rows sum to. */
export function formOf(prior: Prior, order: number): RegularizationForm {
  return 'graph' in prior ? regularizationOfGraph(prior.graph) : regularizationOfMatrix(order, prior.matrix);
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
