import { type Placed, place, profilesIn } from '../profile/check.js';
import { type MassProfile, massKinds } from './kinds.js';
import type { MassLaw } from './law.js';

export type Masses = MassProfile | readonly MassProfile[];

/** Masses that have been checked, each in its own frame. */
export function placed(masses: Masses): Placed<MassLaw<string>>[] {
  return profilesIn(masses, 'mass').map((profile, at) => place<MassLaw<string>>(massKinds, profile, `mass[${at}]`));
}
