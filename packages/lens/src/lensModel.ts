import { nearestName, WtildeError } from '@wtilde/core-types';
import { isJsonObject } from './arguments/jsonObject.js';
import { shown } from './arguments/shown.js';
import { type LightProfile, lightKinds } from './light/kinds.js';
import { type MassProfile, massKinds } from './mass/kinds.js';
import { type AnyKind, place } from './profile/check.js';

/** A lens, and the light behind it where that is known: what lens.json holds. */
export interface LensModel {
  readonly mass: readonly MassProfile[];
  readonly light?: readonly LightProfile[];
}

/**
 * A lens model from parsed JSON: `{ "mass": [{ "type": "Isothermal", "einsteinRadius": 1.6, ... }], "light": [...] }`.
 *
 * The domain of every parameter is in `massKinds`, `lightKinds` and `ellipseParameters`; within it every profile is
 * right to 1e-10 of itself, wherever the point is.
 *
 * @throws InvalidValue for another structure, unknown profiles (the known ones are listed), and parameters that are
 * missing, unknown or out of domain.
 */
export function parseLensModel(json: unknown): LensModel {
  if (!isJsonObject(json)) throw noLensModel(shown(json));
  const unknown = Object.keys(json).find((name) => !['$schema', 'mass', 'light'].includes(name));
  if (unknown !== undefined) {
    const nearest = nearestName(unknown, ['mass', 'light']);
    throw noLensModel(`the key ${shown(unknown)}`, nearest === undefined ? undefined : `write ${nearest}`);
  }
  const { mass, light } = json;
  assertProfiles<MassProfile>(massKinds, mass, 'mass');
  if (light === undefined) return { mass };
  assertProfiles<LightProfile>(lightKinds, light, 'light');
  return { mass, light };
}

function assertProfiles<Profile>(
  kinds: Readonly<Record<string, AnyKind<unknown>>>,
  profiles: unknown,
  where: string,
): asserts profiles is readonly Profile[] {
  if (!Array.isArray(profiles)) throw noLensModel(`${shown(profiles)} for "${where}"`);
  for (const [at, profile] of profiles.entries()) place(kinds, profile, `${where}[${at}]`);
}

function noLensModel(
  actual: string,
  remedy = 'write for example { "mass": [{ "type": "Isothermal", "einsteinRadius": 1.6 }] }',
): WtildeError {
  return new WtildeError('InvalidValue', {
    what: 'not a lens model',
    where: 'lens',
    expected: '{ "mass": [profiles], "light": [profiles] }, light only where a source is to be simulated',
    actual,
    remedy,
  });
}
