import { throwIfAborted, WtildeError } from '@wtilde/core-types';
import type { Crew } from '@wtilde/executor';
import type { Evaluation, Objective } from '@wtilde/fit';
import { bytesOfPoints, evaluationsOf } from '../tasks/points.js';

/** A job should last as long: the server then costs less than 2 % of it. */
const leastMs = 250;

/** Workers that evaluate points, wherever they are. */
export interface Evaluators {
  readonly crew: Crew;
  /** How many jobs run at once. */
  readonly width: number;
  /** Whether a job costs something beside its work, so that points are better sent together. */
  readonly remote: boolean;
}

/**
 * The objective of a model whose evidences are made by an executor. Points of a job are evaluated one after the other; how
 * many there are changes nothing in what comes out.
 */
export function executorObjective(like: Omit<Objective, 'evaluate'>, { crew, width, remote }: Evaluators): Objective {
  const { parameters, hasGradient, easing } = like;
  /** What a point has taken a worker, in the last batch. */
  let pointMs: number | undefined;
  const pointsInJob = (count: number) => {
    if (!remote || pointMs === undefined) return 1;
    // As many as make a job long enough, but no fewer jobs than there are workers.
    return Math.max(1, Math.min(Math.ceil(leastMs / pointMs), Math.floor(count / width)));
  };
  return {
    parameters,
    hasGradient,
    easing,
    async evaluate(points, { gradient, ease = 1, signal }) {
      throwIfAborted(signal, 'evaluate');
      const size = pointsInJob(points.length);
      const batches = Array.from({ length: Math.ceil(points.length / size) }, (_, i) =>
        points.slice(i * size, (i + 1) * size),
      );
      const started = performance.now();
      const outcomes = await crew.map(
        batches.map((batch) => bytesOfPoints({ points: batch, gradient, ease })),
        { signal: abortSignalOf(signal) },
      );
      if (outcomes === undefined) throw notInParts();
      const rounds = Math.ceil(batches.length / width) * size;
      pointMs = Math.max(0.1, (performance.now() - started) / Math.max(1, rounds));
      return outcomes.flatMap((outcome, i): readonly Evaluation[] => {
        if (outcome.failure === undefined) return evaluationsOf(outcome.result);
        // Workers that died of a point say nothing of the others; what is wrong with the work is said at once.
        if (outcome.failure.code !== 'DeviceFailure') throw outcome.failure;
        return batches[i].map(() => ({ logLikelihood: Number.NEGATIVE_INFINITY, failure: outcome.failure.message }));
      });
    },
  };
}

function abortSignalOf(signal: unknown): AbortSignal | undefined {
  return signal instanceof AbortSignal ? signal : undefined;
}

/** A search needs every result before it knows its next points. */
export function notInParts(): WtildeError {
  return new WtildeError('InvalidOption', {
    what: 'a search cannot be made in parts that know nothing of each other',
    where: '--executor',
    expected: 'inline, threads or bullmq',
    actual: 'array',
    remedy: 'use one of those here, and array for wtilde prepare',
  });
}
