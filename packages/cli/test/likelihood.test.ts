import { createReferenceBackend } from '@wtilde/backend-reference';
import { isHandle, isRecord, type KernelName, kernels, type NdArray } from '@wtilde/core-types';
import { type KernelCall, resolveArguments } from '@wtilde/data';
import { describe, expect, test } from 'vitest';
import { syncKernelOf } from '../src/backends/looseKernel.js';
import { fileOf, small, smallWith } from './datasets.js';
import { invoke } from './invoke.js';
import { jsonOf, listIn, numberIn, objectIn } from './json.js';

const termNames = [
  'chiSquared',
  'chiSquared0',
  'logDetCurvatureRegMatrix',
  'logDetRegularizationMatrix',
  'noiseNormalization',
  'regularizationTerm',
];
const reference = createReferenceBackend();

/** A result of the reference on the small dataset. */
function made(name: KernelName): NdArray {
  const call: KernelCall = (kernel, args) => syncKernelOf(reference, kernel)(args);
  const result = call(name, resolveArguments(kernels[name], small, call));
  if (typeof result === 'number' || isRecord(result) || isHandle(result)) throw new Error(`${name} gives no array`);
  return result;
}

test('without inputs: the table of the bundled dataset on all backends, and what to try next', async () => {
  const { code, out, err } = await invoke('likelihood');
  expect(err).toBe('');
  expect(code).toBe(0);
  expect(out).toContain('Log evidence of the bundled dataset');
  for (const id of ['reference', 'loops']) expect(out.split('\n')[3]).toContain(id);
  for (const term of ['log evidence', 'chi-squared', 's^t H s', 'log det(F + H)', 'log det H', 'noise normalization']) {
    expect(out).toContain(term);
  }
  expect(out).toMatch(/\d ms|\d s/);
  expect(out).toMatch(/reference(, \w+)* and \w+ agree to \S+ \(allowed: 1\.0e-6\)\./);
  expect(out.match(/npx wtilde /g)).toHaveLength(3);
});

describe('--json', () => {
  test('is one object of the documented shape, the terms of which make the evidence', async () => {
    const { code, out, err } = await invoke('likelihood', '--inputs', await fileOf(small), '--json');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const result = jsonOf(out);
    expect(Object.keys(result)).toEqual(['backends', 'spread']);
    const backends = listIn(result, 'backends');
    expect(backends.slice(0, 2).map(({ id, precision }) => [id, precision])).toEqual([
      ['reference', 'float64'],
      ['loops', 'float64'],
    ]);
    for (const backend of backends) {
      const simd = backend.id === 'wasm' ? ['simd'] : [];
      expect(Object.keys(backend)).toEqual(['id', 'precision', ...simd, 'logEvidence', 'terms', 'ms']);
      expect(numberIn(backend, 'ms')).toBeGreaterThan(0);
      const terms = objectIn(backend, 'terms');
      expect(Object.keys(terms).sort()).toEqual(termNames);
      const sum =
        numberIn(terms, 'chiSquared') +
        numberIn(terms, 'regularizationTerm') +
        numberIn(terms, 'logDetCurvatureRegMatrix') -
        numberIn(terms, 'logDetRegularizationMatrix') +
        numberIn(terms, 'noiseNormalization');
      expect(numberIn(backend, 'logEvidence')).toBeCloseTo(-sum / 2, 8);
    }
    const evidences = backends.map((backend) => numberIn(backend, 'logEvidence'));
    expect(numberIn(result, 'spread')).toBe(Math.max(...evidences) - Math.min(...evidences));
    expect(numberIn(result, 'spread')).toBeLessThan(1e-9);
  });

  test('says on stderr that the dataset is the bundled one', async () => {
    const { out, err } = await invoke('likelihood', '--json', '--backend', 'loops');
    expect(err).toContain('bundled dataset');
    expect(numberIn(jsonOf(out), 'spread')).toBe(0);
  });

  test('holds the reconstruction when asked', async () => {
    const { out } = await invoke('likelihood', '--inputs', await fileOf(small), '--json', '--reconstruction');
    for (const backend of listIn(jsonOf(out), 'backends')) {
      const { reconstruction } = objectIn(backend, 'terms');
      expect(reconstruction).toHaveLength(20);
    }
  });
});

describe('--backend', () => {
  test('once: only that one, and nothing to compare', async () => {
    const { code, out } = await invoke('likelihood', '--inputs', await fileOf(small), '--backend', 'loops');
    expect(code).toBe(0);
    expect(out).toContain('One backend');
    expect(out).not.toContain('spread');
  });

  test('several times: each once, in that order', async () => {
    const ids = ['loops', 'reference', 'loops'].flatMap((id) => ['--backend', id]);
    const { out } = await invoke('likelihood', '--inputs', await fileOf(small), '--json', ...ids);
    expect(listIn(jsonOf(out), 'backends').map(({ id }) => id)).toEqual(['loops', 'reference']);
  });
});

describe('the inputs', () => {
  const evidence = async (path: string): Promise<number> => {
    const { code, out, err } = await invoke('likelihood', '--inputs', path, '--json');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const [first] = listIn(jsonOf(out), 'backends');
    return numberIn(first, 'logEvidence');
  };

  test('may carry the prefix in.', async () => {
    expect(await evidence(await fileOf(small, 'in.'))).toBe(await evidence(await fileOf(small)));
  });

  test('never are entries with the prefix out.', async () => {
    const { data } = small;
    const wrong = { 'out.w_compact': made('wTildeCurvaturePreloadInterferometerFrom'), 'out.dirty_image': data };
    expect(await evidence(await fileOf({ ...small, ...wrong }))).toBe(await evidence(await fileOf(small)));
  });

  test('lead to the same evidence through every description of W', async () => {
    const expected = await evidence(await fileOf(small));
    const without = { grid_size: undefined, pixel_scale: undefined };
    const w_compact = made('wCompactCurvatureInterferometerFrom');
    const w_tilde = made('wTildeViaCompactFrom');
    const w_tilde_preload = made('wTildeCurvaturePreloadInterferometerFrom');
    for (const given of [{ w_compact }, { w_tilde_preload }, { curvature_preload: w_tilde_preload }, {}]) {
      expect(await evidence(await smallWith({ ...without, ...given }))).toBeCloseTo(expected, 7);
    }
    const noTable = { ...without, shape_masked_pixels_2d: undefined, grid_radians_2d: undefined };
    expect(await evidence(await smallWith({ ...noTable, w_tilde }))).toBeCloseTo(expected, 7);
    expect(await evidence(await smallWith(noTable))).toBeCloseTo(expected, 7);
  });

  test('lead to the same evidence without dirty image and coefficient 1', async () => {
    const bare = await smallWith({ dirty_image: undefined, coefficient: undefined });
    expect(await evidence(bare)).toBeCloseTo(await evidence(await fileOf(small)), 7);
  });
});
