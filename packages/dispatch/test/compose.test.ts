import { createReferenceBackend } from '@wtilde/backend-reference';
import { describe, expect, test } from 'vitest';
import { createDispatcher, createSyncDispatcher, type DispatchEvent, type DispatchOptions } from '../src/index.js';
import { likeReference, likeReferenceAsync } from './support/backends.js';
import { errorOf, rejectionOf } from './support/errors.js';
import { makeScene } from './support/scene.js';

const kernel = 'logLikelihoodFunctionViaWCompactFrom';
const F = 'curvatureMatrixViaWCompactSparseMappingMatrixFrom';
const scene = makeScene(3);
const args = scene.evidence;
const exact = createReferenceBackend().kernels[kernel](args);

const steps = [
  F,
  'sparseMappingMatrixTransposeMatmul',
  'constantRegularizationMatrixFrom',
  'logDetConstantRegularizationMatrixFrom',
  'chiSquared0From',
  'noiseNormalizationComplexFrom',
  'evidenceTermsFrom',
];

/** A backend without the composite, and what it ran. */
function stepwise(shape: object = {}) {
  const calls: string[] = [];
  return { calls, backend: likeReference({ id: 'stepwise', without: [kernel], calls, ...shape }) };
}

describe('a composite that nobody has whole', () => {
  test('runs along its route', () => {
    const { calls, backend } = stepwise();
    const result = createSyncDispatcher({ backends: [backend] })[kernel](args);
    expect(result).toBeCloseTo(exact, 8);
    expect(calls).toEqual(steps);
  });

  test('does so with default arguments, and promises', async () => {
    const backend = likeReferenceAsync({ id: 'stepwise', without: [kernel] });
    const { coefficient: _c, pixels: _p, ...rest } = args;
    const d = createDispatcher({ backends: [backend, createReferenceBackend()], fallback: [] });
    expect(await d[kernel](rest)).toBeCloseTo(exact, 8);
  });

  test('is not composed where a fallback has it whole', () => {
    const { calls, backend } = stepwise();
    const d = createSyncDispatcher({ backends: [backend, createReferenceBackend()], fallback: ['reference'] });
    expect(d.record(kernel, args).record).toMatchObject({ ran: 'whole', backend: 'reference' });
    expect(calls).toEqual([]);
  });

  test('takes each step by its own choice', () => {
    const { backend } = stepwise({ without: [kernel, F] });
    const onlyF = likeReference({ id: 'onlyF', only: [F] });
    const d = createSyncDispatcher({ backends: [backend, onlyF], fallback: ['onlyF'] });
    const { result, record } = d.record(kernel, args);
    expect(result).toBeCloseTo(exact, 8);
    expect(record).toMatchObject({
      ran: 'composed',
      why: 'stepwise: does not implement the kernel; onlyF: does not implement the kernel',
      steps: steps.map((step) => ({ kernel: step, ran: 'whole', backend: step === F ? 'onlyF' : 'stepwise' })),
    });
    expect(record).not.toHaveProperty('errorEstimate');
  });

  test('keeps the precision of the whole in its steps', () => {
    const fast = likeReference({ id: 'fast', precision: 'float32' });
    const { backend, calls } = stepwise();
    const d = createSyncDispatcher({ backends: [fast, backend], fallback: ['stepwise'] });
    expect(d[kernel](args)).toBeCloseTo(exact, 8);
    expect(calls).toEqual(steps);
  });

  test('runs on the backend named in the call and no other', () => {
    const { backend, calls } = stepwise();
    const other = likeReference({ id: 'other' });
    const d = createSyncDispatcher({ backends: [other, backend] });
    expect(d[kernel](args, { backend: 'stepwise' })).toBeCloseTo(exact, 8);
    expect(calls).toEqual(steps);
    const { backend: lacking } = stepwise({ id: 'lacking', without: [kernel, F] });
    const error = errorOf(
      () => d.with({ backends: [other, lacking] })[kernel](args, { backend: 'lacking' }),
      'UnsupportedKernel',
    );
    expect(error.message).toContain(
      `it is not composed, since its step ${F} cannot run: lacking: does not implement the kernel`,
    );
  });

  test('is told of before its steps', () => {
    const { backend } = stepwise();
    const events: DispatchEvent[] = [];
    createSyncDispatcher({ backends: [backend], onEvent: (event) => events.push(event) })[kernel](args);
    expect(events[0]).toEqual({
      type: 'composed',
      kernel,
      why: 'stepwise: does not implement the kernel',
      skipped: [{ backend: 'stepwise', code: 'UnsupportedKernel', why: 'does not implement the kernel' }],
      steps: steps.map((step) => ({ kernel: step, backend: 'stepwise' })),
    });
    expect(events.slice(1)).toMatchObject(steps.map((step) => ({ type: 'chosen', kernel: step, stepOf: kernel })));
  });
});

