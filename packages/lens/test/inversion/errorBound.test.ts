import { createLoopsBackend } from '@wtilde/backend-loops';
import { createReferenceBackend } from '@wtilde/backend-reference';
import { createWasmBackend } from '@wtilde/backend-wasm';
import { type Backend, complex, defineSyncBackend, type NdArray, real } from '@wtilde/core-types';
import { createRandom, observations, readNpz, uvTrackOf, type Visibilities, writeNpz } from '@wtilde/data';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  circularMask,
  createInversion,
  inversionFrom,
  type Model,
  prepareDataset,
  preparedFields,
  preparedFrom,
  simulateVisibilities,
} from '../../src/index.js';
import { hostDispatcher } from '../../src/inversion/hostDispatcher.js';
import { how, type Observed, observe, truth } from './scene.js';

const loops = createLoopsBackend();
const reference = createReferenceBackend();
let wasm: Backend;
let observed: Observed;
beforeAll(async () => {
  wasm = await createWasmBackend({ threads: 1 });
  observed = await observe();
});

const barycentric = (rows: number, columns: number): Model['mesh'] => ({
  type: 'overlay',
  shape: [rows, columns],
  interpolation: 'barycentric',
});
const smoothed = (coefficient: number, mesh: Model['mesh'] = barycentric(12, 12)): Model => ({
  lens: truth,
  mesh,
  regularization: { type: 'constant', coefficient },
});

describe('evidences over coefficients from 1e-12 to 1e12', () => {
  test('tend to that of a flat source, on every backend', async () => {
    const { mask, visibilities } = observed;
    for (const backend of [loops, wasm, reference]) {
      const inversion = await createInversion(visibilities, { mask, backends: [backend] });
      const { wCompact, nativeIndexForSlimIndex, dirtyImage, chiSquared0, noiseNormalization } = inversion.sums;
      const W = loops.kernels.wTildeViaCompactFrom({ wCompact, nativeIndexForSlimIndex });
      // Weights of a pixel sum to 1, so a flat source is a flat image.
      const f = W.data.reduce((sum, value) => sum + value, 0);
      const d = dirtyImage.data.reduce((sum, value) => sum + value, 0);
      for (const coefficient of [1e9, 1e10, 1e11, 1e12]) {
        const { logEvidence, terms, errorBound, mapper } = await inversion.evidence(smoothed(coefficient));
        const flat =
          chiSquared0 -
          d ** 2 / (f + mapper.pixels * 1e-8) +
          Math.log((f / mapper.pixels + 1e-8) / 1e-8) +
          noiseNormalization;
        expect(Math.abs(logEvidence + flat / 2)).toBeLessThan(1e-8 * Math.abs(flat));
        expect(terms.regularizationTerm).toBeGreaterThanOrEqual(0);
        expect(errorBound).toBeLessThan(1e-6 + 1e-12 * chiSquared0);
      }
      inversion.dispose();
    }
  });

  test('agree between backends within their bounds', async () => {
    const { mask, visibilities } = observed;
    const inversions = await Promise.all(
      [loops, wasm].map((backend) => createInversion(visibilities, { mask, backends: [backend] })),
    );
    for (let exponent = -12; exponent <= 12; exponent += 2) {
      const [a, b] = await Promise.all(inversions.map((inversion) => inversion.evidence(smoothed(10 ** exponent))));
      expect(Math.abs(a.logEvidence - b.logEvidence)).toBeLessThanOrEqual(a.errorBound + b.errorBound);
    }
  });

  test('errors of the source stay those of a flat one', async () => {
    const { mask, visibilities } = observed;
    const inversion = await createInversion(visibilities, { mask, backends: [loops] });
    const deviations = (await inversion.evidence(smoothed(1e9))).reconstructionNoiseMap().data;
    const again = (await inversion.evidence(smoothed(1e12))).reconstructionNoiseMap().data;
    deviations.forEach((value, i) => {
      expect(value).toBeCloseTo(again[i], 8);
    });
    expect(deviations[0]).toBeGreaterThan(0);
  });
});

test('noises over twelve orders of magnitude: backends differ, by no more than their bounds, and the bounds say so', async () => {
  const { mask, visibilities } = observed;
  const random = createRandom('noises');
  const scales = Float64Array.from({ length: visibilities.data.shape[0] }, () => 10 ** (12 * random.uniform() - 6));
  const rescaled = (array: NdArray<'complex'>) => complex(array.data.map((value, lane) => value * scales[lane >> 1]));
  const mixed = { ...visibilities, noiseMap: rescaled(visibilities.noiseMap) };
  const found = await Promise.all(
    [loops, wasm].map(async (backend) =>
      (await createInversion(mixed, { mask, backends: [backend] })).evidence(smoothed(1e4)),
    ),
  );
  const [a, b] = found;
  expect(Math.abs(a.logEvidence - b.logEvidence)).toBeLessThanOrEqual(a.errorBound + b.errorBound);
  for (const each of found) expect(each.errorBound).toBeGreaterThan(1e-6);
});

