import { allKernels } from '@wtilde/core-types';
import { describe, expect, test } from 'vitest';
import { invoke } from './invoke.js';
import { jsonOf, listIn } from './json.js';

const count = allKernels().length;

describe('backends', () => {
  test('shows all that are known, available or why not', async () => {
    const { code, out, err } = await invoke('backends');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(new RegExp(`reference +float64 +yes, ${count} of ${count} kernels`));
    expect(out).toMatch(new RegExp(`loops +float64 +yes, ${count} of ${count} kernels`));
    for (const id of ['wasm', 'tfjs', 'webgpu']) {
      expect(out).toMatch(new RegExp(`${id} +float(32|64) +(yes, \\d+ of ${count} kernels: \\w|no: [^;]+; \\w)`));
    }
    for (const { upstream } of allKernels()) expect(out).toContain(upstream);
    expect(out).toMatch(/curvature_matrix_via_w_compact\S+ +direct +convolution, /);
  });

  test('--json holds the same', async () => {
    const backends = listIn(jsonOf((await invoke('backends', '--json')).out), 'backends');
    expect(backends.map(({ id, precision }) => [id, precision])).toEqual([
      ['reference', 'float64'],
      ['loops', 'float64'],
      ['wasm', 'float64'],
      ['tfjs', 'float32'],
      ['webgpu', 'float32'],
    ]);
    for (const backend of backends) {
      const { available } = backend;
      const facts = available === true ? ['info', 'kernels'] : ['reason', 'remedy'];
      expect(Object.keys(backend)).toEqual(['id', 'precision', 'available', ...facts]);
    }
    const [first, ...others] = listIn(backends[0], 'kernels');
    expect(first).toEqual({ name: 'mask2dCentresFrom', upstream: 'mask_2d_centres_from', methods: ['direct'] });
    expect(others).toHaveLength(count - 1);
  });
});

describe('diff', () => {
  test('shows every kernel of every backend that is installed, and the differences from upstream', async () => {
    const { code, out, err } = await invoke('diff');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain(`reference has all ${count} kernels.`);
    expect(out).toContain(`loops has all ${count} kernels.`);
    for (const { upstream, upstreamDifference = '' } of allKernels()) {
      expect(out).toContain(upstream);
      expect(out).toContain(upstreamDifference);
    }
  });

  test('of two shows only these', async () => {
    const { code, out } = await invoke('diff', 'loops', 'reference');
    expect(code).toBe(0);
    expect(out).toMatch(/kernel +loops +reference\n/);
    expect(out).not.toContain('wasm');
  });
});
