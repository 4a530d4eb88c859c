import { describeValue, nearestName, WtildeError } from '@wtilde/core-types';
import {
  type LensModel,
  type LensParameter,
  type Mesh,
  type Model,
  parametersOf,
  parseLensModel,
  parseMesh,
  parseRegularization,
  type Regularization,
} from '@wtilde/lens';
import { withCoefficient } from './coefficient.js';
import { isJsonObject } from './json.js';
import type { FitParameter, ModelWarning } from './parameter.js';
import { type Positions, parsePositions } from './positions.js';
import { type Domain, logUniform, looksLikePrior, parsePrior } from './prior.js';
import { singularParameters } from './singular.js';

/** A lens model some of whose numbers are to be found. */
export interface LensModelWithPriors {
  /** Those with a prior, in the order of the file, then the regularization coefficient. */
  readonly parameters: readonly FitParameter[];
  readonly mesh: Mesh;
  /** Of which sign the source may be. */
  readonly solve: 'unrestricted' | 'positive';
  /** Where images of one source are known to be. */
  readonly positions?: Positions;
  readonly warnings: readonly ModelWarning[];
  /** The model at values of the parameters, ties followed. */
  modelAt(values: ArrayLike<number>): Model;
  /** Derivatives by the parameters from those by every path: what is tied moves along. */
  gradientFrom(byPath: Readonly<Record<string, number>>): Float64Array;
}

/** What is not in the JSON, or fixes what is. */
export interface ModelOptions {
  /** As `parseMesh` reads it. */
  readonly mesh?: string | undefined;
  /** As `parseRegularization` reads it. */
  readonly regularization?: string | undefined;
  /** Keeps the coefficient as it is written. Else it is a parameter, log-uniform over four decades to either side. */
  readonly fixRegularization?: boolean | undefined;
  /** The best source of which no pixel is negative, instead of one of any sign. */
  readonly positive?: boolean | undefined;
}

const coefficientPath = 'regularization.coefficient';
/** Of the prior of a coefficient that has none of its own, to either side. */
const decades = 4;

const keys = ['$schema', 'mass', 'light', 'mesh', 'regularization', 'positions'];

/**
 * A lens model with priors, from JSON: lens.json, in which a prior or a tie may stand where a number could, inside pairs
 * too; with `mesh`, `regularization` and `positions` where these are not given beside.
 *
 * `{ "mass": [{ "type": "Isothermal", "einsteinRadius": { "uniform": [1, 2] }, "centre": [{ "normal": [0, 0.1] }, 0] },
 * { "type": "NFW", "centre": [{ "tie": "mass.0.centre.0" }, 0], ... }], "regularization": "gradient:1" }`
 *
 * @throws InvalidValue for JSON that is no model, priors that make no sense or reach beyond the domain of their parameter,
 *   ties that lead nowhere or in a circle, nothing to find; MissingArgument for a mesh or regularization that is given
 *   nowhere, InvalidOption where it is given twice.
 */
export function parseModelWithPriors(json: unknown, options: ModelOptions = {}): LensModelWithPriors {
  if (!isJsonObject(json)) throw noModel('lens', 'an object', describeValue(json));
  const unknown = Object.keys(json).find((key) => !keys.includes(key));
  if (unknown !== undefined) {
    const near = nearestName(unknown, keys);
    throw noModel('lens', `the keys ${keys.join(', ')}`, unknown, near === undefined ? undefined : `write ${near}`);
  }
  const slots = slotsOf(json.mass);
  const lens = lensOf(json, slots);
  const domains = new Map(parametersOf(lens.mass).map((parameter) => [parameter.path, parameter]));
  const mass = slots.filter(({ given }) => looksLikePrior(given)).map((slot) => parameterOf(slot, domains));
  const regularization = regularizationOf(json.regularization, options);
  const parameters = [...mass, ...(regularization.parameter ?? [])];
  if (parameters.length === 0) {
    throw noModel('lens', 'a prior where a number is to be found', 'numbers only', 'write { "uniform": [1, 2] }');
  }
  const at = new Map(parameters.map(({ path }, index) => [path, index]));
  const sources = slots.flatMap((slot) => {
    const index = at.get(followed(slot, slots).path);
    return index === undefined ? [] : [{ slot, index }];
  });
  const mesh = parseMesh(onlyOne(json.mesh, options.mesh, 'mesh', 'overlay:30x30'));
  const { fixed } = regularization;
  const coefficientAt = at.get(coefficientPath);
  return {
    parameters,
    mesh,
    solve: options.positive ? 'positive' : 'unrestricted',
    ...(json.positions === undefined ? {} : { positions: parsePositions(json.positions) }),
    warnings: singularParameters(parameters, lens.mass),
    modelAt(values) {
      const number = (slot: Slot) => {
        const target = followed(slot, slots);
        const index = at.get(target.path);
        return index === undefined ? Number(target.given) : values[index];
      };
      return {
        lens: parseLensModel(filled({ mass: json.mass }, slots, number)),
        mesh,
        regularization: coefficientAt === undefined ? fixed : withCoefficient(fixed, values[coefficientAt]),
      };
    },
    gradientFrom(byPath) {
      const gradient = new Float64Array(parameters.length);
      for (const { slot, index } of sources) gradient[index] += byPath[slot.path] ?? 0;
      if (coefficientAt !== undefined) gradient[coefficientAt] = byPath[coefficientPath] ?? 0;
      return gradient;
    },
  };
}

/** A place of the JSON where a number, a prior or a tie stands. */
interface Slot {
  readonly path: string;
  readonly given: unknown;
}

