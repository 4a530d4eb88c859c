import type { ProfileOf } from '../profile/kind.js';
import { chameleon } from './chameleon.js';
import { gaussian } from './gaussian.js';
import { elsonFreeFall, moffat } from './moffat.js';
import { devVaucouleurs, exponential, sersic } from './sersic.js';
import { exponentialCore, sersicCore } from './sersicCore.js';

/** Every light profile by the name that a lens model gives it. A new one is a line here and a file beside. */
export const lightKinds = {
  Sersic: sersic,
  Exponential: exponential,
  DevVaucouleurs: devVaucouleurs,
  Gaussian: gaussian,
  SersicCore: sersicCore,
  ExponentialCore: exponentialCore,
  Moffat: moffat,
  Chameleon: chameleon,
  ElsonFreeFall: elsonFreeFall,
};

/** A part of a source: `{ type, centre, ... }` with the parameters of its kind, lengths in arcsec. */
export type LightProfile = ProfileOf<typeof lightKinds>;