describe('derivatives of an evidence', () => {
  test('are composed where a step of them is float32, and its middle stays float64', () => {
    const gpu = likeReference({ id: 'gpu', precision: 'float32' });
    const d = createSyncDispatcher({ backends: [createReferenceBackend(), gpu], precision: { [F]: 'float32' } });
    const { runs, steps: taken = [] } = d.explain('evidenceDerivativesViaWCompactFrom');
    const backendOf = (kernel: string) => taken.find((step) => step.kernel === kernel)?.backend;
    expect([runs, backendOf(F), backendOf('evidenceDerivativesByGraphFrom')]).toEqual(['composed', 'gpu', 'reference']);
  });
});

describe('what cannot be composed is refused before anything runs', () => {
  test('by option', () => {
    const { backend, calls } = stepwise();
    const error = errorOf(
      () => createSyncDispatcher({ backends: [backend], compose: false })[kernel](args),
      'UnsupportedKernel',
    );
    expect(error.message).toContain('it is not composed, since the option compose is false');
    expect(calls).toEqual([]);
  });

  test('for want of a late step', () => {
    const { backend, calls } = stepwise({ without: [kernel, 'evidenceTermsFrom'] });
    const error = errorOf(() => createSyncDispatcher({ backends: [backend] })[kernel](args), 'UnsupportedKernel');
    expect(error.message).toContain('its step evidenceTermsFrom cannot run: stepwise: does not implement the kernel');
    expect(calls).toEqual([]);
  });

  test('for a method, since a route has none', () => {
    const { backend } = stepwise();
    const d = createSyncDispatcher({ backends: [backend] });
    expect(errorOf(() => d[kernel](args, { method: 'direct' }), 'UnsupportedKernel').message).toContain(
      'a route has no method direct',
    );
    expect(d[kernel](args, { method: 'auto' })).toBeCloseTo(exact, 8);
  });

  test('for bad arguments, with the names of the composite', () => {
    const { backend, calls } = stepwise();
    const d = createSyncDispatcher({ backends: [backend] });
    expect(errorOf(() => d[kernel]({ ...args, pixels: 0 }), 'ShapeMismatch').where).toContain(kernel);
    errorOf(() => d[kernel]({ ...args, dirtyImage: scene.wCompact }), 'ShapeMismatch');
    errorOf(() => d[kernel](args, anyOptions({ colour: 'red' })), 'InvalidOption');
    expect(calls).toEqual([]);
  });
});

describe('options on the way', () => {
  test('tolerance and check reach the steps, keep and method do not', () => {
    const seen: unknown[] = [];
    const { backend } = stepwise({
      run: (given: object, run: (args: object) => unknown, { options }: { options: object }) => {
        seen.push(options);
        return run(given);
      },
    });
    createSyncDispatcher({ backends: [backend] })[kernel](args, { tolerance: 1e-6, check: 'shapes', keep: 'host' });
    expect(seen).toEqual(steps.map(() => ({ tolerance: 1e-6, check: 'shapes', keep: 'host' })));
  });

  test('progress counts steps', () => {
    const { backend } = stepwise();
    const seen: string[] = [];
    createSyncDispatcher({ backends: [backend] })[kernel](args, {
      onProgress: (done, total) => seen.push(`${done}/${total}`),
    });
    expect(seen).toEqual(steps.map((_, i) => `${i + 1}/7`));
  });

  test('a signal stops between steps', async () => {
    const controller = new AbortController();
    const calls: string[] = [];
    const backend = likeReferenceAsync({
      id: 'stepwise',
      without: [kernel],
      run: (given, run, _, name) => {
        calls.push(name);
        if (calls.length === 2) controller.abort();
        return run(given);
      },
    });
    const d = createDispatcher({ backends: [backend] });
    await rejectionOf(d[kernel](args, { signal: controller.signal }), 'Aborted');
    expect(calls).toEqual(steps.slice(0, 2));
  });

  test('an error of a step ends the call', () => {
    const { backend, calls } = stepwise();
    const d = createSyncDispatcher({ backends: [backend] });
    const hopeless = { ...args, wCompact: { ...args.wCompact, data: args.wCompact.data.map((value) => -value) } };
    expect(errorOf(() => d[kernel](hopeless), 'NumericalFailure').code).toBe('NumericalFailure');
    expect(calls).toEqual(steps);
  });
});

