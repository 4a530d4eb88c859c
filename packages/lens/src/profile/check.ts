import { nearestName, WtildeError } from '@wtilde/core-types';
import { isJsonObject } from '../arguments/jsonObject.js';
import { inWords, isWithin } from '../arguments/range.js';
import { shown } from '../arguments/shown.js';
import { axisRatioAndAngleFrom, ellCompsParameter, ellipseParameters } from './ellipse.js';
import type { Parameter, Parameters, ProfileKind, Symmetry, ValuesOf } from './kind.js';
import { wholeSky } from './lengths.js';

/** A kind of profile, blind to its parameters. */
export type AnyKind<Law> = ProfileKind<Parameters, Symmetry, Law>;

/** A parameter of one profile: its domain, and its value under the name that JSON has it by, such as centre.0. */
export interface NamedParameter extends Parameter {
  readonly name: string;
  readonly value: number;
}

/** A profile in its own frame, and where that stands. */
export interface Placed<Law> {
  readonly law: Law;
  /** (y, x) in arcsec. */
  readonly centre: readonly [number, number];
  readonly cosine: number;
  readonly sine: number;
  readonly symmetry: Symmetry;
  /** 1 where the profile is round. */
  readonly axisRatio: number;
  readonly values: ValuesOf<Parameters>;
  /** All that the profile has, defaults filled in, the ellipse as it was written. */
  readonly parameters: readonly NamedParameter[];
  /** What errors call it, such as mass[0] PowerLaw. */
  readonly where: string;
}

/** The profiles of an argument that is one of them or a list. */
export function profilesIn<Profile>(given: Profile | readonly Profile[], where: string): readonly Profile[] {
  const isList = (value: Profile | readonly Profile[]): value is readonly Profile[] => Array.isArray(value);
  if (isList(given)) return given;
  if (isJsonObject(given)) return [given];
  throw invalid('neither a profile nor a list of profiles', where, '{ "type": ... } or [{ "type": ... }]', given);
}

/**
 * Checks a profile and makes it ready to be evaluated.
 *
 * @throws InvalidValue for an unknown kind (they are listed), and parameters that are missing, unknown or out of domain.
 */
export function place<Law>(
  kinds: Readonly<Record<string, AnyKind<Law>>>,
  profile: unknown,
  where: string,
): Placed<Law> {
  if (!isJsonObject(profile)) throw invalid('a profile is a record', where, '{ "type": ... }', profile);
  const kind = kindOf(kinds, profile.type, where);
  const elliptical = kind.symmetry === 'elliptical';
  const known = ['type', 'centre', ...Object.keys(kind.parameters), ...(elliptical ? ellipseNames : [])];
  const unknown = Object.keys(profile).find((name) => !known.includes(name));
  if (unknown !== undefined) throw misspelt('no such parameter', `${where} ${String(profile.type)}`, known, unknown);
  const { axisRatio, angle, written } = elliptical ? ellipseOf(profile, where) : round;
  const radians = ((angle % 360) * Math.PI) / 180;
  const values = valuesOf(kind.parameters, profile, where);
  const centre = centreOf(profile, where);
  const own = Object.entries(kind.parameters).map(([name, parameter]) => named(name, parameter, values[name]));
  return {
    law: kind.prepare(values, axisRatio),
    centre,
    cosine: Math.cos(radians),
    sine: Math.sin(radians),
    symmetry: kind.symmetry,
    axisRatio,
    values,
    parameters: [...pairNamed('centre', centreParameter, centre), ...own, ...written],
    where: `${where} ${String(profile.type)}`,
  };
}

const ellipseNames = [...Object.keys(ellipseParameters), 'ellComps'];
const round = { axisRatio: 1, angle: 0, written: [] };
const centreParameter: Parameter = {
  doc: 'of the centre (y, x)',
  unit: 'arcsec',
  default: 0,
  minimum: -wholeSky,
  maximum: wholeSky,
};

function named(name: string, parameter: Parameter, value: number): NamedParameter {
  return { ...parameter, name, value };
}

