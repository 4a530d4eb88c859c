import type { ProfileOf } from '../profile/kind.js';
import { chameleonMass, dpie } from './dpie.js';
import { externalShear } from './externalShear.js';
import { isothermal, isothermalSph } from './isothermal.js';
import { massSheet } from './massSheet.js';
import { powerLawMultipole1, powerLawMultipole3, powerLawMultipole4 } from './multipole.js';
import { nfw, nfwSph } from './nfw.js';
import { pointMass } from './pointMass.js';
import { powerLaw, powerLawSph } from './powerLaw.js';
import { powerLawBroken } from './powerLawBroken.js';
import { powerLawCore } from './powerLawCore.js';
import { cnfw, gnfw, nfwTruncated } from './projectedHalos.js';
import { devVaucouleursMass, exponentialMass, gaussianMass, sersicMass } from './stellarMass.js';

/** Every mass profile by the name that a lens model gives it. A new one is a line here and a file beside. */
export const massKinds = {
  Isothermal: isothermal,
  IsothermalSph: isothermalSph,
  PowerLaw: powerLaw,
  PowerLawSph: powerLawSph,
  PowerLawCore: powerLawCore,
  PowerLawBroken: powerLawBroken,
  PowerLawMultipole1: powerLawMultipole1,
  PowerLawMultipole3: powerLawMultipole3,
  PowerLawMultipole4: powerLawMultipole4,
  PointMass: pointMass,
  NFW: nfw,
  NFWSph: nfwSph,
  GNFW: gnfw,
  CNFW: cnfw,
  NFWTruncated: nfwTruncated,
  DPIE: dpie,
  SersicMass: sersicMass,
  ExponentialMass: exponentialMass,
  DevVaucouleursMass: devVaucouleursMass,
  GaussianMass: gaussianMass,
  ChameleonMass: chameleonMass,
  ExternalShear: externalShear,
  MassSheet: massSheet,
};

/** A part of a lens: `{ type, centre, ... }` with the parameters of its kind, lengths in arcsec. */
export type MassProfile = ProfileOf<typeof massKinds>;