/** Every place below `mass` that is no record of a profile: what stands beside its type, in pairs one by one. */
function slotsOf(mass: unknown): readonly Slot[] {
  if (!Array.isArray(mass)) return [];
  const profiles: readonly unknown[] = mass;
  return profiles.flatMap((profile, at) => {
    if (!isJsonObject(profile)) return [];
    const entries = Object.entries(profile).filter(([name]) => name !== 'type');
    return entries.flatMap(([name, given]) => {
      const path = `mass.${at}.${name}`;
      if (!Array.isArray(given)) return [{ path, given }];
      const pair: readonly unknown[] = given;
      return pair.map((each, index) => ({ path: `${path}.${index}`, given: each }));
    });
  });
}

/** The JSON with numbers in its places. */
function filled(
  json: Readonly<Record<string, unknown>>,
  slots: readonly Slot[],
  number: (slot: Slot) => unknown,
): unknown {
  const values = new Map(slots.map((slot) => [slot.path, number(slot)]));
  const at = (path: string, given: unknown): unknown => {
    if (values.has(path)) return values.get(path);
    if (Array.isArray(given)) return given.map((each: unknown, index) => at(`${path}.${index}`, each));
    if (!isJsonObject(given)) return given;
    return Object.fromEntries(Object.entries(given).map(([name, each]) => [name, at(`${path}.${name}`, each)]));
  };
  return Object.fromEntries(Object.entries(json).map(([name, given]) => [name, at(name, given)]));
}

/**
 * The lens model with a number for every prior that is in its domain, so that what is no lens model is refused by the
 * names that it would be refused by without priors.
 */
function lensOf(json: Readonly<Record<string, unknown>>, slots: readonly Slot[]): LensModel {
  const number = (slot: Slot) => {
    const { given } = followed(slot, slots);
    return looksLikePrior(given) ? parsePrior(given, {}, slot.path).valueAt(0.5) : given;
  };
  const { mass, light } = json;
  return parseLensModel({
    ...Object(filled({ mass }, slots, number)),
    ...(light === undefined ? {} : { light }),
  });
}

function parameterOf({ path, given }: Slot, domains: ReadonlyMap<string, LensParameter>): FitParameter {
  const { doc = '', unit, ...domain }: Partial<LensParameter> = domains.get(path) ?? {};
  return { path, prior: parsePrior(given, domain, path), doc, ...(unit === undefined ? {} : { unit }) };
}

/** The place that a tie leads to; a place without one itself. */
function followed(slot: Slot, slots: readonly Slot[]): Slot {
  let here = slot;
  for (let steps = 0; steps <= slots.length; steps++) {
    const target = isJsonObject(here.given) && 'tie' in here.given ? here.given.tie : undefined;
    if (target === undefined) return here;
    const next = slots.find(({ path }) => path === target);
    if (next === undefined) throw noTie(slot.path, slots, target);
    here = next;
  }
  throw noTie(slot.path, slots, `${slot.path} itself, by way of others`);
}

function noTie(where: string, slots: readonly Slot[], actual: unknown): WtildeError {
  const known = slots.map(({ path }) => path).filter((path) => path !== where);
  const near = typeof actual === 'string' ? nearestName(actual, known) : undefined;
  return new WtildeError('InvalidValue', {
    what: 'the tie leads to no number and no prior',
    where,
    expected: `one of ${known.join(', ') || 'none: nothing else is written'}`,
    actual: String(actual),
    remedy: near === undefined ? 'name one of those' : `write ${near}`,
  });
}

interface FittedRegularization {
  readonly fixed: Regularization;
  readonly parameter?: readonly FitParameter[];
}

function regularizationOf(given: unknown, { regularization, fixRegularization }: ModelOptions): FittedRegularization {
  const domain: Domain = { above: 0 };
  const doc = 'how much neighbouring source pixels are alike';
  if (isJsonObject(given) && looksLikePrior(given.coefficient)) {
    if (regularization !== undefined) throw twice('regularization');
    const prior = parsePrior(given.coefficient, domain, coefficientPath);
    const fixed = parseRegularization(JSON.stringify({ ...given, coefficient: prior.valueAt(0.5) }));
    return { fixed, parameter: [{ path: coefficientPath, prior, doc }] };
  }
  const fixed = parseRegularization(onlyOne(given, regularization, 'regularization', 'gradient:1'));
  if (fixRegularization || !('coefficient' in fixed)) return { fixed };
  const factor = 10 ** decades;
  const prior = logUniform(fixed.coefficient / factor, fixed.coefficient * factor);
  return { fixed, parameter: [{ path: coefficientPath, prior, doc }] };
}

/** What stands in the JSON or beside it, not in both. */
function onlyOne(inJson: unknown, beside: string | undefined, name: string, example: string): string {
  if (inJson !== undefined && beside !== undefined) throw twice(name);
  const given = beside ?? inJson;
  if (given === undefined) {
    throw new WtildeError('MissingArgument', {
      what: `the model has no ${name}`,
      where: name,
      remedy: `write "${name}": "${example}" into it, or give it beside`,
    });
  }
  return typeof given === 'string' ? given : String(JSON.stringify(given));
}

function twice(name: string): WtildeError {
  return new WtildeError('InvalidOption', {
    what: `the ${name} is given twice`,
    where: name,
    expected: 'in the model or beside it',
    actual: 'both',
    remedy: 'leave one out',
  });
}

function noModel(where: string, expected: string, actual: string, remedy?: string): WtildeError {
  return new WtildeError('InvalidValue', {
    what: 'not a lens model with priors',
    where,
    expected,
    actual,
    remedy:
      remedy ?? 'write for example { "mass": [{ "type": "Isothermal", "einsteinRadius": { "uniform": [1, 2] } }] }',
  });
}
