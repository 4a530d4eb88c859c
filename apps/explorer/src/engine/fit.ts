import { type AbortSignalLike, isWtildeError, throwIfAborted } from '@wtilde/core-types';
import {
  type Evaluation,
  evidenceObjective,
  type Fit,
  type HowToEvaluate,
  type Objective,
  optimise,
  parseModelWithPriors,
} from '@wtilde/fit';
import type { Inversion } from '@wtilde/lens';
import { massWithPriors, type Part, writtenLike } from '../lens/free.js';
import { modelJsonOf } from '../lens/modelText.js';
import { breath } from './breath.js';
import type { FitResult, ModelChoice } from './protocol.js';

export interface FitOptions {
  readonly free: readonly Part[];
  /** Whether the coefficient of the regularization is found too. */
  readonly freeRegularization: boolean;
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
  const { mesh, regularization } = modelJsonOf(model);
  const json = { mass: massWithPriors(model.lens.mass, options.free), mesh, regularization };
  const parsed = parseModelWithPriors(json, { fixRegularization: !options.freeRegularization });
  let best = model;
  const chosen = (values: ArrayLike<number>): ModelChoice => {
    const found = parsed.modelAt(values);
    const prior = found.regularization;
    const known = prior.type === 'gradient' || prior.type === 'constant';
    return {
      lens: { mass: writtenLike(model.lens.mass, found.lens.mass) },
      mesh: model.mesh,
      regularization: known
        ? { type: prior.type, coefficient: Number(prior.coefficient.toPrecision(6)) }
        : model.regularization,
    };
  };
  const watched = watching(evidenceObjective(inversion, parsed), options.onProgress, async (values) => {
    best = chosen(values);
    await options.show(best);
  });
  try {
    const fit = await optimise(watched, { starts, signal: options.signal });
    return resultOf(fit, chosen(fit.values));
  } catch (error) {
    if (!isWtildeError(error) || error.code !== 'Aborted') throw error;
    return { model: best, statement: 'stopped before it was done: this is the best so far', notes: [], parameters: [] };
  }
}

/**
 * The same objective, which tells the best so far, and lets messages be heard. Of an easier problem and the problem itself
 * the latter counts, whatever the values.
 */
function watching(
  objective: Objective,
  onProgress: (evaluations: number) => void,
  tell: (values: Float64Array) => Promise<void>,
): Objective {
  let evaluations = 0;
  let told = 0;
  let best = { ease: Number.POSITIVE_INFINITY, logLikelihood: Number.NEGATIVE_INFINITY };
  let news: Float64Array | undefined;

  async function evaluated(point: Float64Array, how: HowToEvaluate): Promise<Evaluation> {
    const [found] = await objective.evaluate([point], how);
    evaluations += 1;
    const { ease = 1 } = how;
    if (ease < best.ease || (ease === best.ease && found.logLikelihood > best.logLikelihood)) {
      best = { ease, logLikelihood: found.logLikelihood };
      news = point;
    }
    if (performance.now() - told > apart) {
      onProgress(evaluations);
      if (news !== undefined) await tell(news);
      news = undefined;
      told = performance.now();
    }
    await breath();
    return found;
  }

  return {
    ...objective,
    async evaluate(points, how) {
      const found: Evaluation[] = [];
      for (const point of points) {
        throwIfAborted(how.signal, 'fit');
        found.push(await evaluated(point, how));
      }
      return found;
    },
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
