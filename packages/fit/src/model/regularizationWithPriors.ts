import { WtildeError } from '@wtilde/core-types';
import { parseRegularization, type Regularization, regularizationKinds } from '@wtilde/lens';
import { isJsonObject } from './json.js';
import type { FitParameter } from './parameter.js';
import { type Domain, logUniform, looksLikePrior, type Prior, parsePrior } from './prior.js';
import { isCoefficient, smoothingPower } from './smoothing.js';

/** A regularization some of whose numbers are to be found. */
export interface RegularizationWithPriors {
  /** In the order in which the regularization has them. */
  readonly parameters: readonly FitParameter[];
  /** As it is written, in the middle of its priors. */
  readonly middle: Regularization;
  /** The regularization with the values of its parameters. */
  at(valueAt: (path: string) => number): Regularization;
}

/** What is found where it has no prior: log-uniform over as many decades to either side. */
function decadesOf(name: string, regularization: Regularization): number | undefined {
  if (isCoefficient(name)) return 4 * smoothingPower(regularization);
  return name === 'scale' ? 1 : undefined;
}

interface Told extends Domain {
  readonly doc: string;
  readonly unit?: string;
  readonly whole?: boolean;
}

const kinds: Readonly<Record<string, { readonly parameters: Readonly<Record<string, Told>> }>> = regularizationKinds;

/**
 * A regularization from text, or from JSON in which priors may stand for its numbers.
 *
 * @param fixed keeps numbers without a prior as they are written; else coefficients and the scale of a kernel are found
 */
export function regularizationWithPriors(given: string | object, fixed: boolean): RegularizationWithPriors {
  const written = isJsonObject(given) ? given : {};
  const told = (typeof written.type === 'string' && kinds[written.type]?.parameters) || {};
  const own = new Map(
    Object.entries(written).flatMap(([name, value]) =>
      looksLikePrior(value) ? [[name, priorFor(name, value, told[name])]] : [],
    ),
  );
  const middles = Object.fromEntries([...own].map(([name, prior]) => [name, prior.valueAt(0.5)]));
  const middle = parseRegularization(typeof given === 'string' ? given : JSON.stringify({ ...written, ...middles }));
  const names = new Map<string, string>();
  const parameters = Object.entries(kinds[middle.type].parameters).flatMap(([name, { doc, unit }]): FitParameter[] => {
    const value: unknown = Reflect.get(middle, name);
    const spread = fixed || typeof value !== 'number' ? undefined : decadesOf(name, middle);
    const wide = (value: number, factor: number) => logUniform(value / factor, value * factor);
    const prior = own.get(name) ?? (spread === undefined ? undefined : wide(Number(value), 10 ** spread));
    if (prior === undefined) return [];
    names.set(name, pathOf(name));
    return [{ path: pathOf(name), prior, doc, ...(unit === undefined ? {} : { unit }) }];
  });
  return {
    parameters,
    middle,
    at: (valueAt) => ({
      ...middle,
      ...Object.fromEntries(Array.from(names, ([name, path]) => [name, valueAt(path)])),
    }),
  };
}

function priorFor(name: string, value: unknown, told: Partial<Told> = {}): Prior {
  if (told.whole !== true) return parsePrior(value, told, pathOf(name));
  throw new WtildeError('InvalidOption', {
    what: 'whole numbers have no prior: nothing lies between them',
    where: pathOf(name),
    expected: 'a whole number',
    actual: JSON.stringify(value),
    remedy: 'write a number, and compare the log evidences of fits with others',
  });
}

function pathOf(name: string): string {
  return `regularization.${name}`;
}
