import type { ProfileOf } from '../profile/kind.js';
import { externalShear } from './externalShear.js';
import { isothermal, isothermalSph } from './isothermal.js';
import { massSheet } from './massSheet.js';
import { nfw, nfwSph } from './nfw.js';
import { pointMass } from './pointMass.js';
import { powerLaw, powerLawSph } from './powerLaw.js';

/** Every mass profile by the name that a lens model gives it. A new one is a line here and a file beside. */
export const massKinds = {
  Isothermal: isothermal,
  IsothermalSph: isothermalSph,
  PowerLaw: powerLaw,
  PowerLawSph: powerLawSph,
  PointMass: pointMass,
  NFW: nfw,
  NFWSph: nfwSph,
  ExternalShear: externalShear,
  MassSheet: massSheet,
};

/** A part of a lens: `{ type, centre, ... }` with the parameters of its kind, lengths in arcsec. */
export type MassProfile = ProfileOf<typeof massKinds>;
