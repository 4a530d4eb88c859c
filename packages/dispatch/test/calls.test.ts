import { createLoopsBackend } from '@wtilde/backend-loops';
import { createReferenceBackend } from '@wtilde/backend-reference';
import { defineAsyncBackend, defineSyncBackend, type KernelArgs, kernels, real } from '@wtilde/core-types';
import { describe, expect, test } from 'vitest';
import { createDispatcher, createSyncDispatcher, type DispatchEvent } from '../src/index.js';
import { errorOf, rejectionOf } from './support/errors.js';
import { makeScene } from './support/scene.js';

const scene = makeScene(3);
const { sparse, mesh, wCompact, nativeIndexForSlimIndex, dirtyImage } = scene;
const { neighbors, neighborsSizes } = mesh;
const S = sparse.pixels;
const visibilities = { data: scene.data, noiseMap: scene.noiseMap };
const dataset = { wCompact, nativeIndexForSlimIndex, dirtyImage, chiSquared0: 90, noiseNormalization: -30 };
const priorOf = (weight: number) => ({
  neighbors,
  neighborsSizes,
  weights: real(new Float64Array(neighbors.data.length).fill(weight), neighbors.shape),
  diagonal: real(new Float64Array(S).fill(1e-8)),
});
const restOf = (weight: number) => ({ ...sparse, ...priorOf(weight) });
const argsOf = (weight: number): KernelArgs<'evidenceViaWCompactFrom'> => ({ ...dataset, ...restOf(weight) });

const loops = createLoopsBackend();
const reference = createReferenceBackend();

/** Has no evidence whole: every step of the route is its own. */
const { evidenceViaWCompactFrom: _, ...steps } = Object.fromEntries(
  Object.entries(loops.kernels).flatMap(([name, kernel]) =>
    kernel === undefined
      ? []
      : [[name, { methods: { loops: { cost: () => ({ flops: 1, bytes: 1 }), run: (args: never) => kernel(args) } } }]],
  ),
);
const stepwise = defineSyncBackend({
  id: 'stepwise',
  precision: 'float64',
  info: { summary: 'loops without the whole', deviceMemory: false },
  implementations: Object.assign({}, steps),
});

/** Says that it solves for positive sources, and gives a record that nobody mistakes for another. */
const positive = defineSyncBackend({
  id: 'positive',
  precision: 'float64',
  info: { summary: 'one number', deviceMemory: false },
  implementations: {
    evidenceTermsFrom: {
      methods: {
        any: {
          cost: () => ({ flops: 1, bytes: 1 }),
          solves: ['unrestricted', 'positive'],
          run: (args, { options }) => ({
            ...reference.kernels.evidenceTermsFrom(args),
            logEvidence: options.solve === 'positive' ? 42 : 41,
          }),
        },
      },
    },
  },
});

describe('the sources that an evidence looks among', () => {
  test('are refused by who has no others, and then found by the usual rules', async () => {
    const alone = createSyncDispatcher({ backends: [loops] });
    const usual = alone.evidenceViaWCompactFrom(argsOf(1)).logEvidence;
    expect(alone.evidenceViaWCompactFrom(argsOf(1), { solve: 'unrestricted' }).logEvidence).toBe(usual);
    const refused = errorOf(() => alone.evidenceViaWCompactFrom(argsOf(1), { solve: 'positive' }), 'MethodRefused');
    expect(refused.message).toContain('does not solve for positive sources');
    errorOf(() => loops.kernels.evidenceViaWCompactFrom(argsOf(1), { solve: 'positive' }), 'MethodRefused');
    errorOf(() => loops.kernels.chiSquared0From(visibilities, { solve: 'positive' }), 'MethodRefused');
    errorOf(
      () => Reflect.apply(loops.kernels.chiSquared0From, undefined, [visibilities, { solve: 'any' }]),
      'InvalidOption',
    );

    const both = createDispatcher({ backends: [loops, positive], fallback: ['positive'] });
    expect((await both.evidenceViaWCompactFrom(argsOf(1))).logEvidence).toBe(usual);
    const bound = both.evidenceViaWCompactFrom.bind(dataset);
    const { result, record } = await bound.record(restOf(1), { solve: 'positive' });
    expect(result.logEvidence).toBe(42);
    expect(record.ran === 'composed' && record.steps.at(-1)).toMatchObject({ backend: 'positive' });
  });

  test('are told by kernels: those whose results they change', () => {
    const choosing = Object.values(kernels).filter((kernel) => 'solves' in kernel && kernel.solves !== undefined);
    expect(choosing.map(({ number }) => number).sort()).toEqual([23, 36, 37, 38, 39]);
  });
});

