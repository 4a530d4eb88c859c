import { WtildeError } from '@wtilde/core-types';
import { axisRatioAndAngleFrom } from './ellipse.js';
import { isJsonObject } from './jsonObject.js';
import type { Parameter, Parameters, ProfileKind, Symmetry, ValuesOf } from './kind.js';

/** A kind of profile, blind to its parameters. */
export type AnyKind<Law> = ProfileKind<Parameters, Symmetry, Law>;

/** A profile in its own frame, and where that stands. */
export interface Placed<Law> {
  readonly law: Law;
  /** (y, x) in arcsec. */
  readonly centre: readonly [number, number];
  readonly cosine: number;
  readonly sine: number;
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
  if (unknown !== undefined) throw invalid('no such parameter', `${where}.${unknown}`, known.join(', '), unknown);
  const { axisRatio, angle } = elliptical ? ellipseOf(profile, where) : round;
  const radians = (angle * Math.PI) / 180;
  return {
    law: kind.prepare(valuesOf(kind.parameters, profile, where), axisRatio),
    centre: pairOf(profile, 'centre', where) ?? [0, 0],
    cosine: Math.cos(radians),
    sine: Math.sin(radians),
  };
}

const ellipseNames = ['axisRatio', 'angle', 'ellComps'];
const round = { axisRatio: 1, angle: 0 };

function kindOf<Law>(kinds: Readonly<Record<string, AnyKind<Law>>>, type: unknown, where: string): AnyKind<Law> {
  if (typeof type === 'string' && Object.hasOwn(kinds, type)) return kinds[type];
  throw invalid('no such profile', `${where}.type`, `one of ${Object.keys(kinds).join(', ')}`, type);
}

function valuesOf(parameters: Parameters, profile: Readonly<Record<string, unknown>>, where: string) {
  const values: Record<string, number> = {};
  for (const [name, parameter] of Object.entries(parameters)) {
    values[name] = numberOf(profile[name] ?? parameter.default, parameter, `${where}.${name}`);
  }
  const checked: ValuesOf<Parameters> = values;
  return checked;
}

function numberOf(value: unknown, { doc, above, minimum, below }: Parameter, where: string): number {
  const fits =
    typeof value === 'number' &&
    Number.isFinite(value) &&
    (above === undefined || value > above) &&
    (minimum === undefined || value >= minimum) &&
    (below === undefined || value < below);
  if (fits) return value;
  const bounds = [
    above === undefined ? '' : ` above ${above}`,
    minimum === undefined ? '' : ` from ${minimum}`,
    below === undefined ? '' : ` below ${below}`,
  ];
  const expected = `a number${bounds.filter(Boolean).join(' and')}: ${doc}`;
  throw invalid(
    value === undefined ? 'the parameter is missing' : 'the value is out of domain',
    where,
    expected,
    value,
  );
}

function pairOf(
  profile: Readonly<Record<string, unknown>>,
  name: string,
  where: string,
): readonly [number, number] | undefined {
  const value = profile[name];
  if (value === undefined) return undefined;
  if (Array.isArray(value) && value.length === 2) {
    const [first, second]: readonly unknown[] = value;
    const isCoordinate = (each: unknown): each is number => typeof each === 'number' && Number.isFinite(each);
    if (isCoordinate(first) && isCoordinate(second)) return [first, second];
  }
  throw invalid('the value is out of domain', `${where}.${name}`, 'two numbers (y, x)', value);
}

const axisRatioRule: Parameter = { doc: 'minor over major axis', above: 0, below: 1 + Number.EPSILON };
const angleRule: Parameter = { doc: 'degrees counter-clockwise from the x axis' };

function ellipseOf(profile: Readonly<Record<string, unknown>>, where: string) {
  const components = pairOf(profile, 'ellComps', where);
  if (components === undefined) {
    return {
      axisRatio: numberOf(profile.axisRatio ?? 1, axisRatioRule, `${where}.axisRatio`),
      angle: numberOf(profile.angle ?? 0, angleRule, `${where}.angle`),
    };
  }
  if (profile.axisRatio !== undefined || profile.angle !== undefined) {
    throw invalid('an ellipse given twice', where, 'ellComps, or axisRatio and angle', 'both');
  }
  if (Math.hypot(...components) < 1) return axisRatioAndAngleFrom(components);
  throw invalid('the value is out of domain', `${where}.ellComps`, 'a pair of length below 1', components);
}

function invalid(what: string, where: string, expected: string, actual: unknown): WtildeError {
  return new WtildeError('InvalidValue', {
    what,
    where,
    expected,
    actual: typeof actual === 'string' ? `"${actual}"` : (JSON.stringify(actual) ?? String(actual)),
    remedy: 'correct the lens model',
  });
}
