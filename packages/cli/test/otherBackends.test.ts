/** Backends that are not in the table of this version: one that is wrong, one that lacks kernels, one that fails. */
import { createReferenceBackend } from '@wtilde/backend-reference';
import { allKernels, type Backend, type KernelArgs, type Options } from '@wtilde/core-types';
import { expect, test, vi } from 'vitest';
import type { Candidate } from '../src/backends/candidates.js';
import { fileOf, small } from './datasets.js';
import { expectRefused, invoke, invokeWith } from './invoke.js';
import { jsonOf, listIn, numberIn } from './json.js';

const reference = createReferenceBackend();

const { chiSquared0From, dataVectorFrom, mappingMatrixFrom } = reference.kernels;
const offByALittle: typeof chiSquared0From = Object.assign(
  (args: KernelArgs<'chiSquared0From'>, options?: Options) => chiSquared0From(args, options) + 1e-5,
  chiSquared0From,
);
const fresh = { ...reference, dispose: () => {} };
const wrong: Backend = { ...fresh, id: 'wrong', kernels: { ...reference.kernels, chiSquared0From: offByALittle } };
const narrow: Backend = {
  ...fresh,
  id: 'narrow',
  precision: 'float32',
  kernels: { dataVectorFrom, mappingMatrixFrom },
};

const { logLikelihoodFunctionViaWCompactFrom: _, ...steps } = reference.kernels;
const stepwise: Backend = { ...fresh, id: 'stepwise', kernels: steps };

vi.mock('../src/backends/candidates.js', () => {
  const of = (backend: () => Backend, id: string): Candidate => ({
    id,
    precision: 'float64',
    load: async () => backend(),
  });
  const broken = of(() => {
    throw new Error('no adapter\nfound');
  }, 'broken');
  return {
    candidates: [
      of(createReferenceBackend, 'reference'),
      of(() => wrong, 'wrong'),
      of(() => narrow, 'narrow'),
      of(() => stepwise, 'stepwise'),
      broken,
    ],
  };
});

test('a backend that is wrong by 1e-5: exit code 1, said in words, the numbers are shown', async () => {
  const inputs = await fileOf(small);
  const { code, out } = await invoke('likelihood', '--inputs', inputs);
  expect(code).toBe(1);
  expect(out).toMatch(/reference, wrong and stepwise DISAGREE by 5\.0e-6 \(allowed: 1\.0e-6\)/);
  const json = await invoke('likelihood', '--inputs', inputs, '--json');
  expect(json.code).toBe(1);
  expect(numberIn(jsonOf(json.out), 'spread')).toBeCloseTo(5e-6, 7);
});

test('a backend without the float64 kernels is left out and named, or refused when asked for', async () => {
  const inputs = await fileOf(small);
  const { out, err } = await invoke('likelihood', '--inputs', inputs, '--json');
  expect(listIn(jsonOf(out), 'backends').map(({ id }) => id)).toEqual(['reference', 'wrong', 'stepwise']);
  expect(err).toMatch(/^wtilde: narrow is left out: it does not have .*evidenceTermsFrom\n$/);
  expectRefused(
    await invoke('likelihood', '--inputs', inputs, '--backend', 'narrow'),
    /backend narrow: .*does not have/,
  );
});

test('diff shows what such a backend has not', async () => {
  const { out } = await invoke('diff', 'reference', 'narrow');
  expect(out).toContain(`narrow has 2 of ${allKernels().length} kernels; it has not mask_2d_centres_from`);
  expect(out).toMatch(/mask_2d_centres_from +direct +-\n/);
});

test('a backend that does not start is listed with its reason, on one line', async () => {
  expect((await invoke('backends')).out).toMatch(
    /broken +float64 +no: the backend does not start here \(no adapter found\); use/,
  );
  expectRefused(await invoke('likelihood', '--backend', 'broken'), /backend broken: .*no adapter found/);
});

test('a composite that a backend does not have runs along its route there, and says so', async () => {
  const name = 'log_likelihood_function_via_w_compact_from';
  const argv = ['kernel', name, '--inputs', await fileOf(small), '--backend', 'stepwise'];
  const { code, out, err } = await invoke(...argv);
  expect(code).toBe(0);
  expect(out).toContain('on stepwise, method route');
  expect(err).toMatch(/^wtilde: logLikelihoodFunctionViaWCompactFrom: composed of 7 steps on stepwise; [^\n]*\n$/);
  expect(jsonOf((await invoke(...argv, '--repeat', '2')).out)).toMatchObject({ method: 'route' });
});

test('without --backend the environment sets default and fallback', async () => {
  const env = { WTILDE_DEFAULT_BACKEND: 'narrow', WTILDE_FALLBACK: 'reference' };
  const inputs = await fileOf(small);
  const fits = await invokeWith(env, 'kernel', 'mapping_matrix_from', '--inputs', inputs);
  expect(fits.out).toContain('on narrow');
  expect(fits.err).toBe('');
  const lacks = await invokeWith(env, 'kernel', 'chi_squared_0_from', '--inputs', inputs);
  expect(lacks.out).toContain('on reference');
  expect(lacks.err).toMatch(/^wtilde: chiSquared0From: fell back from narrow to reference/);
  const strict = await invokeWith(env, 'kernel', 'chi_squared_0_from', '--inputs', inputs, '--backend', 'narrow');
  expectRefused(strict, /backend narrow: .*chiSquared0From.*choose another backend/);
  const unknown = await invokeWith({ WTILDE_FALLBACK: 'nope' }, 'kernel', 'chi_squared_0_from', '--inputs', inputs);
  expectRefused(unknown, /WTILDE_FALLBACK.*reference.*nope/);
});
