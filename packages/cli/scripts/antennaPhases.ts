// What phase errors of antennas do to a lens, and what it costs to average over them; docs/observations.md has the record.
//   node packages/cli/scripts/antennaPhases.ts bias [DEGREES [OBSERVATIONS]]   Einstein radii of simulated observations
//   node packages/cli/scripts/antennaPhases.ts time                            an evidence and its gradient, with and without
import { createWasmBackend } from '@wtilde/backend-wasm';
import { complex, index, real } from '@wtilde/core-types';
import { createRandom, type Observation, uvTrackOf, type Visibilities } from '@wtilde/data';
import { evidenceObjective, optimise, parseModelWithPriors } from '@wtilde/fit';
import { circularMask, createInversion, type GainErrors, type LensModel, simulateVisibilities } from '@wtilde/lens';

const [command, ...numbers] = process.argv.slice(2);
const backends = [await createWasmBackend({ threads: 1 })];
const lens: LensModel = {
  mass: [{ type: 'Isothermal', centre: [0.03, -0.05], einsteinRadius: 1.4, ellComps: [0.1, 0.06] }],
  light: [{ type: 'Gaussian', centre: [0.05, 0.1], intensity: 1, sigma: 0.2, axisRatio: 0.7, angle: 70 }],
};
const interval = 600;

interface Scene {
  readonly antennas: number;
  readonly integrations: number;
  readonly noise: number;
  readonly pixels: number;
  readonly scale: number;
}

/** Integrations of 60 s by antennas whose phases are off, each for ten minutes. */
async function observe({ antennas: count, integrations, noise, pixels, scale }: Scene, phase: number, seed: number) {
  const mask = circularMask({ shapeNative: [pixels, pixels], pixelScale: scale, radius: 2.4 });
  const array: Observation = {
    antennas: count,
    longestBaseline: 0.4 * (206265 / scale),
    latitude: -0.4,
    declination: -0.1,
    hourAngle: 0.7,
  };
  const pairs: (readonly [number, number])[] = [];
  for (let a = 0; a < count; a++) for (let b = a + 1; b < count; b++) pairs.push([a, b]);
  const K = pairs.length * integrations;
  const uvWavelengths = uvTrackOf(array, K);
  const { visibilities } = await simulateVisibilities({ lens, mask, uvWavelengths, noise, seed, backends });
  const random = createRandom(`phases ${seed}`);
  const phases = Array.from(
    { length: count * Math.ceil((60 * integrations) / interval) },
    () => phase * random.normal(),
  );
  const data = visibilities.data.data.slice();
  const antennas = new Int32Array(2 * K);
  const times = Float64Array.from({ length: K }, (_, k) => 60 * Math.floor(k / pairs.length));
  for (let k = 0; k < K; k++) {
    const [a, b] = pairs[k % pairs.length];
    antennas.set([a + 1, b + 1], 2 * k);
    const first = count * Math.floor(times[k] / interval);
    const angle = phases[first + a] - phases[first + b];
    const [re, im] = [data[2 * k], data[2 * k + 1]];
    data[2 * k] = re * Math.cos(angle) - im * Math.sin(angle);
    data[2 * k + 1] = re * Math.sin(angle) + im * Math.cos(angle);
  }
  const dataset: Visibilities = {
    ...visibilities,
    data: complex(data),
    antennas: index(antennas, [K, 2]),
    times: real(times),
  };
  return { mask, dataset, visibilities };
}

const model = parseModelWithPriors(
  {
    mass: [
      {
        type: 'Isothermal',
        centre: [{ uniform: [-0.3, 0.3] }, { uniform: [-0.3, 0.3] }],
        einsteinRadius: { uniform: [1.1, 1.7] },
        ellComps: [{ uniform: [-0.4, 0.4] }, { uniform: [-0.4, 0.4] }],
      },
    ],
  },
  { mesh: 'overlay:22x22', regularization: 'gradient:3' },
);

/** The Einstein radius that fits best, with its error, and what the next round linearises about. */
async function fitted(
  dataset: Visibilities,
  mask: Awaited<ReturnType<typeof observe>>['mask'],
  gainErrors?: GainErrors,
) {
  const inversion = await createInversion(dataset, { mask, backends, gainErrors });
  const { parameters, values } = await optimise(evidenceObjective(inversion, model), { starts: 2, guesses: 16 });
  const found = await inversion.evidence(model.modelAt(values));
  inversion.dispose();
  const { value, sigma = Number.NaN } = parameters.find(({ path }) => path.endsWith('einsteinRadius')) ?? {
    value: Number.NaN,
  };
  return { value, sigma, image: found.mappedReconstructedImage(), estimates: found.antennaGains?.() };
}

