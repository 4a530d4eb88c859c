import type { Backend } from '@wtilde/core-types';
import { type Observation, observations, uvTrackOf, type Visibilities } from '@wtilde/data';
import { circularMask, type LensModel, simulateVisibilities } from '@wtilde/lens';
import type { ArrayName, MaskChoice, ModelChoice, Scene } from './protocol.js';

/** The lens of the example: one that makes four images of its source. */
const exampleLens: LensModel = {
  mass: [
    { type: 'Isothermal', centre: [0.04, -0.06], einsteinRadius: 1.35, axisRatio: 0.72, angle: 40 },
    { type: 'ExternalShear', gamma1: 0.03, gamma2: -0.02 },
  ],
  light: [
    {
      type: 'Sersic',
      centre: [0.1, 0.02],
      intensity: 1,
      effectiveRadius: 0.14,
      sersicIndex: 1,
      axisRatio: 0.7,
      angle: 110,
    },
  ],
};

export const exampleMask: MaskChoice = { radius: 2.2, centre: [0, 0], pixelScale: 0.09 };

const arrays: Readonly<Record<ArrayName, Observation>> = {
  // 43 antennas within 1.1 million wavelengths: 0.19 arcsec.
  'ALMA, compact': { ...observations.alma, longestBaseline: 1.1e6, hourAngle: 0.3 },
  SMA: observations.sma,
};

/** The example: a quad seen by ALMA for five minutes. */
export const exampleScene: Scene = { lens: exampleLens, array: 'ALMA, compact', minutes: 5, noise: 30 };

/** Where the search begins: a round lens in the middle, somewhat too small. */
export const firstGuess: ModelChoice = {
  lens: {
    mass: [
      { type: 'Isothermal', centre: [0, 0], einsteinRadius: 1.1, axisRatio: 0.95, angle: 0 },
      { type: 'ExternalShear', gamma1: 0, gamma2: 0 },
    ],
  },
  mesh: { type: 'overlay', shape: [26, 26] },
  regularization: { type: 'gradient', coefficient: 3 },
};

/** Visibilities of an observation: one integration a minute. */
export async function simulated(
  { lens, array, minutes, noise }: Scene,
  backends: readonly Backend[],
): Promise<Visibilities> {
  const observation = arrays[array];
  const pairs = (observation.antennas * (observation.antennas - 1)) / 2;
  const { visibilities } = await simulateVisibilities({
    lens,
    mask: maskOfChoice(exampleMask),
    uvWavelengths: uvTrackOf(observation, pairs * Math.max(1, Math.round(minutes))),
    noise,
    seed: 7,
    backends,
  });
  return visibilities;
}

/** The mask on the smallest square of pixels that holds it, around (0, 0). */
export function maskOfChoice({ radius, centre, pixelScale }: MaskChoice) {
  const reach = Math.max(Math.abs(centre[0]), Math.abs(centre[1])) + radius;
  const side = 2 * Math.ceil(reach / pixelScale) + 2;
  return circularMask({ shapeNative: [side, side], pixelScale, radius, centre });
}

const arcsecPerRadian = 648000 / Math.PI;

/** Pixels that resolve the longest baseline, and a mask of 50 of them across, at most 3 arcsec. */
export function proposedMask(longestBaseline: number): MaskChoice {
  const resolved = arcsecPerRadian / longestBaseline / 2;
  const digits = 10 ** Math.floor(Math.log10(resolved));
  const pixelScale = Math.floor(resolved / digits) * digits;
  return { radius: Math.min(3, 35 * pixelScale), centre: [0, 0], pixelScale };
}
