import { describeValue, type NdArray, nearestName, WtildeError } from '@wtilde/core-types';
import {
  hasLightBesidePixels,
  isLinear,
  type LensModel,
  type LensParameter,
  type LightModel,
  lensParametersOf,
  type Mesh,
  type Model,
  parseLensModel,
  parseMesh,
  type Regularization,
  withoutGivenSource,
} from '@wtilde/lens';
import { adaptImageFor, adaptImageWarnings } from './adaptImage.js';
import { isJsonObject } from './json.js';
import type { FitParameter, ModelWarning } from './parameter.js';
import { type Positions, parsePositions } from './positions.js';
import { looksLikePrior, parsePrior } from './prior.js';
import { type RegularizationWithPriors, regularizationWithPriors } from './regularizationWithPriors.js';
import { singularParameters } from './singular.js';
import { filled, followed, type Slot, slotsOf } from './slots.js';

/** A lens model some of whose numbers are to be found. */
export interface LensModelWithPriors {
  /** Those with a prior, in the order of the file, then those of the regularization. */
  readonly parameters: readonly FitParameter[];
  /** None where light profiles alone are fitted. */
  readonly mesh: Mesh | undefined;
  /** As it is written, in the middle of its priors; there where a mesh is. */
  readonly regularization?: Regularization | undefined;
  /** Of which sign the source may be. */
  readonly solve: 'unrestricted' | 'positive';
  /** Where images of one source are known to be. */
  readonly positions?: Positions;
  readonly warnings: readonly ModelWarning[];
  /** The model at values of the parameters, ties followed; throws InvalidOption where there is no mesh. */
  modelAt(values: ArrayLike<number>): Model;
  /** The same where light profiles are fitted: without a mesh, linear ones, or those of the lens. */
  readonly lightModelAt?: ((values: ArrayLike<number>) => LightModel) | undefined;
  /** Derivatives by the parameters from those by every path: what is tied moves along. */
  gradientFrom(byPath: Readonly<Record<string, number>>): Float64Array;
}

/** What is not in the JSON, or fixes what is. */
export interface ModelOptions {
  /** As `parseMesh` reads it, or `none`: light profiles alone. */
  readonly mesh?: string | undefined;
  /** As `parseRegularization` reads it. */
  readonly regularization?: string | undefined;
  /**
   * (M) or (Ny, Nx): the lensed source as it is known before, which adaptive meshes and regularizations follow; such as the
   * `mappedReconstructedImage()` of an earlier fit.
   */
  readonly adaptImage?: NdArray<'real'> | undefined;
  /**
   * Keeps coefficients, and the scale of a kernel, as they are written. Else they are parameters: log-uniform over four
   * decades to either side (over two where they count to the fourth power), and over one.
   */
  readonly fixRegularization?: boolean | undefined;
  /** The best source of which no pixel is negative, instead of one of any sign. */
  readonly positive?: boolean | undefined;
}

const lensKeys = ['mass', 'light', 'lensLight', 'lensRedshift', 'sourceRedshift', 'planes', 'cosmology'];
const keys = ['$schema', ...lensKeys, 'mesh', 'regularization', 'positions'];

/**
 * A lens model with priors, from JSON: lens.json, in which a prior or a tie may stand where a number could, inside pairs
 * too; with `mesh`, `regularization` and `positions` where these are not given beside.
 *
 * `{ "mass": [{ "type": "Isothermal", "einsteinRadius": { "uniform": [1, 2] }, "centre": [{ "normal": [0, 0.1] }, 0] },
 * { "type": "NFW", "centre": [{ "tie": "mass.0.centre.0" }, 0], ... }], "regularization": "gradient:1" }`
 *
 * @throws InvalidValue for JSON that is no model, priors that make no sense or reach beyond the domain of their parameter,
 *   ties that lead nowhere or in a circle, nothing to find, an adapt image that is nowhere above 0; MissingArgument for a
 *   mesh or regularization that is given nowhere, and for an adapt image that one of them needs; InvalidOption where one is
 *   given twice; DTypeMismatch and ShapeMismatch for what is no image.
 */
