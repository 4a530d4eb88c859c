import { createLoopsBackend } from '@wtilde/backend-loops';
import { describe, expect, test } from 'vitest';
import { createSyncDispatcher } from '../src/index.js';
import { likeReference } from './support/backends.js';
import { errorOf } from './support/errors.js';
import { args } from './support/example.js';

const a = likeReference({ id: 'a' });
const b = likeReference({ id: 'b', facts: { canRun: ({ M }) => M < 100 || `M = ${M} is too large` } });
const gpu = likeReference({ id: 'gpu', precision: 'float32' });
const lacking = likeReference({ id: 'lacking', only: [] });
const evidence = 'logLikelihoodFunctionViaWCompactFrom';

describe('explain', () => {
  test('says who would run, and why nobody else', () => {
    const d = createSyncDispatcher({ backends: [lacking, a, b, gpu], fallback: ['a', 'gpu'] });
    expect(d.explain('data_vector_from')).toEqual({
      kernel: 'dataVectorFrom',
      upstream: 'data_vector_from',
      runs: 'whole',
      backend: 'a',
      precision: 'float64',
      method: 'direct',
      otherMethods: {},
      why: 'lacking: does not implement the kernel',
      otherBackends: {
        lacking: 'does not implement the kernel',
        b: 'could run it, but is neither the default nor a fallback',
        gpu: 'could run it, but comes after a',
      },
    });
  });

  test('considers sizes where they are given', () => {
    const d = createSyncDispatcher({ backends: [b, a], fallback: ['a'] });
    expect(d.explain('dataVectorFrom').backend).toBe('b');
    expect(d.explain('dataVectorFrom', { M: 99, S: 9 }).backend).toBe('b');
    const large = d.explain('dataVectorFrom', { M: 100, S: 9 });
    expect([large.backend, large.why]).toEqual([
      'a',
      'b: no method can run at these sizes: direct: M = 100 is too large',
    ]);
  });

  test('considers options', () => {
    const d = createSyncDispatcher({ backends: [a, b] });
    const strict = d.explain('dataVectorFrom', {}, { backend: 'b' });
    expect([strict.backend, strict.why, strict.otherBackends]).toEqual([
      'b',
      'asked for in the call',
      { a: 'could run it, but b was asked for' },
    ]);
    expect(d.explain('dataVectorFrom', undefined, { method: 'fft' }).why).toContain('a: has no method fft');
  });

  test('says why nobody would, without throwing', () => {
    const d = createSyncDispatcher({ backends: [lacking, a] });
    const explanation = d.explain('dataVectorFrom');
    expect(explanation.runs).toBe('not at all');
    expect(explanation.why).toContain("add 'a' to the option fallback");
    expect(explanation.otherBackends).toEqual({
      lacking: 'does not implement the kernel',
      a: 'could run it, but is neither the default nor a fallback',
    });
  });

  test('throws for what does not exist', () => {
    const d = createSyncDispatcher({ backends: [a] });
    errorOf(() => d.explain('nothing'), 'UnknownKernel');
    errorOf(() => d.explain('dataVectorFrom', {}, { backend: 'nobody' }), 'UnknownBackend');
  });

  test('shows every step of a composite', () => {
    const withoutWhole = likeReference({ id: 'steps', without: [evidence] });
    const d = createSyncDispatcher({ backends: [withoutWhole, gpu] });
    const explanation = d.explain(evidence, { N: 10, M: 80, S: 9, B: 3, K: 40, P: 4, nonZeros: 240 });
    expect(explanation).toMatchObject({ runs: 'composed', why: 'steps: does not implement the kernel' });
    expect(explanation.steps?.map(({ kernel, backend, method }) => [kernel, backend, method])).toEqual([
      ['curvatureMatrixViaWCompactSparseMappingMatrixFrom', 'steps', 'direct'],
      ['sparseMappingMatrixTransposeMatmul', 'steps', 'direct'],
      ['constantRegularizationMatrixFrom', 'steps', 'direct'],
      ['logDetConstantRegularizationMatrixFrom', 'steps', 'direct'],
      ['chiSquared0From', 'steps', 'direct'],
      ['noiseNormalizationComplexFrom', 'steps', 'direct'],
      ['evidenceTermsFrom', 'steps', 'direct'],
    ]);
    expect(explanation.steps?.[0]?.otherBackends).toEqual({
      gpu: `computes in float32 where float64 is required within ${evidence}`,
    });
  });

  test('shows what mixed precision would do', () => {
    const d = createSyncDispatcher({ backends: [a, gpu], precision: { curvatureMatrix: 'float32' } });
    const explanation = d.explain(evidence);
    expect(explanation.steps?.map(({ backend }) => backend)).toEqual(['gpu', 'a', 'a', 'a', 'a', 'a', 'a']);
    expect(explanation.otherBackends).toEqual({
      a: 'could run it whole, but float32 was asked for a step',
      gpu: 'computes in float32 where float64 is required by the option precision',
    });
  });

  test('names the method that a call would use, and the price of the others', () => {
    const d = createSyncDispatcher({ backends: [createLoopsBackend()] });
    const kernel = 'wCompactCurvatureInterferometerFrom';
    const sizes = { N: 30, K: 190 };
    const { method, otherMethods } = d.explain(kernel, sizes);
    expect(d.backends[0]?.kernels[kernel]?.methods).toHaveProperty(method ?? 'none');
    expect(otherMethods).toHaveProperty('direct', expect.stringMatching(/^estimated .* times slower$/));
    // Costs cannot be compared without sizes.
    expect(d.explain(kernel)).toMatchObject({ backend: 'loops', missingSizes: ['N', 'K'] });
    expect(d.explain(kernel, { N: 30 })).toMatchObject({ missingSizes: ['K'] });
    expect(d.explain(kernel, { N: 30 })).not.toHaveProperty('method');
  });

  test('is plain data, and agrees with what happens', () => {
    const d = createSyncDispatcher({ backends: [lacking, gpu, a], fallback: ['gpu', 'a'], precision: 'float64' });
    const explanation = d.explain('dataVectorFrom', { M: 2, S: 2 });
    expect(JSON.parse(JSON.stringify(explanation))).toEqual(explanation);
    expect(d.record('dataVectorFrom', args).record).toMatchObject({
      backend: explanation.backend,
      method: explanation.method,
      why: explanation.why,
    });
  });
});