function pairNamed(name: string, parameter: Parameter, pair: readonly [number, number]): NamedParameter[] {
  return pair.map((value, at) => named(`${name}.${at}`, parameter, value));
}

function kindOf<Law>(kinds: Readonly<Record<string, AnyKind<Law>>>, type: unknown, where: string): AnyKind<Law> {
  if (typeof type === 'string' && Object.hasOwn(kinds, type)) return kinds[type];
  throw misspelt('no such profile', `${where}.type`, Object.keys(kinds), type);
}

function valuesOf(parameters: Parameters, profile: Readonly<Record<string, unknown>>, where: string) {
  const values: Record<string, number> = {};
  for (const [name, parameter] of Object.entries(parameters)) {
    values[name] = numberOf(profile[name], parameter, `${where}.${name}`);
  }
  const checked: ValuesOf<Parameters> = values;
  return checked;
}

function numberOf(given: unknown, parameter: Parameter, where: string): number {
  const value = given === undefined ? parameter.default : given;
  if (isWithin(value, parameter)) return value;
  const what = value === undefined ? 'the parameter is missing' : 'the value is out of domain';
  throw invalid(what, where, `${inWords(parameter)}: ${parameter.doc}`, value);
}

function pairOf(value: unknown, most: number, where: string, expected: string): readonly [number, number] {
  if (Array.isArray(value) && value.length === 2) {
    const [first, second]: readonly unknown[] = value;
    const isCoordinate = (each: unknown): each is number => typeof each === 'number' && Math.abs(each) <= most;
    if (isCoordinate(first) && isCoordinate(second)) return [first, second];
  }
  throw invalid('the value is out of domain', where, expected, value);
}

function centreOf({ centre }: Readonly<Record<string, unknown>>, where: string): readonly [number, number] {
  if (centre === undefined) return [0, 0];
  return pairOf(centre, wholeSky, `${where}.centre`, `two numbers (y, x) in arcsec, from -${wholeSky} to ${wholeSky}`);
}

function ellipseOf(profile: Readonly<Record<string, unknown>>, where: string) {
  if (profile.ellComps === undefined) {
    const axisRatio = numberOf(profile.axisRatio, ellipseParameters.axisRatio, `${where}.axisRatio`);
    const angle = numberOf(profile.angle, ellipseParameters.angle, `${where}.angle`);
    const written = [
      named('axisRatio', ellipseParameters.axisRatio, axisRatio),
      named('angle', ellipseParameters.angle, angle),
    ];
    return { axisRatio, angle, written };
  }
  const twice = ['axisRatio', 'angle'].filter((name) => profile[name] !== undefined);
  if (twice.length > 0) {
    throw new WtildeError('InvalidValue', {
      what: 'an ellipse given twice',
      where,
      expected: 'ellComps, or axisRatio and angle',
      actual: `ellComps and ${twice.join(' and ')}`,
      remedy: `drop ellComps, or ${twice.join(' and ')}`,
    });
  }
  const components = pairOf(profile.ellComps, 1, `${where}.ellComps`, 'two numbers from -1 to 1');
  return {
    ...axisRatioAndAngleFrom(components, `${where}.ellComps`),
    written: pairNamed('ellComps', ellCompsParameter, components),
  };
}

function misspelt(what: string, where: string, known: readonly string[], written: unknown): WtildeError {
  const nearest = typeof written === 'string' ? nearestName(written, known) : undefined;
  return new WtildeError('InvalidValue', {
    what,
    where,
    expected: `one of ${known.join(', ')}`,
    actual: shown(written),
    remedy: nearest === undefined ? 'use one of those' : `write ${nearest}`,
  });
}

function invalid(what: string, where: string, expected: string, actual: unknown): WtildeError {
  return new WtildeError('InvalidValue', {
    what,
    where,
    expected,
    actual: shown(actual),
    remedy: actual === undefined ? 'add it to the lens model' : 'correct the lens model',
  });
}
