import { createReferenceBackend } from '@wtilde/backend-reference';
import { allKernels, defineSyncBackend, findKernel, isWtildeError, real } from '@wtilde/core-types';
import { describe, expect, it } from 'vitest';
import { all, defaultDatasets, plan } from '../src/index.js';

const reference = createReferenceBackend();
const datasets = defaultDatasets();

const small = defineSyncBackend({
  id: 'small',
  precision: 'float32',
  info: { summary: 'one kernel', deviceMemory: false },
  implementations: {
    dataVectorFrom: {
      methods: {
        zero: {
          cost: () => ({ flops: 1, bytes: 1 }),
          run: (_args, { sizes: { S } }) => real(new Float64Array(S)),
        },
        picky: {
          cost: () => ({ flops: 1, bytes: 1 }),
          canRun: ({ S }) => S > 1 || 'needs two source pixels',
          run: (_args, { sizes: { S } }) => real(new Float64Array(S)),
        },
      },
    },
  },
});

const casesOf = (kernel: string, options = {}) =>
  plan([findKernel(kernel)], small, datasets, { reference, ...options });

describe('plan', () => {
  it('has a case for every method on every dataset that feeds the kernel', () => {
    const cases = casesOf('dataVectorFrom');
    const fed = datasets.filter(({ kernels }) => kernels === undefined);
    expect(cases).toHaveLength(2 * fed.length);
    expect(cases).toContainEqual({
      kernel: 'dataVectorFrom',
      method: 'zero',
      dataset: 'tiny',
      expected: 'run',
      reason: '',
    });
  });

  it('says where a method refuses, with its reason', () => {
    expect(casesOf('dataVectorFrom').filter(({ expected }) => expected === 'refused')).toEqual([
      {
        kernel: 'dataVectorFrom',
        method: 'picky',
        dataset: 'one-source-pixel',
        expected: 'refused',
        reason: 'needs two source pixels',
      },
    ]);
  });

  it('tells what is not implemented from what the precision forbids', () => {
    const reasons = [...casesOf('mappingMatrixFrom'), ...casesOf('evidenceTermsFrom')].map(
      ({ expected, reason }) => `${expected}: ${reason}`,
    );
    expect(reasons).toEqual(['not-implemented: not implemented', 'not-implemented: needs float64']);
  });

  it('leaves out what the reference could not judge in time', () => {
    const cases = casesOf('dataVectorFrom', { budget: 1 });
    expect(new Set(cases.map(({ expected }) => expected))).toEqual(new Set(['too-big']));
    expect(cases[0].reason).toMatch(/^the reference would need .* operations, the budget is 1.0e\+0$/);
  });

  it('marks known failures', () => {
    const knownFailures = [{ kernel: 'dataVectorFrom', method: 'zero', dataset: 'tiny', reason: 'always zero' }];
    const known = casesOf('dataVectorFrom', { knownFailures }).filter(({ expected }) => expected === 'known-failure');
    expect(known.map(({ method, dataset, reason }) => [method, dataset, reason])).toEqual([
      ['zero', 'tiny', 'always zero'],
    ]);
  });

  it('does not pass over a kernel that no dataset feeds', () => {
    const nothing = [{ name: 'nothing', doc: 'no fields', fields: {} }];
    const [planned] = plan([findKernel('dataVectorFrom')], small, nothing, { reference });
    expect(planned).toEqual({
      kernel: 'dataVectorFrom',
      method: all,
      dataset: all,
      expected: 'no-data',
      reason: 'no dataset holds its inputs',
    });
  });

  it('computes nothing', () => {
    const kernels = Object.fromEntries(
      Object.entries(reference.kernels).map(([name, { descriptor, methods, limited, bind, sizesOf, appraise }]) => [
        name,
        Object.assign(() => expect.fail(`${name} was run`), { descriptor, methods, limited, bind, sizesOf, appraise }),
      ]),
    );
    const idle = { ...reference, kernels };
    expect(plan(allKernels(), idle, datasets, { reference: idle }).length).toBeGreaterThan(400);
  });

  it('passes on what is wrong with a dataset', () => {
    const [tiny] = datasets;
    const broken = { ...tiny, fields: { ...tiny.fields, uv_wavelengths: real([1, 2, 3]) } };
    const attempt = () => plan([findKernel('dirtyImageInterferometerFrom')], reference, [broken], { reference });
    expect(attempt).toThrow(expect.toSatisfy((error: unknown) => isWtildeError(error, 'ShapeMismatch')));
  });
});