export function parseModelWithPriors(json: unknown, options: ModelOptions = {}): LensModelWithPriors {
  if (!isJsonObject(json)) throw noModel('lens', 'an object', describeValue(json));
  const unknown = Object.keys(json).find((key) => !keys.includes(key));
  if (unknown !== undefined) {
    const near = nearestName(unknown, keys);
    throw noModel('lens', `the keys ${keys.join(', ')}`, unknown, near === undefined ? undefined : `write ${near}`);
  }
  const meshText = onlyOne(json.mesh, options.mesh, 'mesh', 'overlay:30x30');
  const mesh = meshText === 'none' ? undefined : parseMesh(meshText);
  // Pixels stand for light of the source that is not solved for.
  const written = Object.fromEntries(Object.entries(json).filter(([key]) => lensKeys.includes(key)));
  const slots = slotsOf(written);
  const whole = lensOf(written, slots);
  const hasLight = mesh === undefined || hasLightBesidePixels(whole);
  const fitted = (lens: LensModel) => (mesh === undefined ? lens : withoutGivenSource(lens));
  const domains = new Map(lensParametersOf(whole).map((parameter) => [parameter.path, parameter]));
  const found = slots.filter(({ given }) => looksLikePrior(given)).map((slot) => parameterOf(slot, domains));
  const unused = found.find(({ path }) => mesh !== undefined && path.startsWith('light.') && !isFitted(path, whole));
  if (unused !== undefined) throw lightIsPixels(unused.path);
  const regularization = mesh === undefined ? undefined : regularizationOf(json.regularization, options);
  const parameters = [...found, ...(regularization?.parameters ?? [])];
  if (parameters.length === 0) {
    throw noModel('lens', 'a prior where a number is to be found', 'numbers only', 'write { "uniform": [1, 2] }');
  }
  const at = new Map(parameters.map(({ path }, index) => [path, index]));
  const sources = slots.flatMap((slot) => {
    const index = at.get(followed(slot, slots).path);
    return index === undefined ? [] : [{ slot, index }];
  });
  const lensAt = (values: ArrayLike<number>) => {
    const number = (slot: Slot) => {
      const target = followed(slot, slots);
      const index = at.get(target.path);
      return index === undefined ? target.given : values[index];
    };
    return fitted(parseLensModel(filled(written, slots, number)));
  };
  const middle = regularization?.middle;
  const adaptImage = adaptImageFor(whole, { mesh, regularization: middle, adaptImage: options.adaptImage });
  const image = adaptImage === undefined ? {} : { adaptImage };
  const pixelsAt = (values: ArrayLike<number>) => {
    if (mesh === undefined || regularization === undefined) return image;
    return { mesh, regularization: regularization.at((path) => values[at.get(path) ?? -1]), ...image };
  };
  return {
    parameters,
    mesh,
    regularization: middle,
    solve: options.positive ? 'positive' : 'unrestricted',
    ...(json.positions === undefined ? {} : { positions: parsePositions(json.positions) }),
    warnings: [
      ...singularParameters(parameters),
      ...adaptImageWarnings(whole, { mesh, regularization: middle, adaptImage }),
    ],
    modelAt(values) {
      const pixels = pixelsAt(values);
      if (!('mesh' in pixels)) throw noPixels();
      return { lens: lensAt(values), ...pixels };
    },
    ...(hasLight ? { lightModelAt: (values) => ({ lens: lensAt(values), ...pixelsAt(values) }) } : {}),
    gradientFrom(byPath) {
      const gradient = new Float64Array(parameters.length);
      for (const { slot, index } of sources) gradient[index] += byPath[slot.path] ?? 0;
      for (const { path } of regularization?.parameters ?? []) gradient[at.get(path) ?? -1] = byPath[path] ?? 0;
      return gradient;
    },
  };
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
  return parseLensModel(filled(json, slots, number));
}

function parameterOf({ path, given }: Slot, domains: ReadonlyMap<string, LensParameter>): FitParameter {
  const { doc = '', unit, ...domain }: Partial<LensParameter> = domains.get(path) ?? {};
  return { path, prior: parsePrior(given, domain, path), doc, ...(unit === undefined ? {} : { unit }) };
}

/** Whether light of the source is linear, so that it is fitted beside pixels. */
function isFitted(path: string, { light = [] }: LensModel): boolean {
  return isLinear(light[Number(path.split('.')[1])]);
}

function lightIsPixels(where: string): WtildeError {
  return new WtildeError('InvalidValue', {
    what: 'the source is made of pixels, which stand for this light',
    where,
    expected: 'priors on linear light, or on light of the lens',
    actual: 'a prior on light of given intensity',
    remedy: 'use mesh none to fit light profiles alone, or write a number',
  });
}

function noPixels(): WtildeError {
  return new WtildeError('InvalidOption', {
    what: 'the model has no source pixels',
    where: 'mesh',
    expected: 'a mesh such as overlay:30x30',
    actual: 'none',
    remedy: 'give it a mesh, or ask for its light',
  });
}

function regularizationOf(given: unknown, options: ModelOptions): RegularizationWithPriors {
  const { regularization, fixRegularization = false } = options;
  if (isJsonObject(given) && regularization === undefined) return regularizationWithPriors(given, fixRegularization);
  const text = onlyOne(given, regularization, 'regularization', 'gradient:1');
  return regularizationWithPriors(text, fixRegularization);
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
