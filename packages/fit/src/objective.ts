import type { AbortSignalLike } from '@wtilde/core-types';
import type { Prior } from './model/prior.js';

/** What optimisers and samplers know of a problem: what is to be found, and how likely the data are at a point. */
export interface Objective {
  readonly parameters: readonly ObjectiveParameter[];
  /** Whether derivatives can be had, and mean something: the log likelihood does not jump. */
  readonly hasGradient: boolean;
  /** How the problem can be made easier for a while. */
  readonly easing?: Easing | undefined;
  /**
   * The log likelihood at each of some points, given by the values of all parameters. Points are independent of each
   * other: whoever serves them may do so in any order, on as many machines as there are.
   *
   * A point where the likelihood has no value is no error: it is an evaluation of -Infinity with its `failure`.
   */
  evaluate(points: readonly Float64Array[], how: HowToEvaluate): Promise<readonly Evaluation[]>;
}

/**
 * Versions of the problem whose maximum is found more easily, and leads to that of the problem: its landscape without
 * ripples. For a lens, a source that is smoothed more than the data ask for. How much easier is a factor: 1 is the problem
 * itself, and with a very large one nothing of the data is left.
 */
export interface Easing {
  /** The indexes of the parameters that the factor acts on: they stay where they are in easier versions. */
  readonly held?: readonly number[] | undefined;
  /** The value of each of them to begin with where no start is given; else the middle of its prior. */
  readonly begin?: readonly number[] | undefined;
  /**
   * The problem made easier by a factor is the problem itself with each of them times this power of the factor; left out
   * where the factor acts on something else as well.
   */
  readonly power?: number | undefined;
}

export interface ObjectiveParameter {
  /** What it is called in results. */
  readonly path: string;
  readonly prior: Prior;
}

export interface HowToEvaluate {
  /** Whether derivatives are wanted. */
  readonly gradient: boolean;
  /** By how much the problem is made easier, where it has an easing. */
  readonly ease?: number | undefined;
  readonly signal?: AbortSignalLike | undefined;
}

/** A log likelihood at a point. */
export interface Evaluation {
  /** -Infinity where the data are impossible, or where it could not be evaluated. */
  readonly logLikelihood: number;
  /** By the value of each parameter; there where it was wanted and the log likelihood is finite. */
  readonly gradient?: Float64Array | undefined;
  /** Why there is no value. */
  readonly failure?: string | undefined;
}

/** A log likelihood, and its derivatives by every parameter where there are any. */
export interface LogLikelihood {
  readonly value: number;
  readonly gradient?: ArrayLike<number>;
}

/**
 * An objective of a plain function. What it throws, and what is no number, is a failed evaluation.
 *
 * @param hasGradient whether the function gives derivatives
 */
export function objectiveOf(
  parameters: readonly ObjectiveParameter[],
  logLikelihood: (values: Float64Array) => LogLikelihood,
  hasGradient = false,
): Objective {
  return {
    parameters,
    hasGradient,
    evaluate: async (points, { gradient: wanted }) =>
      points.map((point) => {
        try {
          const { value, gradient } = logLikelihood(point);
          const known = wanted && gradient !== undefined ? Float64Array.from(gradient) : undefined;
          return evaluationOf(value, known);
        } catch (error) {
          return failed(error instanceof Error ? error.message : String(error));
        }
      }),
  };
}

/** An evaluation from its numbers: what is no number, or infinitely likely, has failed. */
export function evaluationOf(logLikelihood: number, gradient?: Float64Array): Evaluation {
  if (logLikelihood === Number.NEGATIVE_INFINITY) return { logLikelihood };
  if (!Number.isFinite(logLikelihood)) return failed(`the log likelihood is ${logLikelihood}`);
  if (gradient?.every(Number.isFinite) === false) return failed('a derivative is not finite');
  return gradient === undefined ? { logLikelihood } : { logLikelihood, gradient };
}

export function failed(failure: string): Evaluation {
  return { logLikelihood: Number.NEGATIVE_INFINITY, failure };
}
