import { type AbortSignalLike, isWtildeError } from '@wtilde/core-types';
import { type Evaluation, type Fit, type HowToEvaluate, type LensModelWithPriors, optimise } from '@wtilde/fit';
import type { Inversion } from '@wtilde/lens';
import { writtenLike } from '../lens/free.js';
import { type Freedom, problemOf } from './problem.js';
import type { FitResult, ModelChoice } from './protocol.js';

export interface FitOptions extends Freedom {
  readonly signal: AbortSignalLike;
  onProgress(evaluations: number): void;
  /** The best model so far, from time to time. */
  show(model: ModelChoice): Promise<void>;
}

/** Descents side by side. */
const starts = 4;
/** Milliseconds from one picture to the next. */
const apart = 400;

/** The maximum of the evidence around a model. One that is stopped gives the best so far. */
export async function fitModel(inversion: Inversion, model: ModelChoice, options: FitOptions): Promise<FitResult> {
  let best = model;
  const watch = watching(options.onProgress, async (values) => {
    best = chosen(problem.model, model, values);
    await options.show(best);
  });
  const problem = problemOf(inversion, model, options, watch);
  try {
    const fit = await optimise(problem.objective, { starts, signal: options.signal });
    return resultOf(fit, chosen(problem.model, model, fit.values));
  } catch (error) {
    if (!isWtildeError(error) || error.code !== 'Aborted') throw error;
    return { model: best, statement: 'stopped before it was done: this is the best so far', notes: [], parameters: [] };
  }
}

/** The model at values of the parameters, written as the one before. */
function chosen(found: LensModelWithPriors, before: ModelChoice, values: ArrayLike<number>): ModelChoice {
  const { lens, regularization: prior } = found.modelAt(values);
  const known = prior.type === 'gradient' || prior.type === 'constant';
  return {
    lens: { mass: writtenLike(before.lens.mass, lens.mass) },
    mesh: before.mesh,
    regularization: known
      ? { type: prior.type, coefficient: Number(prior.coefficient.toPrecision(6)) }
      : before.regularization,
  };
}

/** Tells the best so far. Of an easier problem and the problem itself the latter counts, whatever the values. */
function watching(onProgress: (evaluations: number) => void, tell: (values: Float64Array) => Promise<void>) {
  let evaluations = 0;
  let told = 0;
  let best = { ease: Number.POSITIVE_INFINITY, logLikelihood: Number.NEGATIVE_INFINITY };
  let news: Float64Array | undefined;
  return async (point: Float64Array, { logLikelihood }: Evaluation, { ease = 1 }: HowToEvaluate): Promise<void> => {
    evaluations += 1;
    if (ease < best.ease || (ease === best.ease && logLikelihood > best.logLikelihood)) {
      best = { ease, logLikelihood };
      news = point;
    }
    if (performance.now() - told <= apart) return;
    onProgress(evaluations);
    if (news !== undefined) await tell(news);
    news = undefined;
    told = performance.now();
  };
}

function resultOf({ statement, notes, parameters }: Fit, model: ModelChoice): FitResult {
  return {
    model,
    statement,
    notes: notes.map(({ text }) => text),
    parameters: parameters.map(({ path, value, sigma }) => ({ path, value, sigma })),
  };
}
