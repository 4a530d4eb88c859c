import { describeValue, WtildeError } from '@wtilde/core-types';
import type { Objective, ObjectiveParameter } from './objective.js';

/** Dense matrices and differences in every direction: meant for tens of parameters. */
const mostParameters = 100;

/** Throws InvalidValue for an objective without parameters or with too many. */
export function checkObjective({ parameters }: Objective, where: string): void {
  if (parameters.length >= 1 && parameters.length <= mostParameters) return;
  throw new WtildeError('InvalidValue', {
    what: 'the number of parameters makes no sense',
    where: `${where} objective`,
    expected: `from 1 to ${mostParameters} parameters`,
    actual: String(parameters.length),
    remedy: 'give a prior to what is to be found, and a number to what is known',
  });
}

/** Values of all parameters, within their priors; throws InvalidValue. */
export function checkValues(
  values: ArrayLike<number>,
  parameters: readonly ObjectiveParameter[],
  where: string,
): Float64Array {
  const bad = parameters.findIndex(({ prior }, at) => !(values[at] >= prior.low && values[at] <= prior.high));
  if (values.length === parameters.length && bad < 0) return Float64Array.from(values);
  const { path, prior } = parameters[Math.max(0, bad)];
  throw new WtildeError('InvalidValue', {
    what: 'no point of the prior',
    where,
    expected: bad < 0 ? `${parameters.length} values` : `${path} from ${prior.low} to ${prior.high}`,
    actual: values.length === parameters.length ? describeValue(values[bad]) : `${values.length} values`,
    remedy: 'start within the priors, or widen them',
  });
}

/** The error of a search that found no point at all. */
export function nothingFound(where: string, evaluations: number): WtildeError {
  return new WtildeError('NumericalFailure', {
    what: 'the likelihood has no value at any guess',
    where,
    expected: 'a finite log likelihood at one of them',
    actual: `none at ${evaluations} points drawn from the prior`,
    remedy: 'narrow the priors to where the model makes sense, or draw more guesses',
  });
}
