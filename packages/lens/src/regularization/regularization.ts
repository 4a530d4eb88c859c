import { nearestName, WtildeError } from '@wtilde/core-types';
import { choleskyOf, inverseInBasis, logDeterminant } from '@wtilde/numerics';
import { isJsonObject } from '../arguments/jsonObject.js';
import { inWords, isWithin } from '../arguments/range.js';
import { shown } from '../arguments/shown.js';
import type { Parameters, ValuesOf } from '../profile/kind.js';
import { conditionOf } from './kernelPrior.js';
import type { CovariancePrior, RegularizationKind, RegularizedMesh, SourcePrior } from './kind.js';
import { type Regularization, regularizationKinds } from './kinds.js';

const kinds: Readonly<Record<string, RegularizationKind>> = regularizationKinds;

/**
 * A regularization from text: its name and its parameters in their order, `constant:1`, or by their names,
 * `adapt:innerCoefficient=0.5,outerCoefficient=3`; or as JSON, `{ "type": "constant", "coefficient": 1 }`.
 *
 * The names, and what each takes, are in `regularizationKinds`.
 *
 * @throws InvalidOption where the text names no regularization, or a parameter that it does not have or does not take.
 */
export function parseRegularization(text: string): Regularization {
  const given = typeof text === 'string' && text.trimStart().startsWith('{') ? fromJson(text) : fromWords(text);
  const checked: unknown = given;
  checkRegularization(checked);
  return checked;
}

/** Throws where a value is no regularization: MissingArgument, UnknownArgument, InvalidOption for its type, InvalidValue. */
export function checkRegularization(regularization: unknown): asserts regularization is Regularization {
  resolve(regularization);
}

/**
 * H of a regularization on a mesh, its log determinant and the way back to its parameters.
 *
 * @throws InvalidOption for a mesh that the regularization is not made for; MissingArgument without the adapt image that
 *   it needs; NumericalFailure where H or its covariance is not positive definite in float64.
 */
export function priorOf(regularization: Regularization, mesh: RegularizedMesh): SourcePrior {
  const prior = priorBefore(regularization, mesh);
  if (!('covariance' in prior)) return prior;
  const covariance = prior.covariance();
  const factor = choleskyOf(mesh.mapper.pixels, [covariance]);
  const inverse = inverseInBasis(factor);
  return prior.inverted(inverse, logDeterminant(factor), conditionOf(covariance, inverse));
}

/** The same with covariances as they are, for those who invert them themselves. */
export function priorBefore(regularization: Regularization, mesh: RegularizedMesh): SourcePrior | CovariancePrior {
  const { kind, values } = resolve(regularization);
  return kind.prior(values, mesh);
}

function resolve(given: unknown): { readonly kind: RegularizationKind; readonly values: ValuesOf<Parameters> } {
  if (!isJsonObject(given) || given.type === undefined) {
    throw new WtildeError('MissingArgument', {
      what: 'a regularization is a record with a type',
      where: 'regularization',
      expected: "{ type: 'constant', coefficient: 1 }",
      actual: shown(given),
      remedy: 'pass such a record',
    });
  }
  const { type, ...rest } = given;
  const kind = typeof type === 'string' && Object.hasOwn(kinds, type) ? kinds[type] : undefined;
  if (kind === undefined) throw unknownKind(type);
  const known = Object.keys(kind.parameters);
  for (const name of Object.keys(rest)) {
    if (known.includes(name)) continue;
    const nearest = nearestName(name, known);
    throw new WtildeError('UnknownArgument', {
      what: 'there is no such parameter',
      where: `regularization ${type}`,
      expected: known.join(', '),
      actual: shown(name),
      remedy: nearest === undefined ? 'correct the name or drop the parameter' : `write ${nearest}, or drop it`,
    });
  }
  const values: Record<string, number> = {};
  for (const [name, parameter] of Object.entries(kind.parameters)) {
    const value = rest[name] ?? parameter.default;
    if (value === undefined) {
      throw new WtildeError('MissingArgument', {
        what: 'a parameter is missing',
        where: `regularization ${type} ${name}`,
        expected: `${inWords(parameter)}: ${parameter.doc}`,
        actual: shown(value),
        remedy: `add ${name}`,
      });
    }
    if (!isWithin(value, parameter)) {
      throw new WtildeError('InvalidValue', {
        what: 'not a number that makes sense here',
        where: `regularization.${name}`,
        expected: `${inWords(parameter)}: ${parameter.doc}`,
        actual: shown(value),
        remedy: 'pass such a number',
      });
    }
    values[name] = value;
  }
  return { kind, values };
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new WtildeError('InvalidOption', {
      what: 'not JSON',
      where: 'regularization',
      expected: '{ "type": "constant", "coefficient": 1 }',
      actual: shown(text),
      remedy: 'correct it, or write it like constant:1',
      cause,
    });
  }
}

/** NAME:1,2 or NAME:a=1,b=2. */
function fromWords(text: string): unknown {
  const [, type, list = ''] = (typeof text === 'string' && /^(\w+)(?::(.*))?$/s.exec(text)) || [];
  if (type === undefined || !Object.hasOwn(kinds, type)) throw unknownKind(type ?? text, text);
  const names = Object.keys(kinds[type].parameters);
  const parameters: Record<string, number> = {};
  const words = list === '' ? [] : list.split(',');
  words.forEach((word, at) => {
    const [, name = names[at], digits] = /^(?:(\w+)=)?([-+.\deE]+)$/.exec(word) ?? [];
    const value = Number(digits);
    if (name === undefined || digits === undefined || Number.isNaN(value) || Object.hasOwn(parameters, name)) {
      throw unreadable(type, text);
    }
    parameters[name] = value;
  });
  try {
    resolve({ type, ...parameters });
  } catch (cause) {
    throw unreadable(type, text, cause);
  }
  return { type, ...parameters };
}

/** How a regularization is written, with example values. */
function written(type: string, { parameters }: Pick<RegularizationKind, 'parameters'>): string {
  const list = Object.entries(parameters);
  const [[only]] = list;
  return list.length === 1
    ? `${type}:${only.toUpperCase()}`
    : `${type}:${list.map(([name, { default: standard }]) => `${name}=${standard ?? name.toUpperCase()}`).join(',')}`;
}

function unreadable(type: string, text: string, cause?: unknown): WtildeError {
  const { parameters } = kinds[type];
  return new WtildeError('InvalidOption', {
    what: 'not a regularization',
    where: 'regularization',
    expected: `${written(type, kinds[type])} with ${Object.entries(parameters)
      .map(([name, parameter]) => `${name} ${inWords(parameter)}`)
      .join(', ')}`,
    actual: shown(text),
    remedy: 'write it like that',
    ...(cause === undefined ? {} : { cause }),
  });
}

function unknownKind(type: unknown, text: unknown = type): WtildeError {
  const known = Object.keys(kinds);
  const nearest = typeof type === 'string' ? nearestName(type, known) : undefined;
  return new WtildeError('InvalidOption', {
    what: 'there is no such regularization',
    where: 'regularization.type',
    expected: known.join(', '),
    actual: shown(text),
    remedy: nearest === undefined ? 'use one of those, such as constant:1' : `write ${nearest}`,
  });
}
