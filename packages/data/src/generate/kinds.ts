import type { SimulationKind } from './scene.js';

const degree = Math.PI / 180;

/** Few antennas and short baselines: displacement phases of about 100 rad at the default size. */
export const smaKind: SimulationKind = {
  name: 'sma-like',
  pixelScale: 0.2,
  observation: {
    antennas: 8,
    longestBaseline: 5e5,
    latitude: 19.8 * degree,
    declination: 12 * degree,
    hourAngle: 50 * degree,
  },
  flux: 300,
  noise: 6,
  defaults: { N: 30, K: 190, S: 256, B: 3, P: 4, seed: 0 },
};

/** Many antennas and long baselines: displacement phases beyond 600 rad at the default size. */
export const almaKind: SimulationKind = {
  name: 'alma-like',
  pixelScale: 0.05,
  observation: {
    antennas: 43,
    longestBaseline: 9e6,
    latitude: -23 * degree,
    declination: 2 * degree,
    hourAngle: 35 * degree,
  },
  flux: 1000,
  noise: 25,
  defaults: { N: 60, K: 2000, S: 400, B: 3, P: 4, seed: 0 },
};
