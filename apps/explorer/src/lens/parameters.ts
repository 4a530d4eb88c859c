import type { MassProfile, massKinds } from '@wtilde/lens';

/** Numbers of a mass profile as lens.json writes them: what a form and a hand can change. */
export interface Entry {
  /** einsteinRadius, centre.0, ... */
  readonly path: string;
  readonly label: string;
  readonly value: number;
  readonly step: number;
}

const steps: Readonly<Record<string, number>> = {
  axisRatio: 0.01,
  angle: 1,
  slope: 0.01,
  gamma1: 0.005,
  gamma2: 0.005,
};

/** The numbers of a profile, centre first. */
export function entriesOf(profile: MassProfile): readonly Entry[] {
  return Object.entries(profile).flatMap(([name, value]): Entry[] => {
    if (typeof value === 'number') return [{ path: name, label: labelOf(name), value, step: steps[name] ?? 0.01 }];
    if (!Array.isArray(value)) return [];
    return value.map((part: number, at) => ({
      path: `${name}.${at}`,
      label: name === 'centre' ? ['y', 'x'][at] : `${labelOf(name)} ${at + 1}`,
      value: part,
      step: 0.01,
    }));
  });
}

/** The profile with one number changed. */
export function withNumber(profile: MassProfile, path: string, value: number): MassProfile {
  const [name, at] = path.split('.');
  const old: unknown = Reflect.get(profile, name);
  const changed =
    at === undefined ? value : Array.isArray(old) ? old.map((part, i) => (i === Number(at) ? value : part)) : value;
  return { ...profile, [name]: changed };
}

/** A number of a profile, or what stands for it where it is not written. */
export function numberOf(profile: MassProfile, path: string, otherwise: number): number {
  const [name, at] = path.split('.');
  const value: unknown = Reflect.get(profile, name);
  const found: unknown = at === undefined ? value : Array.isArray(value) ? value[Number(at)] : undefined;
  return typeof found === 'number' ? found : otherwise;
}

/** The name of a parameter in words: einsteinRadius is einstein radius. */
export function labelOf(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** Profiles that one may add, with numbers to begin with. */
export const additions: Readonly<Partial<Record<keyof typeof massKinds, MassProfile>>> = {
  Isothermal: { type: 'Isothermal', centre: [0, 0], einsteinRadius: 0.3, axisRatio: 0.9, angle: 0 },
  PowerLaw: { type: 'PowerLaw', centre: [0, 0], einsteinRadius: 0.3, slope: 2, axisRatio: 0.9, angle: 0 },
  NFW: { type: 'NFW', centre: [0, 0], kappaS: 0.05, scaleRadius: 5, axisRatio: 0.9, angle: 0 },
  PointMass: { type: 'PointMass', centre: [0.5, 0.5], einsteinRadius: 0.1 },
  ExternalShear: { type: 'ExternalShear', gamma1: 0.01, gamma2: 0 },
};
