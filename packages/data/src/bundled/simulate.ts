import type { Fields } from '../fields.js';
import type { SimulationKind } from '../generate/scene.js';
import { simulated } from '../generate/simulated.js';

/** 10 antennas at 9 hour angles: 405 visibilities of a lensed pair of Gaussians on 30 x 30 pixels. */
const bundledKind: SimulationKind = {
  name: 'bundled',
  pixelScale: 0.2,
  observation: {
    antennas: 10,
    longestBaseline: 6e5,
    latitude: 0.35,
    declination: 0.2,
    hourAngle: 0.9,
  },
  flux: 300,
  noise: 6,
  defaults: { N: 30, K: 405, S: 256, B: 3, P: 4, seed: 1 },
};

/**
 * Simulates the bundled dataset anew: every input of every kernel, with a regularization coefficient
 * near the one of the largest evidence.
 */
export function simulateBundled(): Fields {
  return simulated(bundledKind, {});
}
