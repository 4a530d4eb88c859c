import type { AnyKind } from '../profile/check.js';
import type { ProfileOf } from '../profile/kind.js';
import { gaussian } from './gaussian.js';
import type { LightLaw } from './law.js';
import { devVaucouleurs, exponential, sersic } from './sersic.js';

/** Every light profile by the name that a lens model gives it. A new one is a line here and a file beside. */
export const lightKinds = {
  Sersic: sersic,
  Exponential: exponential,
  DevVaucouleurs: devVaucouleurs,
  Gaussian: gaussian,
};

/** A part of a source: `{ type, centre, ... }` with the parameters of its kind, lengths in arcsec. */
export type LightProfile = ProfileOf<typeof lightKinds>;

/** {@link lightKinds} for whoever does not know the parameters. */
export const anyLightKinds: Readonly<Record<string, AnyKind<LightLaw>>> = lightKinds;
