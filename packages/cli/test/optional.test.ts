/** Backends that somebody installed beside wtilde. */
import { createReferenceBackend } from '@wtilde/backend-reference';
import { complex, WtildeError } from '@wtilde/core-types';
import { expect, test, vi } from 'vitest';
import type { Candidate } from '../src/backends/candidates.js';
import { loadOptional } from '../src/backends/optional.js';
import { loadBench } from '../src/commands/bench/load.js';
import { fileOf, small } from './datasets.js';
import { expectRefused, invoke } from './invoke.js';
import { jsonOf, listIn, numberIn } from './json.js';

/** The reference as a backend whose kernels return promises. */
function asynchronous(id: string): object {
  const reference = createReferenceBackend();
  const kernels = Object.entries(reference.kernels).map(([name, kernel]): [string, object] => {
    const call = async (...args: readonly unknown[]): Promise<unknown> => Reflect.apply(kernel, undefined, args);
    return [name, Object.assign(call, kernel)];
  });
  return { ...reference, id, mode: 'async', kernels: Object.fromEntries(kernels) };
}

function createWebgpuBackend(): never {
  throw new WtildeError('BackendUnavailable', {
    what: 'there is no adapter',
    where: 'webgpu',
    remedy: 'install a driver',
  });
}

/** A name that no compiler looks for. */
const absent: string = '@wtilde/backend-absent';

vi.mock('../src/backends/candidates.js', () => {
  const candidate = (id: string, factory: string, module: object): Candidate => ({
    id,
    precision: 'float64',
    load: () => loadOptional(id, factory, async () => module),
  });
  return {
    candidates: [
      { id: 'reference', precision: 'float64', load: async () => createReferenceBackend() },
      candidate('tfjs', 'createTfjsBackend', { createTfjsBackend: async () => asynchronous('tfjs') }),
      candidate('wasm', 'createWasmBackend', {}),
      candidate('other', 'createOtherBackend', { createOtherBackend: () => ({ contract: 2, id: 'other' }) }),
      {
        id: 'absent',
        precision: 'float32',
        load: () => loadOptional('absent', 'createAbsentBackend', () => import(absent)),
      },
      candidate('webgpu', 'createWebgpuBackend', { createWebgpuBackend }),
    ],
  };
});

test('an asynchronous one takes part in the evidence', async () => {
  const { code, out, err } = await invoke('likelihood', '--inputs', await fileOf(small), '--json');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const backends = listIn(jsonOf(out), 'backends');
  expect(backends.map(({ id }) => id)).toEqual(['reference', 'tfjs']);
  const [reference, tfjs] = backends.map((backend) => numberIn(backend, 'logEvidence'));
  expect(tfjs).toBeCloseTo(reference, 8);
});

test('an asynchronous one runs single kernels', async () => {
  const inputs = await fileOf(small);
  const argv = ['kernel', 'evidence_terms_from', '--inputs', inputs, '--backend', 'tfjs'];
  expect((await invoke(...argv)).out).toContain('on tfjs, method direct');
  expect((await invoke(...argv, '--repeat', '2')).code).toBe(0);
  const empty = await fileOf({ data: complex(new Float64Array(2)), noise_map: complex(new Float64Array(2)) });
  expectRefused(await invoke('kernel', 'chi_squared_0_from', '--inputs', empty, '--backend', 'tfjs'), /noiseMap.*zero/);
});

test('one that is no backend, and one that says why it cannot start', async () => {
  const { out } = await invoke('backends');
  expect(out).toMatch(/wasm +float64 +no: the package is not a backend that this version of wtilde knows/);
  expect(out).toMatch(/webgpu +float64 +no: there is no adapter; install a driver/);
  expectRefused(await invoke('likelihood', '--backend', 'other'), /expected a backend other of contract 1/);
  expectRefused(await invoke('likelihood', '--backend', 'wasm'), /createWasmBackend exported by/);
});

test('one that nobody installed: said with the remedy', async () => {
  const reason = /@wtilde\/backend-absent is not installed; npm install @wtilde\/backend-absent/;
  expect((await invoke('backends')).out).toMatch(reason);
  expect((await invoke('diff')).out).toMatch(/^Not available: [^\n]*absent/);
  expectRefused(await invoke('likelihood', '--backend', 'absent'), reason);
  expectRefused(await invoke('diff', 'reference', 'absent'), reason);
});

test('the package of wtilde bench, which is not installed with the command line', async () => {
  const missing = new Error("Cannot find package '@wtilde/bench' imported from here");
  await expect(loadBench(async () => await Promise.reject(missing))).rejects.toMatchObject({
    code: 'FileUnreadable',
    what: '@wtilde/bench is not installed',
    remedy: expect.stringContaining('npm install @wtilde/bench beside wtilde'),
  });
  // A package that it needs is another matter.
  const other = new Error("Cannot find package 'tinybench' imported from here");
  await expect(loadBench(async () => await Promise.reject(other))).rejects.toBe(other);
  expect(await loadBench(async () => 'there')).toBe('there');
});