describe('what belongs to one call', () => {
  test('its events, of a call and of its steps', () => {
    const all: DispatchEvent[] = [];
    const d = createSyncDispatcher({ backends: [stepwise], onEvent: (event) => all.push(event) });
    const own: DispatchEvent[] = [];
    d.chiSquared0From(visibilities);
    d.evidenceViaWCompactFrom(argsOf(1), { onEvent: (event) => own.push(event) });
    expect(all).toHaveLength(7);
    expect(own).toEqual(all.slice(1));
    expect(own[0]).toMatchObject({ type: 'composed', kernel: 'evidenceViaWCompactFrom' });
    errorOf(() => Reflect.apply(d.chiSquared0From, undefined, [visibilities, { onEvent: 1 }]), 'InvalidOption');
  });

  test('its record, of a bound kernel too: whole, or each step with its milliseconds', () => {
    for (const backend of [loops, stepwise]) {
      const bound = createSyncDispatcher({ backends: [backend] }).evidenceViaWCompactFrom.bind(dataset);
      const { result, record } = bound.record(restOf(2));
      expect(result).toEqual(bound(restOf(2)));
      expect(record.ran).toBe(backend === loops ? 'whole' : 'composed');
      expect(record.ms).toBeGreaterThanOrEqual(0);
      for (const step of record.ran === 'composed' ? record.steps : []) expect(step.ms).toBeGreaterThanOrEqual(0);
      bound.dispose();
      errorOf(() => bound.record(restOf(2)), 'Disposed');
    }
  });
});

describe('many calls', () => {
  test('give what single ones give, whole or along the route', async () => {
    for (const backend of [loops, stepwise]) {
      const now = createSyncDispatcher({ backends: [backend] }).evidenceViaWCompactFrom.bind(dataset);
      const later = createDispatcher({ backends: [backend] }).evidenceViaWCompactFrom.bind(dataset);
      const rests = [1, 0.1, 7].map(restOf);
      const single = rests.map((rest) => now(rest));
      expect(now.runMany(rests)).toEqual(single);
      const given = rests.map((rest) => ({ ...rest, weights: real(rest.weights.data.slice(), rest.weights.shape) }));
      const promised = later.runMany(given);
      if (backend === stepwise) for (const { weights } of given) weights.data.fill(Number.NaN);
      expect(await promised).toEqual(single);
      await rejectionOf(later.runMany([rests[0], { ...rests[1], pixels: S + 1 }]), 'ShapeMismatch');
      now.dispose();
      errorOf(() => now.runMany(rests), 'Disposed');
    }
  });

  test('go to a backend together, where it can', async () => {
    const batches: number[] = [];
    const run = async (dirty: Float64Array) => real(dirty.map((value) => 2 * value));
    const gpu = defineAsyncBackend({
      id: 'gpu',
      precision: 'float64',
      info: { summary: 'counts submissions', deviceMemory: false },
      implementations: {
        dataVectorFrom: {
          methods: {
            twice: {
              cost: () => ({ flops: 1, bytes: 1 }),
              run: ({ dirtyImage }) => run('data' in dirtyImage ? dirtyImage.data : new Float64Array()),
              bind: () => ({
                run: ({ dirtyImage }) => run('data' in dirtyImage ? dirtyImage.data : new Float64Array()),
                async runMany(calls) {
                  batches.push(calls.length);
                  return await Promise.all(
                    calls.map(({ args: { dirtyImage } }) =>
                      run('data' in dirtyImage ? dirtyImage.data : new Float64Array()),
                    ),
                  );
                },
              }),
            },
          },
        },
      },
    });
    const bound = createDispatcher({ backends: [gpu] }).dataVectorFrom.bind({ mappingMatrix: real([1, 0], [2, 1]) });
    const results = await bound.runMany([{ dirtyImage: real([1, 2]) }, { dirtyImage: real([3, 4]) }]);
    expect(results.map((result) => ('data' in result ? [...result.data] : []))).toEqual([
      [2, 4],
      [6, 8],
    ]);
    expect(batches).toEqual([2]);
  });
});
