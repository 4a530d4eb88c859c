// What a fit of eight parameters from eight starts costs: `npm run -s build`, then `node packages/fit/scripts/cost.ts
// [mesh,...]`. Prints the rows of the table in docs/fit.md; seconds are those of the machine as it is.
import { createWasmBackend } from '../../backend-wasm/dist/index.js';
import { observations, uvTrackOf } from '../../data/dist/index.js';
import { circularMask, createInversion, type LensModel, simulateVisibilities } from '../../lens/dist/index.js';
import { evidenceObjective, type Objective, optimise, parseModelWithPriors } from '../dist/index.js';

const meshes = process.argv[2]?.split(',') ?? ['overlay:26x26', 'overlay:44x44'];
const backends = [await createWasmBackend()];
/** 30 pixels across, as the bundled dataset. */
const mask = circularMask({ shapeNative: [32, 32], pixelScale: 0.16, radius: 2.4 });
const truth: LensModel = {
  mass: [
    { type: 'Isothermal', centre: [0.02, -0.03], einsteinRadius: 1.4, ellComps: [0.1, 0.05] },
    { type: 'ExternalShear', gamma1: 0.03, gamma2: -0.02 },
  ],
  light: [{ type: 'Gaussian', centre: [0.05, 0.1], intensity: 1, sigma: 0.25 }],
};
const normal = (sigma: number) => ({ normal: [0, sigma] });
const mass = [
  {
    type: 'Isothermal',
    centre: [normal(0.1), normal(0.1)],
    einsteinRadius: { uniform: [0.8, 2] },
    ellComps: [normal(0.2), normal(0.2)],
  },
  { type: 'ExternalShear', gamma1: normal(0.05), gamma2: normal(0.05) },
];
const uvWavelengths = uvTrackOf(observations.sma, 400);
const { visibilities } = await simulateVisibilities({ lens: truth, mask, uvWavelengths, noise: 1, backends });
const inversion = await createInversion(visibilities, { mask, backends });

/** The objective, and how often it was asked. */
function counting(objective: Objective) {
  const count = { pairs: 0, values: 0 };
  const counted: Objective = {
    ...objective,
    evaluate(points, how) {
      if (how.gradient) count.pairs += points.length;
      else count.values += points.length;
      return objective.evaluate(points, how);
    },
  };
  return { counted, count };
}

console.log('| mesh | S | values with gradients | values without | seconds | converged | Einstein radius |');
console.log('|---|---|---|---|---|---|---|');
for (const mesh of meshes) {
  const model = parseModelWithPriors({ mass }, { mesh, regularization: 'gradient:1' });
  const { counted, count } = counting(evidenceObjective(inversion, model));
  const started = performance.now();
  const fit = await optimise(counted);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const { reconstruction } = await inversion.evidence(model.modelAt(fit.values));
  const { value, sigma = Number.NaN } = fit.parameters[2];
  const radius = `${value.toFixed(4)} +- ${sigma.toFixed(4)}`;
  const cells = [mesh, reconstruction.data.length, count.pairs, count.values, seconds, fit.converged, radius];
  console.log(`| ${cells.join(' | ')} |`);
}
inversion.dispose();
