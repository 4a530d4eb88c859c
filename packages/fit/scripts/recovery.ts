// Simulated lenses, found again from starts that are off: `npm run -s build`, then `node packages/fit/scripts/recovery.ts
// [lenses] [file] [--with=matern,field,maternAdapt]`. Every lens is written to the file as it is done, and not done again:
// `--table` prints what docs/fit.md says of all that are in it. docs/fit/recovery.json is the record that stands there.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createWasmBackend } from '../../backend-wasm/dist/index.js';
import { createRandom, type Observation, observations, uvTrackOf } from '../../data/dist/index.js';
import {
  circularMask,
  createInversion,
  geometryOf,
  type Inversion,
  type LensModel,
  simulateVisibilities,
} from '../../lens/dist/index.js';
import { evidenceObjective, type Objective, optimise, parseModelWithPriors } from '../dist/index.js';
import { adaptive, type Kind, kinds, printTables, type RecoveredLens, type Recovery } from './recoveryTables.ts';

const args = process.argv.slice(2).filter((each) => !each.startsWith('--'));
const lenses = Number(args[0] ?? 30);
const file = args[1] ?? new URL('../../../docs/fit/recovery.json', import.meta.url).pathname;
/** Beside `gradient`. */
const asked = kinds.filter((kind): kind is Exclude<Kind, 'gradient'> => {
  const given = process.argv.find((each) => each.startsWith('--with='));
  return kind !== 'gradient' && (given === undefined || given.slice('--with='.length).split(',').includes(kind));
});
/** Of the mask, in arcsec: what is beyond it counts as noise that nobody knows of. */
const radius = 2.4;

/** Arrays, each with pixels that its longest baseline asks for, and a mesh with vertices a whole number of them apart. */
const arrays = [
  { name: 'sma', observation: observations.sma, visibilities: 400, pixelScale: 0.1 },
  { name: 'alma, 1e6', observation: reaching(1e6), visibilities: 1000, pixelScale: 0.1 },
  { name: 'alma, 1.5e6', observation: reaching(1.5e6), visibilities: 1000, pixelScale: 0.2 / 3 },
] as const;
const mesh = 'overlay:24x24';

function reaching(longestBaseline: number): Observation {
  return { ...observations.alma, longestBaseline };
}

/** Of the parameters of the lens, which are drawn from them: pulls are those of a width of 1 only then. */
const widths = { centre: 0.05, ellComps: 0.1, gamma: 0.04 };
const radii = [0.9, 1.1] as const;

/**
 * A quad, a ring or a double, as the source happens to lie; its light is a Gaussian or an exponential disc.
 *
 * @param brightness what a pixel has of that of 0.1 arcsec
 */
function lensOf(seed: number, brightness: number) {
  const random = createRandom(`recovery/lens/${seed}`);
  const normal = (width: number) => width * random.normal();
  const mass = {
    centre: [normal(widths.centre), normal(widths.centre)] as const,
    einsteinRadius: radii[0] + (radii[1] - radii[0]) * random.uniform(),
    ellComps: [normal(widths.ellComps), normal(widths.ellComps)] as const,
  };
  const shear = { gamma1: normal(widths.gamma), gamma2: normal(widths.gamma) };
  const centre = [normal(0.12), normal(0.12)] as const;
  const size = 0.12 + 0.08 * random.uniform();
  const disc = { effectiveRadius: size, sersicIndex: 1, ellComps: [normal(0.1), normal(0.1)] as const };
  const light: LensModel['light'] =
    seed % 2 === 0
      ? [{ type: 'Gaussian', centre, intensity: brightness, sigma: size }]
      : [{ type: 'Sersic', centre, intensity: 0.7 * brightness, ...disc }];
  return {
    mass: [{ type: 'Isothermal', ...mass } as const, { type: 'ExternalShear', ...shear } as const],
    light,
    truth: [...mass.centre, mass.einsteinRadius, ...mass.ellComps, shear.gamma1, shear.gamma2],
  };
}

/** The sky in pixels half as wide, and beyond the mask: nothing of the model that is fitted went into it. */
async function simulated(seed: number) {
  const array = arrays[seed % 3];
  const noise = [1, 3, 10][Math.floor(seed / 3) % 3];
  const { pixelScale } = array;
  const backends = [await createWasmBackend({ threads: 1 })];
  const maskOf = (scale: number, reach: number) => {
    const side = 2 * Math.ceil(reach / scale);
    return circularMask({ shapeNative: [side, side], pixelScale: scale, radius: reach });
  };
  const sky = maskOf(pixelScale / 2, radius + 0.6);
  const { mass, light, truth } = lensOf(seed, (pixelScale / 2 / 0.1) ** 2);
  const uvWavelengths = uvTrackOf(array.observation, array.visibilities, seed);
  const lens = { mass, light };
  const { visibilities, image } = await simulateVisibilities({ lens, mask: sky, uvWavelengths, noise, seed, backends });
  const mask = maskOf(pixelScale, radius);
  const inversion = await createInversion(visibilities, { mask, backends });
  const places = geometryOf(sky).grid.data;
  const all = image.data.reduce((sum, each) => sum + each, 0);
  const beyond = image.data.reduce(
    (sum, each, pixel) => sum + (Math.hypot(places[2 * pixel], places[2 * pixel + 1]) > radius ? each : 0),
    0,
  );
  // Of what the baselines see: chi-squared of an empty source is about that of the noise and this, squared.
  const signal = Math.sqrt(Math.max(0, inversion.sums.chiSquared0 - visibilities.data.data.length));
  return { truth, array: array.name, noise, inversion, signal, beyond: beyond / all };
}

