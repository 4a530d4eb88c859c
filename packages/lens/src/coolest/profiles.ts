import { WtildeError } from '@wtilde/core-types';
import { shown } from '../arguments/shown.js';
import type { LightProfile } from '../light/kinds.js';
import { lightKinds } from '../light/kinds.js';
import { isLinear, type ModelLight } from '../light/linearKinds.js';
import type { MassProfile } from '../mass/kinds.js';
import { massKinds } from '../mass/kinds.js';
import { place } from '../profile/check.js';

/** The parameters of a profile by their names in COOLEST. */
export type CoolestValues = Readonly<Record<string, number>>;

/** A profile as COOLEST has it. */
export interface CoolestProfile {
  readonly type: string;
  readonly values: CoolestValues;
}

/** Position angles are from the y axis there, counter-clockwise, in (-90, 90]; angles here from the x axis. */
function angleOf(phi: number): number {
  return phi + 90;
}

function phiOf(angle: number): number {
  const turned = (((angle - 90) % 180) + 180) % 180;
  return turned > 90 ? turned - 180 : turned;
}

/** Einstein radii there are of kappa = (3-slope)/2 (theta_E / sqrt(q x^2 + y^2/q))^(slope-1). */
function einsteinRadiusOf(thetaE: number, q: number, slope: number): number {
  return (thetaE / Math.sqrt(q)) * ((1 + q) / 2) ** (1 / (slope - 1));
}

function thetaEOf(einsteinRadius: number, q: number, slope: number): number {
  return einsteinRadius * Math.sqrt(q) * (2 / (1 + q)) ** (1 / (slope - 1));
}

type Read<Profile> = Readonly<Record<string, { readonly needs: readonly string[]; make(v: CoolestValues): Profile }>>;

const ellipse = ['q', 'phi', 'center_x', 'center_y'];

function placeOf(v: CoolestValues) {
  return { centre: [v.center_y, v.center_x], axisRatio: v.q, angle: angleOf(v.phi) } as const;
}

/** Mass profiles of COOLEST that are one here. */
export const massFromCoolest: Read<MassProfile> = {
  SIE: {
    needs: ['theta_E', ...ellipse],
    make: (v) => ({ type: 'Isothermal', einsteinRadius: einsteinRadiusOf(v.theta_E, v.q, 2), ...placeOf(v) }),
  },
  PEMD: {
    needs: ['theta_E', 'gamma', ...ellipse],
    make: (v) => ({
      type: 'PowerLaw',
      einsteinRadius: einsteinRadiusOf(v.theta_E, v.q, v.gamma),
      slope: v.gamma,
      ...placeOf(v),
    }),
  },
  ExternalShear: {
    needs: ['gamma_ext', 'phi_ext'],
    make({ gamma_ext: gamma, phi_ext: phi }) {
      const doubled = (2 * angleOf(phi) * Math.PI) / 180;
      return { type: 'ExternalShear', gamma1: gamma * Math.cos(doubled), gamma2: gamma * Math.sin(doubled) };
    },
  },
  ConvergenceSheet: { needs: ['kappa_s'], make: (v) => ({ type: 'MassSheet', kappa: v.kappa_s }) },
};

/** Light profiles of COOLEST that are one here; brightness there is per square arcsec. */
export function lightFromCoolest(pixelArea: number): Read<LightProfile> {
  return {
    Sersic: {
      needs: ['I_eff', 'theta_eff', 'n', ...ellipse],
      make: (v) => ({
        type: 'Sersic',
        intensity: v.I_eff * pixelArea,
        effectiveRadius: v.theta_eff,
        sersicIndex: v.n,
        ...placeOf(v),
      }),
    },
  };
}

/** @throws InvalidValue for a mass that COOLEST has not, or has only around the origin. */
export function massToCoolest(profile: MassProfile, where: string): CoolestProfile {
  const { axisRatio: q, centre, values, angle } = placedOf(massKinds, profile, where);
  const around = { q, phi: phiOf(angle), center_x: centre[1], center_y: centre[0] };
  switch (profile.type) {
    case 'Isothermal':
    case 'IsothermalSph':
      if (values.coreRadius !== 0) throw cannot(where, profile.type, 'an isothermal profile without a core');
      return { type: 'SIE', values: { theta_E: thetaEOf(values.einsteinRadius, q, 2), ...around } };
    case 'PowerLaw':
    case 'PowerLawSph': {
      const { einsteinRadius, slope } = values;
      return { type: 'PEMD', values: { gamma: slope, theta_E: thetaEOf(einsteinRadius, q, slope), ...around } };
    }
    case 'ExternalShear': {
      atOrigin(centre, where);
      const angleOfShear = (Math.atan2(values.gamma2, values.gamma1) * 90) / Math.PI;
      const strength = Math.hypot(values.gamma1, values.gamma2);
      return { type: 'ExternalShear', values: { gamma_ext: strength, phi_ext: phiOf(angleOfShear) } };
    }
    case 'MassSheet':
      atOrigin(centre, where);
      return { type: 'ConvergenceSheet', values: { kappa_s: values.kappa } };
    default:
      throw cannot(where, profile.type, 'Isothermal, PowerLaw, both also Sph, ExternalShear or MassSheet');
  }
}

/** @throws InvalidValue for light that COOLEST has not. */
export function lightToCoolest(profile: ModelLight, pixelArea: number, where: string): CoolestProfile {
  if (isLinear(profile)) throw cannot(where, profile.type, 'Sersic, Exponential or DevVaucouleurs');
  const { axisRatio: q, centre, values, angle } = placedOf(lightKinds, profile, where);
  const indexes: Readonly<Record<string, number>> = { Sersic: values.sersicIndex, Exponential: 1, DevVaucouleurs: 4 };
  if (!Object.hasOwn(indexes, profile.type)) throw cannot(where, profile.type, 'Sersic, Exponential or DevVaucouleurs');
  return {
    type: 'Sersic',
    values: {
      I_eff: values.intensity / pixelArea,
      theta_eff: values.effectiveRadius,
      n: indexes[profile.type],
      q,
      phi: phiOf(angle),
      center_x: centre[1],
      center_y: centre[0],
    },
  };
}

function placedOf(kinds: Parameters<typeof place>[0], profile: unknown, where: string) {
  const placed = place(kinds, profile, where);
  return { ...placed, angle: (Math.atan2(placed.sine, placed.cosine) * 180) / Math.PI };
}

function atOrigin([y, x]: readonly [number, number], where: string): void {
  if (y !== 0 || x !== 0) throw cannot(where, `one around ${shown([y, x])}`, 'a shear or a sheet around the origin');
}

function cannot(where: string, actual: string, expected: string): WtildeError {
  return new WtildeError('InvalidValue', {
    what: 'COOLEST has no such profile',
    where,
    expected,
    actual,
    remedy: 'leave it out, or share lens.json itself',
  });
}