/** Sums over the visibilities with errors as float32 backends make them. */
function inFloat32(change: (array: NdArray<'real'>, random: () => number) => Float64Array, seed: number): Backend {
  const random = createRandom(`errors of float32 ${seed}`);
  const normal = () => random.normal();
  const cost = () => ({ flops: 1, bytes: 1 });
  return defineSyncBackend({
    id: 'float32',
    precision: 'float32',
    info: { summary: 'loops, with errors', deviceMemory: false },
    implementations: {
      wCompactCurvatureInterferometerFrom: {
        methods: {
          changed: {
            cost,
            run: (args) => {
              const exact = loops.kernels.wCompactCurvatureInterferometerFrom(args);
              return real(change(exact, normal), exact.shape);
            },
          },
        },
      },
      dirtyImageInterferometerFrom: {
        methods: {
          changed: {
            cost,
            run: (args) => {
              const exact = loops.kernels.dirtyImageInterferometerFrom(args);
              return real(change(exact, normal), exact.shape);
            },
          },
        },
      },
    },
  });
}

describe('of a dataset prepared in float32 and evaluated in float64', () => {
  const largest = (data: Float64Array) => data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const kinds: Readonly<Record<string, (array: NdArray<'real'>, normal: () => number) => Float64Array>> = {
    'rounding of every element': ({ data }) => data.map(Math.fround),
    'independent errors of 2e-7': ({ data }, normal) => {
      const size = 2e-7 * largest(data);
      return data.map((value) => value + size * normal());
    },
    'the same relative error everywhere': ({ data }) => data.map((value) => value * (1 + 5e-7)),
    'one sum of weights that did not cancel': ({ data }) =>
      data.map((value) => (Math.abs(value) === largest(data) ? value * (1 - 2e-6) : Math.fround(value))),
  };

  test.each(Object.keys(kinds))('the bound covers 50 seeded cases: %s', async (kind) => {
    const ratios: number[] = [];
    for (let seed = 0; seed < 50; seed++) {
      const mask = circularMask({ shapeNative: [16, 16], pixelScale: 0.3, radius: 1.6 + 0.05 * (seed % 10) });
      const { visibilities } = await simulateVisibilities({
        lens: truth,
        mask,
        uvWavelengths: uvTrackOf(observations.sma, 60 + seed),
        noise: 10 ** ((seed % 5) - 2),
        seed,
        backends: [loops],
      });
      const model = smoothed(10 ** ((seed % 7) - 2), barycentric(5 + (seed % 4), 6));
      const exact = await evidenceOf(visibilities, mask, [loops], model);
      const found = await evidenceOf(visibilities, mask, [inFloat32(kinds[kind], seed), loops], model);
      const error = Math.abs(found.logEvidence - exact.logEvidence);
      expect(found.errorBound, `case ${seed}`).toBeGreaterThanOrEqual(error);
      ratios.push(found.errorBound / error);
    }
    ratios.sort((a, b) => a - b);
    console.info(`${kind}: bound / error ${ratios[0].toPrecision(3)} at least, ${ratios[25].toPrecision(3)} median`);
    expect(ratios[25]).toBeLessThan(300);
  });

  test('its accuracy is remembered in memory and in a file, and one without samples claims what float32 promises', async () => {
    const { mask, visibilities } = observed;
    const low = inFloat32(kinds['independent errors of 2e-7'], 1);
    const sampled = await prepareDataset(visibilities, {
      mask,
      dispatcher: hostDispatcher({ backends: [low, loops], fallback: ['loops'] }),
    });
    const weight = largest(sampled.sums.wCompact.data);
    expect(sampled.accuracy.wCompact.precision).toBe('float32');
    expect(sampled.accuracy.wCompact.rms / (2e-7 * weight)).toBeCloseTo(1, 0);
    expect(preparedFrom(readNpz(writeNpz(preparedFields(sampled)))).accuracy).toEqual(sampled.accuracy);

    const float64 = await prepareDataset(visibilities, { mask, dispatcher: hostDispatcher({ backends: [loops] }) });
    expect(float64.accuracy.dirtyImage.precision).toBe('float64');
    expect(float64.accuracy.wCompact.rms).toBeLessThan(1e-12 * weight);
    const loose = await prepareDataset(visibilities, {
      mask,
      tolerance: 1e-6,
      dispatcher: hostDispatcher({ backends: [loops] }),
    });
    expect(loose.accuracy.wCompact.rms).toBeGreaterThan(1e-7 * weight);
  });

  async function evidenceOf(
    visibilities: Visibilities,
    mask: Observed['mask'],
    makers: readonly Backend[],
    model: Model,
  ) {
    const dispatcher = hostDispatcher({ backends: makers, fallback: makers.slice(1).map(({ id }) => id) });
    const prepared = await prepareDataset(visibilities, { mask, dispatcher });
    return inversionFrom(prepared, { backends: [loops] }).evidence(model);
  }
});

test('the bound of an ordinary evidence in float64 is below the tolerance of evidences', async () => {
  const { mask, visibilities, lens } = observed;
  const inversion = await createInversion(visibilities, { mask, backends: [loops] });
  expect((await inversion.evidence({ lens, ...how })).errorBound).toBeLessThan(1e-6);
});
