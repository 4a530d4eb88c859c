// Simulated lenses fitted from their priors: `npm run -s build`, then `node packages/fit/scripts/recovery.ts [lenses]
// [seconds]`. Prints a row for each as it is done, and at the end what docs/fit.md says of all.
import { createWasmBackend } from '../../backend-wasm/dist/index.js';
import { createRandom, observations, uvTrackOf } from '@wtilde/data';
import { evidenceObjective, magnificationOf, optimise, parseModelWithPriors } from '@wtilde/fit';
import { circularMask, createInversion, type LensModel, simulateVisibilities } from '@wtilde/lens';

const lenses = Number(process.argv[2] ?? 30);
const patience = Number(process.argv[3] ?? Number.POSITIVE_INFINITY);
const backends = [await createWasmBackend({ threads: 1 })];
const mask = circularMask({ shapeNative: [40, 40], pixelScale: 0.14, radius: 2.5 });

/** A lens as they are seen: the offsets of the source make quads, doubles and rings. */
function lensOf(seed: number): LensModel {
  const random = createRandom(`recovery/${seed}`);
  const within = (width: number) => width * (2 * random.uniform() - 1);
  return {
    mass: [
      {
        type: 'Isothermal',
        centre: [within(0.1), within(0.1)],
        einsteinRadius: 1.3 + within(0.3),
        ellComps: [within(0.2), within(0.2)],
      },
      { type: 'ExternalShear', gamma1: within(0.06), gamma2: within(0.06) },
    ],
    light: [
      { type: 'Gaussian', centre: [within(0.3), within(0.3)], intensity: 1, sigma: 0.1 + 0.15 * random.uniform() },
    ],
  };
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
  { mesh: 'overlay:18x18', regularization: 'gradient:1' },
);

const started = Date.now();
const pulls: number[] = [];
let [done, radii, beyond] = [0, 0, 0];
for (let seed = 1; seed <= lenses && (Date.now() - started) / 1000 < patience; seed++) {
  const lens = lensOf(seed);
  const noise = [0.5, 1, 2][seed % 3];
  const uvWavelengths = uvTrackOf(seed % 2 === 0 ? observations.sma : observations.alma, 400);
  const { visibilities } = await simulateVisibilities({ lens, mask, uvWavelengths, noise, seed, backends });
  const inversion = await createInversion(visibilities, { mask, backends });
  const fit = await optimise(evidenceObjective(inversion, model), { seed });
  const [isothermal, shear] = lens.mass;
  if (isothermal.type !== 'Isothermal' || shear.type !== 'ExternalShear') throw new Error('not the lens of above');
  const truth = [
    ...[isothermal.centre?.[0], isothermal.centre?.[1], isothermal.einsteinRadius],
    ...[isothermal.ellComps?.[0], isothermal.ellComps?.[1], shear.gamma1, shear.gamma2],
  ];
  const byPath = new Map(fit.parameters.map(({ path, value, sigma }) => [path, { value, sigma }]));
  const paths = ['centre.0', 'centre.1', 'einsteinRadius', 'ellComps.0', 'ellComps.1'].map((name) => `mass.0.${name}`);
  const own = [...paths, 'mass.1.gamma1', 'mass.1.gamma2'].map((path, i) => {
    const { value = Number.NaN, sigma = Number.NaN } = byPath.get(path) ?? {};
    return (value - (truth[i] ?? 0)) / sigma;
  });
  const radius = byPath.get('mass.0.einsteinRadius')?.value ?? Number.NaN;
  const { total } = magnificationOf(await inversion.evidence(model.modelAt(fit.values)), mask.pixelScale);
  pulls.push(...own.filter(Number.isFinite));
  done += 1;
  beyond += own.filter((pull) => !(Math.abs(pull) < 3)).length;
  if (Math.abs(radius / isothermal.einsteinRadius - 1) < 0.01) radii += 1;
  console.log(
    `| ${seed} | ${noise} | ${fit.converged} | ${fit.evaluations} | ${total.toFixed(1)} | ` +
      `${own.map((pull) => pull.toFixed(1)).join(' ')} |`,
  );
  inversion.dispose();
}
const mean = pulls.reduce((sum, pull) => sum + pull, 0) / pulls.length;
const width = Math.sqrt(pulls.reduce((sum, pull) => sum + (pull - mean) ** 2, 0) / pulls.length);
console.log(
  `${done} lenses: pulls ${mean.toFixed(2)} +- ${width.toFixed(2)}, ${beyond} of ${7 * done} beyond 3 sigma or without ` +
    `error, Einstein radius within 1 % for ${radii}`,
);
