// The five lenses that the smoothness of an evidence is measured on, as observed with 2000 visibilities each.
import { createRandom } from '../../packages/data/dist/index.js';
import { readVisibilityFiles } from '../../packages/data/dist/node.js';
import {
  type BackendOptions,
  circularMask,
  createInversion,
  type Inversion,
  type LensModel,
  simulateVisibilities,
} from '../../packages/lens/dist/index.js';

export interface Observed {
  readonly name: string;
  /** The lens that was simulated; the first mass is the one that is moved. */
  readonly lens: LensModel;
  readonly inversion: Inversion;
}

const isothermal = {
  type: 'Isothermal',
  centre: [0.02, -0.03],
  einsteinRadius: 1.4,
  axisRatio: 0.7,
  angle: 30,
} as const;
const shear = { type: 'ExternalShear', gamma1: 0.03, gamma2: -0.02 } as const;
const light = (centre: readonly [number, number], effectiveRadius = 0.15) =>
  [{ type: 'Sersic', centre, intensity: 1, effectiveRadius, sersicIndex: 1, axisRatio: 0.8, angle: 60 }] as const;

const scenes: Readonly<
  Record<string, { lens: LensModel; noise: number; centre?: readonly [number, number]; side?: number }>
> = {
  quad: { lens: { mass: [isothermal, shear], light: light([0.08, 0.03]) }, noise: 15 },
  double: { lens: { mass: [isothermal, shear], light: light([0.45, 0.35]) }, noise: 15 },
  offcentre: {
    lens: { mass: [{ ...isothermal, centre: [0.6, -0.5] }], light: light([0.66, -0.42]) },
    noise: 15,
    centre: [0.6, -0.5],
    side: 80,
  },
  ring: { lens: { mass: [{ ...isothermal, axisRatio: 0.97 }], light: light([0.02, -0.03], 0.2) }, noise: 15 },
  lowsn: { lens: { mass: [isothermal, shear], light: light([0.08, 0.03]) }, noise: 150 },
};

export const names = Object.keys(scenes);

/**
 * A lens of the five: its visibilities as simulated here, at baselines drawn from a normal distribution of 3.5e5
 * wavelengths, or those of a folder, from `folder/NAME`.
 */
export async function observe(name: string, options: BackendOptions, folder?: string): Promise<Observed> {
  const { lens, noise, centre = [0, 0], side = 60 } = scenes[name];
  const mask = circularMask({ shapeNative: [side, side], pixelScale: 0.1, radius: 2.6, centre });
  if (folder !== undefined) {
    const visibilities = await readVisibilityFiles(`${folder}/${name}`);
    return { name, lens, inversion: await createInversion(visibilities, { mask, ...options }) };
  }
  const random = createRandom('five lenses');
  const baselines = Float64Array.from({ length: 4000 }, () => 3.5e5 * random.normal());
  const uvWavelengths = { dtype: 'real', shape: [2000, 2], data: baselines } as const;
  const { visibilities } = await simulateVisibilities({ lens, mask, uvWavelengths, noise, seed: 1, ...options });
  return { name, lens, inversion: await createInversion(visibilities, { mask, ...options }) };
}

/** The lens with another Einstein radius of its first mass. */
export function widened({ mass }: LensModel, by: number): Pick<LensModel, 'mass'> {
  return {
    mass: mass.map((profile, i) =>
      i === 0 && profile.type === 'Isothermal' ? { ...profile, einsteinRadius: profile.einsteinRadius + by } : profile,
    ),
  };
}
