import { createLoopsBackend } from '@wtilde/backend-loops';
import { observations, uvTrackOf, type Visibilities } from '@wtilde/data';
import { circularMask, type LensModel, type Mask2D, type Model, simulateVisibilities } from '../../src/index.js';

/** A lens like those that are seen, and what was measured of it. */
export interface Observed {
  readonly lens: LensModel;
  readonly mask: Mask2D;
  readonly visibilities: Visibilities;
}

export const truth: LensModel = {
  mass: [{ type: 'Isothermal', centre: [0.03, -0.05], einsteinRadius: 1.4, axisRatio: 0.75, angle: 30 }],
  light: [{ type: 'Gaussian', centre: [0.05, 0.1], intensity: 1, sigma: 0.25, axisRatio: 0.7, angle: 70 }],
};

export async function observe(noise = 0.3, count = 600): Promise<Observed> {
  const mask = circularMask({ shapeNative: [50, 50], pixelScale: 0.12, radius: 2.4 });
  const { visibilities } = await simulateVisibilities({
    lens: truth,
    mask,
    uvWavelengths: uvTrackOf(observations.sma, count),
    noise,
    seed: 3,
    backends: [createLoopsBackend()],
  });
  return { lens: truth, mask, visibilities };
}

/** With the coefficient of the largest evidence. */
export const how: Omit<Model, 'lens'> = {
  mesh: { type: 'overlay', shape: [24, 24] },
  regularization: { type: 'gradient', coefficient: 3 },
};
