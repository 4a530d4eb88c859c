import { throwIfAborted } from '@wtilde/core-types';
import type { Evaluation, Objective } from '@wtilde/fit';
import { bytesOfPoints, evaluationsOf } from '../tasks/points.js';
import { createTogether, type Workers } from './together.js';

/** The objective of a model whose evidences are made by an executor. */
export function executorObjective(like: Omit<Objective, 'evaluate'>, workers: Workers): Objective {
  const { parameters, hasGradient, easing } = like;
  const together = createTogether(workers);
  return {
    parameters,
    hasGradient,
    easing,
    async evaluate(points, { gradient, ease = 1, signal }) {
      throwIfAborted(signal, 'evaluate');
      const packing = {
        bytesOf: (batch: readonly Float64Array[]) => bytesOfPoints({ points: batch, gradient, ease }),
        resultsOf: evaluationsOf,
        without: ({ message }: Error): Evaluation => ({ logLikelihood: Number.NEGATIVE_INFINITY, failure: message }),
      };
      return await together.map(points, packing, { signal: signal instanceof AbortSignal ? signal : undefined });
    },
  };
}