describe('a bound composite', () => {
  const {
    wCompact,
    nativeIndexForSlimIndex,
    dirtyImage,
    data,
    noiseMap,
    neighbors,
    neighborsSizes,
    coefficient,
    ...mapping
  } = args;
  const fixed = {
    wCompact,
    nativeIndexForSlimIndex,
    dirtyImage,
    data,
    noiseMap,
    neighbors,
    neighborsSizes,
    coefficient,
  };

  test('runs once what follows from bound arguments alone', () => {
    const { backend, calls } = stepwise();
    const bound = createSyncDispatcher({ backends: [backend] })[kernel].bind(fixed);
    expect(bound(mapping)).toBeCloseTo(exact, 8);
    calls.length = 0;
    expect(bound(mapping)).toBeCloseTo(exact, 8);
    expect(calls).toEqual([F, 'sparseMappingMatrixTransposeMatmul', 'evidenceTermsFrom']);
  });

  test('binds the steps of which some arguments are bound, and frees them', () => {
    const { backend } = stepwise();
    const bindings: string[] = [];
    const watched = watchBindings(backend, bindings);
    const bound = createSyncDispatcher({ backends: [watched] })[kernel].bind(fixed);
    bound(mapping);
    bound(mapping);
    bound.dispose();
    expect(bindings).toEqual([
      `${F} wCompact,nativeIndexForSlimIndex`,
      'sparseMappingMatrixTransposeMatmul matrix',
      'evidenceTermsFrom regularizationMatrix,logDetRegularizationMatrix,chiSquared0,noiseNormalization,sumOfWeights',
      `${F} disposed`,
      'sparseMappingMatrixTransposeMatmul disposed',
      'evidenceTermsFrom disposed',
    ]);
    errorOf(() => bound(mapping), 'Disposed');
  });

  test('follows arguments that are not bound', () => {
    const { backend } = stepwise();
    const { coefficient: _, ...others } = fixed;
    const bound = createSyncDispatcher({ backends: [backend] })[kernel].bind(others);
    for (const c of [1, 2, 0.5, 1]) {
      const whole = createReferenceBackend().kernels[kernel]({ ...args, coefficient: c });
      expect(bound({ ...mapping, coefficient: c })).toBeCloseTo(whole, 8);
    }
    expect(bound(mapping)).toBeCloseTo(exact, 8);
  });

  test('equals the call for every single bound argument', async () => {
    const backend = likeReferenceAsync({ id: 'stepwise', without: [kernel] });
    const d = createDispatcher({ backends: [backend] });
    const whole = await d[kernel](args);
    for (const name of Object.keys(args)) {
      const [one, rest]: [Record<string, unknown>, Record<string, unknown>] = [{}, {}];
      for (const [key, value] of Object.entries(args)) (key === name ? one : rest)[key] = value;
      const bound = d[kernel].bind(one);
      expect(await bound(rest), name).toBe(whole);
      expect(await bound(rest), name).toBe(whole);
    }
  });

  test('validates what is bound when it is bound', () => {
    const { backend } = stepwise();
    const d = createSyncDispatcher({ backends: [backend] });
    errorOf(() => d[kernel].bind({ wCompact: dirtyImage }), 'ShapeMismatch');
    const zero = { ...noiseMap, data: noiseMap.data.map(() => 0) };
    errorOf(() => d[kernel].bind({ noiseMap: zero }), 'InvalidValue');
    errorOf(() => d[kernel].bind(fixed)({ ...mapping, pixels: Number(mapping.pixels) + 1 }), 'ShapeMismatch');
  });
});

/** Options as JavaScript may pass them. */
function anyOptions(options: object): DispatchOptions {
  return options;
}

/** A backend whose kernels note what is bound and freed. */
function watchBindings<B extends { readonly kernels: object }>(backend: B, log: string[]): B {
  const kernels = Object.fromEntries(
    Object.entries(backend.kernels).map(([name, run]) => {
      const bind = (given: object) => {
        log.push(`${name} ${Object.keys(given).join()}`);
        const bound = run.bind(given);
        const call = (...all: unknown[]): unknown => bound(...all);
        return Object.assign(call, {
          dispose() {
            log.push(`${name} disposed`);
            bound.dispose();
          },
        });
      };
      const call = (...all: unknown[]): unknown => run(...all);
      return [name, Object.assign(call, run, { bind })];
    }),
  );
  return { ...backend, kernels };
}
