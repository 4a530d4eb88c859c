import { throwIfAborted } from '@wtilde/core-types';
import type { Evaluation, Objective } from '@wtilde/fit';
import type { Pool } from './pool.js';

/** The objective of a model whose evidences are made by a pool. */
export function poolObjective(like: Omit<Objective, 'evaluate'>, pool: Pool): Objective {
  const { parameters, hasGradient, easing } = like;
  return {
    parameters,
    hasGradient,
    easing,
    async evaluate(points, { gradient, ease = 1, signal }) {
      throwIfAborted(signal, 'evaluate');
      return await Promise.all(
        points.map(async (values): Promise<Evaluation> => {
          const result = await pool.evaluate({ kind: 'point', values, gradient, ease });
          if (result?.kind === 'point') return result.evaluation;
          return { logLikelihood: Number.NEGATIVE_INFINITY, failure: 'the workers that evaluated it died' };
        }),
      );
    },
  };
}
