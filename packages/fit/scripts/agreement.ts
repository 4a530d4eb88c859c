// The posterior of one lens by every sampler: `npm run -s build`, then `node packages/fit/scripts/agreement.ts [8]`. Prints
// the rows of the tables in docs/fit.md: of four parameters, or of eight, where nested sampling takes too long.
import { createWasmBackend } from '../../backend-wasm/dist/index.js';
import { observations, uvTrackOf } from '../../data/dist/index.js';
import { circularMask, createInversion, type LensModel, simulateVisibilities } from '../../lens/dist/index.js';
import {
  evidenceObjective,
  marginalsOf,
  optimise,
  type Posterior,
  parseModelWithPriors,
  sampleImportance,
  sampleNested,
  sampleNuts,
} from '../dist/index.js';

const isWhole = process.argv[2] === '8';
const backends = [await createWasmBackend({ threads: 1 })];
const shear = { type: 'ExternalShear', gamma1: 0.03, gamma2: -0.02 } as const;
const truth: LensModel = {
  mass: [
    { type: 'Isothermal', ...(isWhole ? { centre: [0.03, -0.02] } : {}), einsteinRadius: 1.4, ellComps: [0.1, 0.05] },
    ...(isWhole ? [shear] : []),
  ],
  light: [{ type: 'Gaussian', centre: [0.05, 0.1], intensity: 1, sigma: 0.25 }],
};
const mask = circularMask({ shapeNative: [24, 24], pixelScale: 0.2, radius: 2.2 });
const uvWavelengths = uvTrackOf(observations.sma, 200);
const { visibilities } = await simulateVisibilities({ lens: truth, mask, uvWavelengths, noise: 1, backends });
const inversion = await createInversion(visibilities, { mask, backends });
const normal = (sigma: number) => ({ normal: [0, sigma] });
const centre = isWhole ? { centre: [normal(0.1), normal(0.1)] } : {};
const isothermal = { einsteinRadius: { uniform: [1, 2] }, ellComps: [normal(0.3), normal(0.3)], ...centre };
const external = { type: 'ExternalShear', gamma1: normal(0.05), gamma2: normal(0.05) };
const model = parseModelWithPriors(
  { mass: [{ type: 'Isothermal', ...isothermal }, ...(isWhole ? [external] : [])] },
  { mesh: 'overlay:11x11', regularization: 'gradient:1' },
);
const objective = evidenceObjective(inversion, model);

const began = process.cpuUsage().user;
const fit = await optimise(objective, { starts: 4 });
const seconds = (from: number) => ((process.cpuUsage().user - from) / 1e6).toFixed(1);
console.log(`the fit: ${fit.evaluations} evaluations, ${seconds(began)} s of processor time`);
console.log('| sampler | evaluations | with gradients | seconds | effective samples | log Z |');
console.log('|---|---|---|---|---|---|');
async function sampled(name: string, gradients: string, sample: () => Promise<Posterior>): Promise<Posterior> {
  const from = process.cpuUsage().user;
  const found = await sample();
  const logZ = found.logZ === undefined ? '-' : `${found.logZ.value.toFixed(2)} +- ${found.logZ.sigma.toFixed(2)}`;
  const cells = [name, found.evaluations, gradients, seconds(from), Math.floor(found.effectiveSamples), logZ];
  console.log(`| ${cells.join(' | ')} |`);
  return found;
}
const found = [
  await sampled('importance', 'no', () => sampleImportance(objective, fit)),
  await sampled('importance, another seed', 'no', () => sampleImportance(objective, fit, { seed: 2 })),
  await sampled('NUTS', 'yes', () => sampleNuts(objective, fit, { chains: 4, samples: 300 })),
  ...(isWhole ? [] : [await sampled('nested', 'no', () => sampleNested(objective))]),
].map(marginalsOf);
console.log(`\n| parameter | fit | importance | the same, another seed | NUTS |${isWhole ? '' : ' nested |'}`);
console.log(`|${'---|'.repeat(isWhole ? 5 : 6)}`);
const brief = (value: number, sigma = Number.NaN) => `${value.toFixed(4)} +- ${sigma.toFixed(4)}`;
fit.parameters.forEach(({ path, value, sigma }, i) => {
  const each = found.map((marginals) => brief(marginals[i].mean, marginals[i].sigma));
  console.log(`| ${[path, brief(value, sigma), ...each].join(' | ')} |`);
});
inversion.dispose();
