import { WtildeError } from '@wtilde/core-types';
import { checkNames } from '../arguments/checkArguments.js';
import { isJsonObject } from '../arguments/jsonObject.js';
import { checkNumber } from '../arguments/range.js';
import { shown } from '../arguments/shown.js';
import { type LensModel, lightsIn } from '../lensModel.js';
import type { LightProfile } from '../light/kinds.js';
import type { Mesh } from '../mesh/mesh.js';
import type { Regularization } from '../regularization/kinds.js';
import { checkRegularization } from '../regularization/regularization.js';

/** Light of given shape whose intensities are solved for: the intensity of each profile times a factor. */
export interface LinearLight {
  /** Of the source, seen through the lens. */
  readonly source?: readonly LightProfile[] | undefined;
  /** Of the lens itself. */
  readonly lens?: readonly LightProfile[] | undefined;
}

/** A guess at lens and light: what is given is taken off the visibilities, what is linear is solved for. */
export interface LightModel {
  /** Its `light` and `lensLight` are light of given intensity. */
  readonly lens: LensModel;
  readonly linear?: LinearLight | undefined;
  /** Source pixels beside the profiles. */
  readonly pixels?: { readonly mesh: Mesh; readonly regularization: Regularization } | undefined;
  /**
   * Added to the diagonal of F for every linear profile: a weak prior that keeps apart profiles that look alike. By
   * default 0.001, as in PyAutoLens; 0 solves for the least squares themselves.
   */
  readonly ridge?: number | undefined;
}

export const defaultRidge = 1e-3;

/**
 * Linear light from parsed JSON: `{ "source": [profiles], "lens": [profiles] }`, either of both.
 *
 * @throws InvalidValue for another structure, unknown profiles (the known ones are listed), and parameters out of domain.
 */
export function parseLinearLight(json: unknown): LinearLight {
  const keys = ['source', 'lens'];
  if (!isJsonObject(json) || Object.keys(json).length === 0 || !Object.keys(json).every((key) => keys.includes(key))) {
    throw new WtildeError('InvalidValue', {
      what: 'not linear light',
      where: 'linear',
      expected: '{ "source": [light profiles], "lens": [light profiles] }, either of both',
      actual: shown(json),
      remedy: 'write for example { "source": [{ "type": "Exponential", "intensity": 1, "effectiveRadius": 0.3 }] }',
    });
  }
  return { source: lightsIn(json.source, 'linear.source'), lens: lightsIn(json.lens, 'linear.lens') };
}

/** @throws UnknownArgument, MissingArgument, InvalidValue: nothing to compare with the visibilities, or another ridge. */
export function checkLightModel(given: LightModel): void {
  checkNames(given, { lens: true, linear: false, pixels: false, ridge: false, signal: false }, 'lightEvidence');
  const { lens, linear, pixels, ridge = defaultRidge } = given;
  checkNumber(ridge, { minimum: 0 }, 'lightEvidence ridge', 'what is added to the diagonal of linear profiles');
  if (linear !== undefined) checkNames(linear, { source: false, lens: false }, 'lightEvidence linear');
  if (pixels !== undefined) {
    checkNames(pixels, { mesh: true, regularization: true }, 'lightEvidence pixels');
    checkRegularization(pixels.regularization);
  }
  const lights = [lens.light, lens.lensLight, linear?.source, linear?.lens];
  if (pixels !== undefined || lights.some((each) => each !== undefined && each.length > 0)) return;
  throw new WtildeError('InvalidValue', {
    what: 'there is no light to compare with the visibilities',
    where: 'lightEvidence',
    expected: 'light or lensLight of the lens model, linear profiles, or pixels',
    actual: 'none',
    remedy: 'add "light" to the lens model, or linear profiles',
  });
}
