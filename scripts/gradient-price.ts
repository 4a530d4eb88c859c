// What an evidence costs with its gradient, in evidences: docs/smooth-evidence.md has the table. Works on the build:
// `npm run gradient-price`, optionally with the names of backends (wasm1, wasm2, loops) and pairs N:S.
import { createLoopsBackend } from '../packages/backend-loops/dist/index.js';
import { createWasmBackend } from '../packages/backend-wasm/dist/index.js';
import { real } from '../packages/core-types/dist/index.js';
import { observations, uvTrackOf } from '../packages/data/dist/index.js';
import { createDispatcher } from '../packages/dispatch/dist/index.js';
import {
  circularMask,
  inversionFrom,
  type Model,
  prepareDataset,
  simulateVisibilities,
} from '../packages/lens/dist/index.js';

const makers = {
  wasm1: () => createWasmBackend({ threads: 1 }),
  wasm2: () => createWasmBackend({ threads: 2 }),
  loops: () => createLoopsBackend(),
};
type Name = keyof typeof makers;
const isName = (text: string): text is Name => Object.hasOwn(makers, text);

const given = process.argv.slice(2);
const names = given.filter(isName);
const pairs = given.filter((text) => text.includes(':')).map((text) => text.split(':').map(Number));
const sizes = pairs.length > 0 ? pairs : [30, 140].flatMap((N) => [540, 1500].map((S) => [N, S]));

const mass = [
  { type: 'PowerLaw', centre: [0.03, -0.05], einsteinRadius: 1.4, slope: 2.1, ellComps: [0.09, 0.05] },
  { type: 'ExternalShear', gamma1: 0.03, gamma2: -0.02 },
] as const;
const light = [{ type: 'Gaussian', centre: [0.05, 0.1], intensity: 1, sigma: 0.2 }] as const;

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** Milliseconds of this process on any core: what another process takes does not count. */
function cpu(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** The medians, in milliseconds of a clock, of calls that take turns. */
async function takingTurns(works: readonly (() => unknown)[], rounds: number, clock: () => number): Promise<number[]> {
  const times: number[][] = works.map(() => []);
  for (let round = -3; round < rounds; round++) {
    for (const [at, work] of works.entries()) {
      const started = clock();
      await work();
      if (round >= 0) times[at].push(clock() - started);
    }
  }
  return times.map(median);
}

console.log(
  '| backend | N | M | S | kernel: value, ms | with derivatives, ms | ratio | model: value, ms | with gradient, ms | ratio |',
);
console.log('|---|---|---|---|---|---|---|---|---|---|');
for (const [N, S] of sizes) {
  const pixelScale = 4.8 / N;
  const mask = circularMask({ shapeNative: [N, N], pixelScale, radius: 2.4 });
  const uvWavelengths = uvTrackOf(observations.sma, 600);
  const loops = [createLoopsBackend()];
  const { visibilities } = await simulateVisibilities({
    lens: { mass, light },
    mask,
    uvWavelengths,
    noise: 1,
    backends: loops,
  });
  const prepared = await prepareDataset(visibilities, { mask, dispatcher: createDispatcher({ backends: loops }) });
  const side = Math.round(Math.sqrt(S / 0.785));
  const model: Model = {
    lens: { mass },
    mesh: { type: 'overlay', shape: [side, side], interpolation: 'natural' },
    regularization: { type: 'gradient', coefficient: 3 },
  };
  for (const name of names.length > 0 ? names : (Object.keys(makers) as readonly Name[])) {
    const backend = await makers[name]();
    const inversion = inversionFrom(prepared, { backends: [backend] });
    const { mapper } = await inversion.evidence(model);
    const { pixels, neighbors, neighborsSizes, pixIndexesForSubSlimIndex, pixWeightsForSubSlimIndex } = mapper;
    const { wCompact, nativeIndexForSlimIndex, dirtyImage, chiSquared0, noiseNormalization } = prepared.sums;
    const mapping = { pixels, pixIndexesForSubSlimIndex, pixWeightsForSubSlimIndex };
    const mesh = { neighbors, neighborsSizes };
    const { data, noiseMap } = visibilities;
    const fixed = { wCompact, nativeIndexForSlimIndex, dirtyImage };
    const weights = real(new Float64Array(neighbors.data.length).fill(9), neighbors.shape);
    const diagonal = real(new Float64Array(pixels).fill(1e-8));
    const value = backend.kernels.logLikelihoodFunctionViaWCompactFrom.bind({
      ...fixed,
      data,
      noiseMap,
      coefficient: 3,
    });
    const both = backend.kernels.evidenceDerivativesViaWCompactFrom.bind({ ...fixed, chiSquared0, noiseNormalization });
    const times = await takingTurns(
      [
        () => value({ ...mapping, ...mesh }),
        () => both({ ...mapping, ...mesh, weights, diagonal }),
        () => inversion.evidence(model),
        () => inversion.evidenceAndGradient(model),
      ],
      name === 'loops' ? 3 : 7,
      // Threads that wait for work spin: what they cost is told by the clock on the wall alone.
      name === 'wasm2' ? () => performance.now() : cpu,
    );
    const [a, b, c, d] = times;
    const shown = [a, b, b / a, c, d, d / c].map((x) => x.toFixed(x < 10 ? 2 : 0));
    console.log(`| ${[name, N, mapper.pixIndexesForSubSlimIndex.shape[0], pixels, ...shown].join(' | ')} |`);
    value.dispose();
    both.dispose();
    inversion.dispose();
    backend.dispose?.();
  }
}
