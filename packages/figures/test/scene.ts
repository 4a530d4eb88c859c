import { createLoopsBackend } from '@wtilde/backend-loops';
import { observations, uvTrackOf } from '@wtilde/data';
import {
  circularMask,
  createInversion,
  type LensModel,
  parseMesh,
  parseRegularization,
  simulateVisibilities,
} from '@wtilde/lens';
import type { Result } from '../src/index.js';

export const lens: LensModel = {
  mass: [{ type: 'Isothermal', centre: [0.03, -0.05], einsteinRadius: 1.2, ellComps: [0.1, 0.05], coreRadius: 0.05 }],
  light: [{ type: 'Gaussian', centre: [0.15, 0.1], intensity: 1, sigma: 0.2 }],
};

/** A small lens, reconstructed. The mask is not in the middle, so that no offset goes unnoticed. */
export async function resultOf(mesh = 'overlay:12x12:natural', regularization = 'gradient:2'): Promise<Result> {
  const mask = circularMask({ shapeNative: [30, 34], pixelScale: 0.15, radius: 1.9, centre: [0.15, -0.3] });
  const backends = [createLoopsBackend()];
  const uvWavelengths = uvTrackOf(observations.sma, 200);
  const { visibilities } = await simulateVisibilities({ lens, mask, uvWavelengths, noise: 2, backends });
  const prepared = await createInversion(visibilities, { mask, backends });
  const model = { lens, mesh: parseMesh(mesh), regularization: parseRegularization(regularization) };
  return { prepared, model, evidence: await prepared.evidence(model), uvWavelengths };
}
