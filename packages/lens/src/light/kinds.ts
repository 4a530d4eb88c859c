import type { ProfileOf } from '../profile/kind.js';
import { gaussian } from './gaussian.js';
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
