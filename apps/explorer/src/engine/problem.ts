import { throwIfAborted } from '@wtilde/core-types';
import {
  type Evaluation,
  evidenceObjective,
  type HowToEvaluate,
  type LensModelWithPriors,
  type Objective,
  parseModelWithPriors,
} from '@wtilde/fit';
import type { Inversion } from '@wtilde/lens';
import { massWithPriors, numbersOf, type Part } from '../lens/free.js';
import { modelJsonOf } from '../lens/modelText.js';
import { breath } from './breath.js';
import type { ModelChoice } from './protocol.js';

/** What is to be found around a model. */
export interface Freedom {
  readonly free: readonly Part[];
  /** Whether the coefficient of the regularization is found too. */
  readonly freeRegularization: boolean;
}

/** A model with priors around it, and its evidence as an objective that lets messages be heard. */
export interface Problem {
  readonly model: LensModelWithPriors;
  readonly objective: Objective;
  /** Where it begins: the values of all parameters in the model as it stands. */
  readonly start: Float64Array;
}

/** @param tell is told of every evaluation */
export function problemOf(
  inversion: Inversion,
  choice: ModelChoice,
  { free, freeRegularization }: Freedom,
  tell: (point: Float64Array, found: Evaluation, how: HowToEvaluate) => Promise<void> | void = () => {},
): Problem {
  const { mesh, regularization } = modelJsonOf(choice);
  const json = { mass: massWithPriors(choice.lens.mass, free), mesh, regularization };
  const model = parseModelWithPriors(json, { fixRegularization: !freeRegularization });
  const known = { ...numbersOf(choice.lens.mass), 'regularization.coefficient': choice.regularization.coefficient };
  const start = Float64Array.from(
    model.parameters,
    ({ path, prior }) => Reflect.get(known, path) ?? prior.valueAt(0.5),
  );
  return { model, objective: heard(evidenceObjective(inversion, model), tell), start };
}

function heard(objective: Objective, tell: NonNullable<Parameters<typeof problemOf>[3]>): Objective {
  return {
    ...objective,
    async evaluate(points, how) {
      const found: Evaluation[] = [];
      for (const point of points) {
        throwIfAborted(how.signal, 'fit');
        const [evaluation] = await objective.evaluate([point], how);
        await tell(point, evaluation, how);
        await breath();
        found.push(evaluation);
      }
      return found;
    },
  };
}
