import { nearestName, WtildeError } from '@wtilde/core-types';
import { isJsonObject } from './arguments/jsonObject.js';
import { checkNumber } from './arguments/range.js';
import { shown } from './arguments/shown.js';
import type { FurtherPlane, LensModel } from './lensModel.js';
import { lightKinds } from './light/kinds.js';
import { linearLightKinds, type ModelLight } from './light/linearKinds.js';
import { type MassProfile, massKinds } from './mass/kinds.js';
import { parseMesh } from './mesh/mesh.js';
import { parseCosmology } from './planes/cosmology.js';
import { lensPlanesOf } from './planes/lensPlanes.js';
import { type AnyKind, place } from './profile/check.js';
import { parseRegularization } from './regularization/regularization.js';

const keys = ['$schema', 'mass', 'light', 'lensLight', 'lensRedshift', 'sourceRedshift', 'planes', 'cosmology'];
const planeKeys = ['redshift', 'mass', 'light', 'mesh', 'regularization'];

/**
 * A lens model from parsed JSON: `{ "mass": [{ "type": "Isothermal", "einsteinRadius": 1.6, ... }], "light": [...] }`, with
 * several planes `"lensRedshift": 0.5, "planes": [{ "redshift": 1, "mass": [...] }], "sourceRedshift": 2` beside.
 *
 * The domain of every parameter is in `massKinds`, `lightKinds`, `linearLightKinds` and `ellipseParameters`; within it
 * every profile is right to 1e-10 of itself, wherever the point is.
 *
 * @throws InvalidValue for another structure, unknown profiles (the known ones are listed), and parameters that are
 * missing, unknown or out of domain.
 */
export function parseLensModel(json: unknown): LensModel {
  if (!isJsonObject(json)) throw noLensModel(shown(json));
  checkKeys(json, keys);
  const { mass, light, lensLight, lensRedshift, sourceRedshift, planes, cosmology } = json;
  assertProfiles<MassProfile>(massKinds, mass, 'mass');
  if (lensRedshift !== undefined) checkRedshift(lensRedshift, 'lensRedshift');
  if (sourceRedshift !== undefined) checkRedshift(sourceRedshift, 'sourceRedshift');
  const [sources, own] = [lightsIn(light, 'light'), lightsIn(lensLight, 'lensLight')];
  const lens: LensModel = {
    mass,
    ...(sources === undefined ? {} : { light: sources }),
    ...(own === undefined ? {} : { lensLight: own }),
    ...(lensRedshift === undefined ? {} : { lensRedshift }),
    ...(sourceRedshift === undefined ? {} : { sourceRedshift }),
    ...(planes === undefined ? {} : { planes: planesIn(planes) }),
    ...(cosmology === undefined ? {} : { cosmology: parseCosmology(cosmology) }),
  };
  lensPlanesOf(lens);
  return lens;
}

function planesIn(planes: unknown): readonly FurtherPlane[] {
  if (!Array.isArray(planes)) throw noLensModel(`${shown(planes)} for "planes"`);
  return planes.map((plane: unknown, at) => {
    if (!isJsonObject(plane)) throw noLensModel(`${shown(plane)} for "planes[${at}]"`);
    checkKeys(plane, planeKeys, `planes[${at}]`);
    const { redshift, mass, light, mesh, regularization } = plane;
    checkRedshift(redshift, `planes[${at}].redshift`);
    if (mass !== undefined) assertProfiles<MassProfile>(massKinds, mass, `planes[${at}].mass`);
    if ((mesh === undefined) !== (regularization === undefined)) {
      throw noLensModel(`half of both in planes[${at}]`, 'write both "mesh" and "regularization", or neither');
    }
    const lights = lightsIn(light, `planes[${at}].light`);
    return {
      redshift,
      ...(mass === undefined ? {} : { mass }),
      ...(lights === undefined ? {} : { light: lights }),
      ...(mesh === undefined ? {} : { mesh: parseMesh(asText(mesh)) }),
      ...(regularization === undefined ? {} : { regularization: parseRegularization(asText(regularization)) }),
    };
  });
}

function asText(given: unknown): string {
  return typeof given === 'string' ? given : String(JSON.stringify(given));
}

function checkKeys(json: Readonly<Record<string, unknown>>, known: readonly string[], within = 'the lens'): void {
  const unknown = Object.keys(json).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const nearest = nearestName(unknown, known);
  throw noLensModel(
    `the key ${shown(unknown)} in ${within}`,
    nearest === undefined ? `the keys are ${known.join(', ')}` : `write ${nearest}`,
  );
}

function checkRedshift(redshift: unknown, where: string): asserts redshift is number {
  checkNumber(redshift, { above: 0, maximum: 1100 }, where, 'a redshift');
}

/** Light profiles from parsed JSON, by a list's name, those whose intensities are solved for too. */
function lightsIn(profiles: unknown, where: string): readonly ModelLight[] | undefined {
  if (profiles === undefined) return undefined;
  assertProfiles<ModelLight>({ ...lightKinds, ...linearLightKinds }, profiles, where);
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
      '{ "mass": [profiles], "light": [profiles], "lensLight": [profiles] }, light only where it is to be simulated or ' +
      'fitted; with further planes "lensRedshift", "planes": [{ "redshift", "mass", "light" }] and "sourceRedshift"',
    actual,
    remedy,
  });
}
