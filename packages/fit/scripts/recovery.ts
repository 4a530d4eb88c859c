// Simulated lenses, found again from starts that are off: `npm run -s build`, then `node packages/fit/scripts/recovery.ts
// [lenses] [first]`. Prints a row for each as it is done, and at the end what docs/fit.md says of all.
import { createWasmBackend } from '../../backend-wasm/dist/index.js';
import { createRandom, observations, uvTrackOf } from '../../data/dist/index.js';
import { circularMask, createInversion, type LensModel, simulateVisibilities } from '../../lens/dist/index.js';
import { evidenceObjective, magnificationOf, optimise, parseModelWithPriors } from '../dist/index.js';

const lenses = Number(process.argv[2] ?? 30);
const firstSeed = Number(process.argv[3] ?? 1);
const backends = [await createWasmBackend({ threads: 1 })];
const mask = circularMask({ shapeNative: [50, 50], pixelScale: 0.1, radius: 2.4 });
/** Two pixels apart. */
const mesh = 'overlay:24x24';

/** A lens as they are seen: the offsets of the source make quads, doubles and rings. */
function lensOf(seed: number) {
  const random = createRandom(`recovery/${seed}`);
  const within = (width: number) => width * (2 * random.uniform() - 1);
  const mass = {
    centre: [within(0.1), within(0.1)] as const,
    einsteinRadius: 1.3 + within(0.3),
    ellComps: [within(0.2), within(0.2)] as const,
  };
  const shear = { gamma1: within(0.06), gamma2: within(0.06) };
  const lens: LensModel = {
    mass: [
      { type: 'Isothermal', ...mass },
      { type: 'ExternalShear', ...shear },
    ],
    light: [{ type: 'Gaussian', centre: [within(0.3), within(0.3)], intensity: 1, sigma: 0.2 + within(0.05) }],
  };
  return { lens, truth: [...mass.centre, mass.einsteinRadius, ...mass.ellComps, shear.gamma1, shear.gamma2] };
}

const normal = (sigma: number) => ({ normal: [0, sigma] });
const model = parseModelWithPriors(
  {
    mass: [
      {
        type: 'Isothermal',
        centre: [normal(0.1), normal(0.1)],
        einsteinRadius: { uniform: [0.8, 1.8] },
        ellComps: [normal(0.2), normal(0.2)],
      },
      { type: 'ExternalShear', gamma1: normal(0.05), gamma2: normal(0.05) },
    ],
  },
  { mesh, regularization: 'gradient:1' },
);

/** Starts that are off by up to 0.1 arcsec in the radius, 0.05 in the centre, 0.1 in the ellipticity, without shear. */
function startsFor(truth: readonly number[], seed: number): readonly number[][] {
  const random = createRandom(`recovery/${seed}/starts`);
  const off = [0.05, 0.05, 0.1, 0.1, 0.1];
  return Array.from({ length: 3 }, () => [
    ...off.map((width, i) => truth[i] + width * (2 * random.uniform() - 1)),
    ...[0, 0, 3],
  ]);
}

console.log('| lens | noise | magnification | converged | evaluations | pulls | Einstein radius, % |');
console.log('|---|---|---|---|---|---|---|');
const pulls: number[] = [];
let [done, radii, beyond] = [0, 0, 0];
for (let seed = firstSeed; seed < firstSeed + lenses; seed++) {
  const { lens, truth } = lensOf(seed);
  const noise = [0.5, 1, 2][seed % 3];
  const uvWavelengths = uvTrackOf(seed % 2 === 0 ? observations.sma : observations.alma, 400);
  const { visibilities } = await simulateVisibilities({ lens, mask, uvWavelengths, noise, seed, backends });
  const inversion = await createInversion(visibilities, { mask, backends });
  const fit = await optimise(evidenceObjective(inversion, model), { seed, from: startsFor(truth, seed) });
  const own = truth.map((each, i) => {
    const { value, sigma = Number.NaN } = fit.parameters[i];
    return (value - each) / sigma;
  });
  const radius = 100 * (fit.parameters[2].value / truth[2] - 1);
  const { total } = magnificationOf(await inversion.evidence(model.modelAt(fit.values)), mask.pixelScale);
  pulls.push(...own.filter(Number.isFinite));
  done += 1;
  beyond += own.filter((pull) => !(Math.abs(pull) < 3)).length;
  if (Math.abs(radius) < 1) radii += 1;
  const cells = [seed, noise, total.toFixed(1), fit.converged, fit.evaluations];
  console.log(`| ${[...cells, own.map((pull) => pull.toFixed(1)).join(' '), radius.toFixed(2)].join(' | ')} |`);
  inversion.dispose();
}
const mean = pulls.reduce((sum, pull) => sum + pull, 0) / pulls.length;
const width = Math.sqrt(pulls.reduce((sum, pull) => sum + (pull - mean) ** 2, 0) / pulls.length);
console.log(
  `${done} lenses: pulls ${mean.toFixed(2)} +- ${width.toFixed(2)}, ${beyond} of ${7 * done} beyond 3 sigma or without ` +
    `error, Einstein radius within 1 % for ${radii}`,
);
