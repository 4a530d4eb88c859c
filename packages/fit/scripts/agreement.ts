// The posterior of one lens by nested sampling and by NUTS: `npm run -s build`, then `node
// packages/fit/scripts/agreement.ts`. Prints the rows of the table in docs/fit.md.
import { createWasmBackend } from '../../backend-wasm/dist/index.js';
import { observations, uvTrackOf } from '../../data/dist/index.js';
import { circularMask, createInversion, type LensModel, simulateVisibilities } from '../../lens/dist/index.js';
import {
  evidenceObjective,
  marginalsOf,
  optimise,
  parseModelWithPriors,
  sampleNested,
  sampleNuts,
} from '../dist/index.js';

const backends = [await createWasmBackend({ threads: 1 })];
const truth: LensModel = {
  mass: [{ type: 'Isothermal', einsteinRadius: 1.4, ellComps: [0.1, 0.05] }],
  light: [{ type: 'Gaussian', centre: [0.05, 0.1], intensity: 1, sigma: 0.25 }],
};
const mask = circularMask({ shapeNative: [24, 24], pixelScale: 0.2, radius: 2.2 });
const uvWavelengths = uvTrackOf(observations.sma, 200);
const { visibilities } = await simulateVisibilities({ lens: truth, mask, uvWavelengths, noise: 1, backends });
const inversion = await createInversion(visibilities, { mask, backends });
const component = { normal: [0, 0.3] };
const model = parseModelWithPriors(
  { mass: [{ type: 'Isothermal', einsteinRadius: { uniform: [1, 2] }, ellComps: [component, component] }] },
  { mesh: 'overlay:11x11', regularization: 'gradient:1' },
);
const objective = evidenceObjective(inversion, model);
const fit = await optimise(objective, { starts: 4 });
const nested = await sampleNested(objective);
const nuts = await sampleNuts(objective, fit, { chains: 4, samples: 300 });
const [one, other] = [marginalsOf(nested), marginalsOf(nuts)];
console.log(`log Z ${nested.logZ?.value.toFixed(2)} +- ${nested.logZ?.sigma.toFixed(2)}`);
console.log(`evaluations: ${fit.evaluations}, ${nested.evaluations}, ${nuts.evaluations}`);
console.log('| parameter | fit | nested | NUTS | between the means, in widths | widths, ratio |');
console.log('|---|---|---|---|---|---|');
const brief = (value: number, sigma = Number.NaN) => `${value.toFixed(4)} +- ${sigma.toFixed(4)}`;
fit.parameters.forEach(({ path, value, sigma }, i) => {
  const apart = (one[i].mean - other[i].mean) / one[i].sigma;
  const means = [brief(value, sigma), brief(one[i].mean, one[i].sigma), brief(other[i].mean, other[i].sigma)];
  console.log(`| ${[path, ...means, apart.toFixed(2), (other[i].sigma / one[i].sigma).toFixed(2)].join(' | ')} |`);
});
inversion.dispose();
