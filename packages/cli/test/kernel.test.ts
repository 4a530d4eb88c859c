import { join } from 'node:path';
import { allKernels, real } from '@wtilde/core-types';
import { type Fields, fieldNamed } from '@wtilde/data';
import { readNpzFile } from '@wtilde/data/node';
import { describe, expect, test } from 'vitest';
import { fileOf, folder, small, smallWith } from './datasets.js';
import { expectRefused, invoke } from './invoke.js';
import { jsonOf, numberIn } from './json.js';

const inputs = await fileOf(small);
let outs = 0;

/** Runs a kernel and reads what it wrote. */
async function written(...argv: readonly string[]): Promise<Fields> {
  outs++;
  const out = join(folder, `out-${outs}.npz`);
  const { code, err } = await invoke('kernel', ...argv, '--out', out);
  expect(err).toBe(`wtilde: wrote ${out}\n`);
  expect(code).toBe(0);
  return await readNpzFile(out);
}

describe.each(allKernels().map((kernel) => [kernel.upstream, kernel] as const))('%s', (upstream, kernel) => {
  const classOf = (entry: string) =>
    kernel.returns.kind === 'record' ? kernel.returns.entries[entry].numericClass : kernel.returns.numericClass;

  test('in either spelling writes out.<upstream name>, the same on both backends', async () => {
    const byLoops = await written(upstream, '--inputs', inputs);
    const byReference = await written(kernel.name, '--inputs', inputs, '--backend', 'reference');
    const keys = kernel.returns.kind === 'record' ? Object.keys(kernel.returns.entries).map((key) => `.${key}`) : [''];
    expect(Object.keys(byLoops).sort()).toEqual(keys.map((key) => `out.${upstream}${key}`).sort());
    expect(Object.keys(byReference).sort()).toEqual(Object.keys(byLoops).sort());
    for (const [name, array] of Object.entries(byLoops)) {
      const other = byReference[name];
      expect(array.shape).toEqual(other.shape);
      expect(array.dtype).toBe(other.dtype);
      // Every backend goes its own way, with its own rounding.
      if (['effort', 'violation'].includes(classOf(name.slice(name.lastIndexOf('.') + 1)))) continue;
      const scale = Math.max(...Array.from(other.data, Math.abs));
      const worst = Math.max(...Array.from(array.data, (value, at) => Math.abs(value - other.data[at])));
      expect(worst).toBeLessThanOrEqual(1e-7 * scale);
    }
  });
});

test('without --out it says what the result is like', async () => {
  const { code, out, err } = await invoke('kernel', 'w_compact_curvature_interferometer_from', '-i', inputs);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(/on loops, method \w+, first call .* m?s\n/);
  expect(out).toMatch(
    /out\.w_compact_curvature_interferometer_from +real +\[8, 15\] +min \S+, max \S+, l2 norm \S+\n$/,
  );
});

test.each([
  ['noise_normalization_complex_from', /real +scalar +-?\d/],
  ['mask_2d_circular_from', /bool +\[\d+, \d+\] +true \d+ of \d+/],
  ['visibilities_from', /complex +\[24\] +\|z\| min \S+, max/],
  ['evidence_terms_from', /evidence_terms_from\.reconstruction +real +\[20\]/],
])('%s: a summary that fits its type', async (name, pattern) => {
  expect((await invoke('kernel', name, '--inputs', inputs)).out).toMatch(pattern);
});

test('without --inputs it takes the bundled dataset and says so', async () => {
  const { code, err } = await invoke('kernel', 'mapping_matrix_from');
  expect(code).toBe(0);
  expect(err).toContain('bundled dataset');
});

describe('--repeat', () => {
  test('prints median, minimum and method as JSON', async () => {
    const { code, out } = await invoke('kernel', 'data_vector_from', '--inputs', inputs, '--repeat', '4');
    expect(code).toBe(0);
    const result = jsonOf(out);
    expect(Object.keys(result)).toEqual(['median_ms', 'min_ms', 'method']);
    expect(numberIn(result, 'min_ms')).toBeGreaterThan(0);
    expect(numberIn(result, 'median_ms')).toBeGreaterThanOrEqual(numberIn(result, 'min_ms'));
    expect(result).toMatchObject({ method: 'rows' });
  });

  test('works together with --out, and for one call', async () => {
    expect(Object.keys(await written('data_vector_from', '--inputs', inputs, '--repeat', '1'))).toHaveLength(1);
  });
});

test('--method is the one that runs', async () => {
  const name = 'curvature_matrix_via_w_compact_sparse_mapping_matrix_from';
  for (const method of ['direct', 'gather']) {
    const { out } = await invoke('kernel', name, '--inputs', inputs, '--method', method, '--repeat', '1');
    expect(jsonOf(out)).toMatchObject({ method });
  }
});

test('--tolerance reaches the kernel', async () => {
  const name = 'dirty_image_interferometer_from';
  const [result] = Object.values(await written(name, '--inputs', inputs, '--tolerance', '1e-4'));
  const [exact] = Object.values(await written(name, '--inputs', inputs));
  const largest = Math.max(...Array.from(exact.data, Math.abs));
  result.data.forEach((value, at) => {
    expect(Math.abs(value - exact.data[at])).toBeLessThan(1e-2 * largest);
  });
});

test('inputs that are results and not there are computed, those that are there are taken', async () => {
  const name = 'data_vector_from';
  const zero = real(new Float64Array(fieldNamed(small, 'dirty_image')?.data.length ?? 0));
  const fromZero = await written(name, '--inputs', await smallWith({ dirty_image: zero }));
  expect(fromZero[`out.${name}`].data.every((value) => value === 0)).toBe(true);
  const [made] = Object.values(await written(name, '--inputs', await smallWith({ dirty_image: undefined })));
  const [given] = Object.values(await written(name, '--inputs', inputs));
  made.data.forEach((value, at) => {
    expect(value).toBeCloseTo(given.data[at], 8);
  });
});

test('the output never replaces the inputs, and its folder is looked at before the work', async () => {
  const name = 'mapping_matrix_from';
  const same = await fileOf(small);
  expectRefused(await invoke('kernel', name, '--inputs', same, '--out', same), /the output would replace an input/);
  expectRefused(await invoke('kernel', name, '--inputs', inputs, '--out', same), /exists already.*--force/);
  const nowhere = join(folder, 'no', 'where.npz');
  expectRefused(await invoke('kernel', name, '--inputs', inputs, '--out', nowhere), /its folder does not exist/);
});
