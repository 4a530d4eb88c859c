/**
 * What a dense prior costs: evidences with a kernel against those with the constant regularization, on backend-loops and on
 * one thread of backend-wasm; with a covariance that is new every time, and with another coefficient of the same one. Prints
 * a table for the README. Times are of the processor, the least of some rounds. Needs the build.
 */
import { createLoopsBackend } from '@wtilde/backend-loops';
import { createWasmBackend } from '@wtilde/backend-wasm';
import { observations, uvTrackOf } from '@wtilde/data';
import {
  circularMask,
  createInversion,
  type LensModel,
  type Regularization,
  simulateVisibilities,
} from '../dist/index.js';

const rounds = 5;
const lens: LensModel = {
  mass: [{ type: 'Isothermal', centre: [0.03, -0.05], einsteinRadius: 1.4, axisRatio: 0.75, angle: 30 }],
  light: [{ type: 'Gaussian', centre: [0.05, 0.1], intensity: 1, sigma: 0.25, axisRatio: 0.7, angle: 70 }],
};
const mesh = { type: 'overlay', shape: [44, 44] } as const;
const loops = createLoopsBackend();
const wasm = await createWasmBackend({ threads: 1 });
const mask = circularMask({ shapeNative: [80, 80], pixelScale: 0.07, radius: 2.4 });
const uvWavelengths = uvTrackOf(observations.alma, 5000);
const { visibilities } = await simulateVisibilities({
  lens,
  mask,
  uvWavelengths,
  noise: 30,
  seed: 3,
  backends: [loops],
});

/** The least milliseconds of the processor that the rounds take. */
async function leastOf(job: (round: number) => Promise<unknown>): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 1; round <= rounds; round++) {
    const before = process.cpuUsage();
    await job(round);
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1000);
  }
  return least;
}

const priors: readonly ((scale: number, coefficient: number) => Regularization)[] = [
  (_, coefficient) => ({ type: 'constant', coefficient }),
  (scale, coefficient) => ({ type: 'exponentialKernel', scale, coefficient }),
  (scale, coefficient) => ({ type: 'maternKernel', scale, coefficient, nu: 0.7 }),
  (scale, coefficient) => ({ type: 'maternField', scale, coefficient, nu: 2 }),
];

console.log('| backend | regularization | a new covariance | a new coefficient |');
console.log('|---|---|---|---|');
for (const backend of [loops, wasm]) {
  const inversion = await createInversion(visibilities, { mask, backends: [backend] });
  let constant = Number.NaN;
  for (const prior of priors) {
    const evidence = (regularization: Regularization) => inversion.evidence({ lens, mesh, regularization });
    await evidence(prior(0.3, 1));
    const fresh = await leastOf((round) => evidence(prior(0.3 + 1e-6 * round, 1)));
    const kept = await leastOf((round) => evidence(prior(0.3 + 1e-6 * rounds, 1 + 1e-3 * round)));
    const { type } = prior(0.3, 1);
    if (type === 'constant') constant = fresh;
    const told = (ms: number) => `${ms.toFixed(0)} ms, ${(ms / constant).toFixed(2)}`;
    console.log(`| ${backend.id} | ${type} | ${told(fresh)} | ${told(kept)} |`);
  }
  inversion.dispose();
}
wasm.dispose?.();