const normal = (sigma: number) => ({ normal: [0, sigma] });
const mass = [
  {
    type: 'Isothermal',
    centre: [normal(widths.centre), normal(widths.centre)],
    einsteinRadius: { uniform: [0.7, 1.6] },
    ellComps: [normal(widths.ellComps), normal(widths.ellComps)],
  },
  { type: 'ExternalShear', gamma1: normal(widths.gamma), gamma2: normal(widths.gamma) },
];
const first = parseModelWithPriors({ mass }, { mesh, regularization: 'gradient:5' });
/** Other beliefs about the source, which begin where `gradient` has ended; with what numbers, is told by their text. */
const others: Readonly<Record<Exclude<Kind, 'gradient'>, string>> = {
  matern: 'maternKernel:coefficient=30,scale=0.3,nu=2.5',
  field: 'maternField:coefficient=30,scale=0.3,nu=2',
  maternAdapt: 'maternAdaptKernel:scale=0.3,nu=2.5,innerCoefficient=1,outerCoefficient=5',
};

/** Starts that are off by up to 0.1 arcsec in the radius, 0.05 in the centre, 0.1 in the ellipticity, without shear. */
function startsFor(truth: readonly number[], seed: number): readonly number[][] {
  const random = createRandom(`recovery/${seed}/starts`);
  const off = [0.05, 0.05, 0.1, 0.1, 0.1];
  return Array.from({ length: 3 }, () => [
    ...off.map((width, i) => truth[i] + width * (2 * random.uniform() - 1)),
    ...[0, 0, 5],
  ]);
}

/** A fit, and how likely the true lens is with the source that the fit has. */
async function recovered(objective: Objective, truth: readonly number[], from: readonly number[][]): Promise<Recovery> {
  const started = process.cpuUsage();
  const fit = await optimise(objective, { from });
  const { user } = process.cpuUsage(started);
  const source = Array.from(fit.values.slice(truth.length));
  const [{ logLikelihood }] = await objective.evaluate([Float64Array.from([...truth, ...source])], { gradient: false });
  return {
    converged: fit.converged,
    notes: fit.notes.map(({ code }) => code),
    evaluations: fit.evaluations,
    cpuSeconds: user / 1e6,
    logEvidence: fit.logLikelihood,
    logEvidenceAtTruth: logLikelihood,
    values: Array.from(fit.values),
    sigmas: fit.parameters.map(({ sigma }) => sigma ?? null),
  };
}

const read = (): RecoveredLens[] => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : []);
function write(lens: RecoveredLens): void {
  const all = [...read().filter(({ seed }) => seed !== lens.seed), lens].sort((a, b) => a.seed - b.seed);
  writeFileSync(file, `${JSON.stringify(all, undefined, 1)}\n`);
}

/** What another belief makes of a lens, its adapt image that of the fit by `gradient`. */
async function refined(
  kind: Exclude<Kind, 'gradient'>,
  inversion: Inversion,
  truth: readonly number[],
  values: Float64Array,
) {
  const evidence = await inversion.evidence(first.modelAt(values));
  const adaptImage = kind === adaptive ? evidence.mappedReconstructedImage() : undefined;
  const model = parseModelWithPriors({ mass }, { mesh, regularization: others[kind], adaptImage });
  // What a coefficient and a scale are written as is the middle of their priors.
  const source = model.parameters.slice(truth.length).map(({ prior }) => prior.valueAt(0.5));
  // From there on, without the way through easier versions.
  const objective = { ...evidenceObjective(inversion, model), easing: undefined };
  return await recovered(objective, truth, [[...values.slice(0, truth.length), ...source]]);
}

const seeds = Array.from({ length: lenses }, (_, at) => at + 1);
for (const seed of process.argv.includes('--table') ? [] : seeds) {
  const before = read().find((lens) => lens.seed === seed);
  const missing = asked.filter((kind) => before?.fits[kind] === undefined);
  if (before?.fits.gradient !== undefined && missing.length === 0) continue;
  const { truth, array, noise, inversion, signal, beyond } = await simulated(seed);
  const fits: Partial<Record<Kind, Recovery>> = { ...before?.fits };
  fits.gradient ??= await recovered(evidenceObjective(inversion, first), truth, startsFor(truth, seed));
  const values = Float64Array.from(fits.gradient.values);
  for (const kind of missing) fits[kind] = await refined(kind, inversion, truth, values);
  inversion.dispose();
  write({ seed, array, source: seed % 2 === 0 ? 'Gaussian' : 'disc', noise, signal, beyond, truth, fits });
}
printTables(read());
