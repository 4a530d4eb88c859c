import type { NdArray } from '@wtilde/core-types';
import { type AnyKind, place } from '../profile/check.js';
import { addBrightness } from './brightness.js';
import { type LightProfile, lightKinds } from './kinds.js';
import type { LightLaw } from './law.js';
import { multiGaussian } from './multiGaussian.js';

const known: Readonly<Record<string, AnyKind<LightLaw>>> = lightKinds;

/**
 * Every light profile whose intensity is solved for: `LinearSersic` is a `Sersic` without an intensity, and so on for all
 * of `lightKinds`; `MultiGaussian` has one for each of its Gaussians.
 */
export const linearLightKinds: Readonly<Record<string, AnyKind<readonly LightLaw[]>>> = {
  ...Object.fromEntries(Object.entries(known).map(([type, kind]) => [`Linear${type}`, linearOf(kind)])),
  MultiGaussian: multiGaussian,
};

type Without<Profile, Names extends string> = Profile extends unknown ? Omit<Profile, Names> : never;

type LinearOf<Profile> = Profile extends { readonly type: infer Type extends string }
  ? Omit<Profile, 'type' | 'intensity'> & { readonly type: `Linear${Type}` }
  : never;

/** Light of given shape whose intensity is solved for. */
export type LinearLightProfile =
  | LinearOf<LightProfile>
  | (Without<Extract<LightProfile, { readonly type: 'Gaussian' }>, 'type' | 'intensity' | 'sigma'> & {
      readonly type: 'MultiGaussian';
      /** How many, from 2 to 1000. */
      readonly gaussians: number;
      /** Of the narrowest, in arcsec along the minor axis. */
      readonly minimumSigma: number;
      /** Of the widest, in arcsec. */
      readonly maximumSigma: number;
    });

/** Light of a lens model: of given intensity, or of one that is solved for. */
export type ModelLight = LightProfile | LinearLightProfile;

export function isLinear(light: ModelLight): light is LinearLightProfile {
  return Object.hasOwn(linearLightKinds, light.type);
}

/** The light whose intensity is given. */
export function givenLight(lights: readonly ModelLight[]): readonly LightProfile[] {
  return lights.filter((light) => !isLinear(light));
}

/** The images (P) of a linear profile at unit intensity, one for each intensity. Errors: those of `imageFrom`. */
export function unitImagesFrom(
  profile: LinearLightProfile,
  grid: NdArray<'real'>,
  where: string,
): readonly Float64Array[] {
  const placed = place(linearLightKinds, profile, where);
  return placed.law.map((law) => {
    const image = new Float64Array(grid.shape[0]);
    addBrightness(image, placed, law, grid);
    return image;
  });
}

function linearOf(kind: AnyKind<LightLaw>): AnyKind<readonly LightLaw[]> {
  const { intensity: _, ...parameters } = kind.parameters;
  return {
    ...kind,
    doc: `${kind.doc}; the intensity is solved for`,
    parameters,
    prepare: (values, axisRatio) => [kind.prepare({ ...values, intensity: 1 }, axisRatio)],
  };
}
