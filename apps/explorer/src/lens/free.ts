import {
  axisRatioAndAngleFrom,
  ellCompsFrom,
  type LensModel,
  type MassProfile,
  parametersOf,
  parseLensModel,
} from '@wtilde/lens';
import { numberOf } from './parameters.js';

/** A part of the mass that a fit can change: a number, or two that belong together. */
export interface Part {
  readonly profile: number;
  readonly name: string;
  /** It is looked for within so much to either side of where it is. */
  readonly width: number;
}

const widths: Readonly<Record<string, number>> = {
  centre: 0.3,
  ellipticity: 0.3,
  shear: 0.15,
  einsteinRadius: 0.5,
  slope: 0.4,
};

/** What of a mass a fit can change. */
export function partsOf(mass: readonly MassProfile[]): readonly Part[] {
  return mass.flatMap((profile, at) => {
    const names = new Set(Object.entries(profile).flatMap(([name, value]) => partOf(name, value)));
    return [...names].map((name) => ({
      profile: at,
      name,
      width: widths[name] ?? Math.max(0.01, Math.abs(numberOf(profile, name, 0)) / 2),
    }));
  });
}

function partOf(name: string, value: unknown): readonly string[] {
  if (name === 'axisRatio' || name === 'angle' || name === 'ellComps') return ['ellipticity'];
  if (name === 'gamma1' || name === 'gamma2') return ['shear'];
  return typeof value === 'number' || name === 'centre' ? [name] : [];
}

/**
 * The mass with priors, as `parseModelWithPriors` takes it: every number of a part is as likely anywhere within the width.
 * Ellipticities are components there, which have no end where a profile is round.
 */
export function massWithPriors(mass: readonly MassProfile[], free: readonly Part[]): readonly unknown[] {
  const components = mass.map(withComponents);
  const domains = new Map(parametersOf(components).map((parameter) => [parameter.path, parameter]));
  return components.map((profile, at) => {
    const widthOf = new Map(free.filter((part) => part.profile === at).map(({ name, width }) => [name, width]));
    const entries = Object.entries(profile).map(([name, value]): [string, unknown] => {
      const [part] = partOf(name, value);
      const width = part === undefined ? undefined : widthOf.get(part);
      if (width === undefined) return [name, value];
      const around = (number: number, path: string) => {
        const { above, minimum, below, maximum } = domains.get(path) ?? {};
        const least = above ?? minimum ?? Number.NEGATIVE_INFINITY;
        const most = below ?? maximum ?? Number.POSITIVE_INFINITY;
        return { uniform: [Math.max(least, number - width), Math.min(most, number + width)] };
      };
      const path = `mass.${at}.${name}`;
      if (typeof value === 'number') return [name, around(value, path)];
      if (!Array.isArray(value)) return [name, value];
      return [name, value.map((number: number, lane) => around(number, `${path}.${lane}`))];
    });
    return Object.fromEntries(entries);
  });
}

/** The numbers of a mass by the paths that parameters of a fit have. */
export function numbersOf(mass: readonly MassProfile[]): Readonly<Record<string, number>> {
  return Object.fromEntries(parametersOf(mass.map(withComponents)).map(({ path, value }) => [path, value]));
}

/** The profiles that a fit has found, written the way that these are. */
export function writtenLike(mass: readonly MassProfile[], found: LensModel['mass']): LensModel['mass'] {
  const written = mass.map((profile, at) => {
    const other = found[at];
    const ellipse = 'ellComps' in other && other.ellComps !== undefined ? axisRatioAndAngleFrom(other.ellComps) : {};
    const all: Readonly<Record<string, unknown>> = { ...other, ...ellipse };
    return Object.fromEntries(Object.keys(profile).map((name) => [name, rounded(all[name])]));
  });
  return parseLensModel({ mass: written }).mass;
}

/** Digits that a form can show; an error is far larger. */
function rounded(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(rounded);
  return typeof value === 'number' ? Number(value.toFixed(6)) : value;
}

function withComponents(profile: MassProfile): MassProfile {
  if (!('axisRatio' in profile) && !('angle' in profile)) return profile;
  const { axisRatio = 1, angle = 0, ...others } = { ...profile };
  const [mass] = parseLensModel({ mass: [{ ...others, ellComps: ellCompsFrom({ axisRatio, angle }) }] }).mass;
  return mass;
}