async function bias(degrees: number, observations: number): Promise<void> {
  const phase = (degrees * Math.PI) / 180;
  const scene = { antennas: 12, integrations: 40, noise: 10, pixels: 48, scale: 0.12 };
  const rounds = [
    'no phase errors',
    'phase errors, taken as they are',
    'averaged over, about the visibilities',
    'averaged over, about the first fit',
    'about the second',
    'about the third',
    'about the fourth',
  ];
  const pulls: number[][] = rounds.map(() => []);
  const radii: number[][] = rounds.map(() => []);
  const sigmas: number[][] = rounds.map(() => []);
  for (let seed = 1; seed <= observations; seed++) {
    const { mask, dataset, visibilities } = await observe(scene, phase, seed);
    const add = (round: number, { value, sigma }: { readonly value: number; readonly sigma: number }) => {
      radii[round].push(value);
      sigmas[round].push(sigma);
      pulls[round].push((value - 1.4) / sigma);
    };
    add(0, await fitted(visibilities, mask));
    let last = await fitted(dataset, mask);
    add(1, last);
    add(2, await fitted(dataset, mask, { phase, interval }));
    for (let round = 3; round < rounds.length; round++) {
      last = await fitted(dataset, mask, { phase, interval, image: last.image, estimates: last.estimates });
      add(round, last);
    }
    console.error(`${seed}: ${pulls.map((each) => each.at(-1)?.toFixed(2)).join('  ')}`);
  }
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const rms = (values: readonly number[]) => Math.sqrt(mean(values.map((value) => value * value)));
  console.log(
    '| | root mean square of radius - 1.4 | error of a fit | (radius - 1.4) / error, root mean square | largest |',
  );
  console.log('|---|---|---|---|---|');
  for (const [at, name] of rounds.entries()) {
    // A fit that ends at the edge of its priors has no error.
    const known = pulls[at].filter(Number.isFinite);
    const without = observations - known.length;
    const cells = [
      without === 0 ? name : `${name} (${without} without an error)`,
      rms(radii[at].map((radius) => radius - 1.4)).toFixed(4),
      mean(sigmas[at].filter(Number.isFinite)).toFixed(4),
      rms(known).toFixed(2),
      Math.max(...known.map(Math.abs)).toFixed(1),
    ];
    console.log(`| ${cells.join(' | ')} |`);
  }
}

/** Processor milliseconds, the median of some rounds in which jobs take turns. */
async function medians(rounds: number, jobs: readonly (() => Promise<unknown>)[]): Promise<readonly number[]> {
  const found: number[][] = jobs.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [at, job] of jobs.entries()) {
      const before = process.cpuUsage();
      await job();
      const { user, system } = process.cpuUsage(before);
      found[at].push((user + system) / 1000);
    }
  }
  return found.map((times) => times.sort((a, b) => a - b)[rounds >> 1]);
}

async function time(): Promise<void> {
  console.log(
    '| image pixels | source pixels | phases | evidence without | with | more | gradient without | with | more | sums without | with |',
  );
  console.log('|---|---|---|---|---|---|---|---|---|---|---|');
  for (const [pixels, scale, mesh, integrations] of [
    [50, 0.12, 24, 10],
    [50, 0.12, 24, 40],
    [80, 0.07, 44, 10],
    [80, 0.07, 44, 40],
    [110, 0.05, 44, 10],
  ] as const) {
    const { mask, dataset, visibilities } = await observe(
      { antennas: 50, integrations, noise: 2, pixels, scale },
      0.3,
      1,
    );
    const make = (given: Visibilities, gainErrors?: GainErrors) =>
      createInversion(given, { mask, backends, gainErrors });
    const before = process.cpuUsage();
    const plain = await make(visibilities);
    const between = process.cpuUsage(before);
    const averaged = await make(dataset, { phase: 0.3, interval });
    const after = process.cpuUsage(before);
    const asked = {
      lens: { mass: lens.mass },
      mesh: { type: 'overlay', shape: [mesh, mesh] },
      regularization: { type: 'gradient', coefficient: 3 },
    } as const;
    const { mapper } = await averaged.evidence(asked);
    const times = await medians(21, [
      () => plain.evidence(asked),
      () => averaged.evidence(asked),
      () => plain.evidenceAndGradient(asked),
      () => averaged.evidenceAndGradient(asked),
    ]);
    const total = ({ user, system }: NodeJS.CpuUsage) => (user + system) / 1000;
    const cells = [
      averaged.sums.dirtyImage.data.length,
      mapper.pixels,
      averaged.gains?.projected.data.length,
      ...[0, 2].flatMap((at) => [
        ...times.slice(at, at + 2).map((each) => `${each.toFixed(0)} ms`),
        `${(100 * (times[at + 1] / times[at] - 1)).toFixed(0)} %`,
      ]),
      `${total(between).toFixed(0)} ms`,
      `${(total(after) - total(between)).toFixed(0)} ms`,
    ];
    console.log(`| ${cells.join(' | ')} |`);
    plain.dispose();
    averaged.dispose();
  }
}

if (command === 'time') await time();
else await bias(Number(numbers[0] ?? 30), Number(numbers[1] ?? 12));
