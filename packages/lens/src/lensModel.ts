import { nearestName, WtildeError } from '@wtilde/core-types';
import { isJsonObject } from './arguments/jsonObject.js';
import { shown } from './arguments/shown.js';
import { type LightProfile, lightKinds } from './light/kinds.js';
import { type MassProfile, massKinds } from './mass/kinds.js';
import { type AnyKind, place } from './profile/check.js';

/** A lens, and the light behind it where that is known: what lens.json holds. */
export interface LensModel {
  readonly mass: readonly MassProfile[];
  /** Of the source: seen through the lens. */
  readonly light?: readonly LightProfile[];
  /** Of the lens itself: seen as it is. */
  readonly lensLight?: readonly LightProfile[];
}

const keys = ['$schema', 'mass', 'light', 'lensLight'];

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
  const unknown = Object.keys(json).find((name) => !keys.includes(name));
  if (unknown !== undefined) {
    const nearest = nearestName(unknown, keys);
    throw noLensModel(`the key ${shown(unknown)}`, nearest === undefined ? undefined : `write ${nearest}`);
  }
  const { mass, light, lensLight } = json;
  assertProfiles<MassProfile>(massKinds, mass, 'mass');
  const lights = { light: lightsIn(light, 'light'), lensLight: lightsIn(lensLight, 'lensLight') };
  return {
    mass,
    ...(lights.light === undefined ? {} : { light: lights.light }),
    ...(lights.lensLight === undefined ? {} : { lensLight: lights.lensLight }),
  };
}

/** Light profiles from parsed JSON, by a list's name. Errors: those of {@link parseLensModel}. */
export function lightsIn(profiles: unknown, where: string): readonly LightProfile[] | undefined {
  if (profiles === undefined) return undefined;
  assertProfiles<LightProfile>(lightKinds, profiles, where);
  return profiles;
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
    expected:
      '{ "mass": [profiles], "light": [profiles], "lensLight": [profiles] }, light only where it is to be simulated or fitted',
    actual,
    remedy,
  });
}
