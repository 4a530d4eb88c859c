import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Fields, type GeneratorOptions, generated } from '../../src/index.js';
import { fieldsFromNpzFile } from '../../src/node.js';
import { errorOf } from '../errors.js';
import { sharedFile, testWithShared } from '../shared.js';
import { complexes, indexes, neighborLists, reals } from './numbers.js';
import { expectWellFormed } from './wellFormed.js';

const small = { N: 6, K: 7, S: 8, B: 3, P: 4, seed: 0 };

describe('generated', () => {
  test('is well formed for any sizes', () => {
    const size = fc.integer({ min: 1, max: 9 });
    fc.assert(
      fc.property(size, size, size, size, size, fc.integer(), (N, K, S, b, P, seed) => {
        const B = Math.min(b, S);
        expectWellFormed(generated({ N, K, S, B, P, seed }), { N, K, S, B, P });
      }),
      { numRuns: 50 },
    );
  });

  test('has 716 unmasked pixels and the documented sizes by default', () => {
    const fields = generated();
    expectWellFormed(fields, { N: 30, K: 1024, S: 256, B: 3, P: 32 });
    expect(fields.dirty_image.shape).toEqual([716]);
  });

  test('depends on nothing but its options', () => {
    expect(generated(small)).toEqual(generated(small));
    expect(generated({ ...small, seed: 1 })).not.toEqual(generated(small));
  });

  test('keeps the visibilities where only the mesh changes, and the mesh where only K does', () => {
    const pick = (fields: Fields, names: readonly string[]): unknown => names.map((name) => fields[name]);
    const visibilities = ['data', 'noise_map', 'uv_wavelengths'];
    const mesh = ['neighbors', 'pix_indexes_for_sub_slim_index', 'dirty_image'];
    const fields = generated(small);
    expect(pick(generated({ ...small, S: 9, B: 2, P: 3 }), visibilities)).toEqual(pick(fields, visibilities));
    expect(pick(generated({ ...small, K: 8 }), mesh)).toEqual(pick(fields, mesh));
  });

  test('has u and v in [0, 1), unequal noise, and grids that are not centred', () => {
    const fields = generated();
    expect(reals(fields, 'uv_wavelengths').every((value) => value >= 0 && value < 1)).toBe(true);
    const noise = complexes(fields, 'noise_map');
    const equal = noise.filter((value, lane) => lane % 2 === 0 && value === noise[lane + 1]);
    expect(equal.length).toBe(0);
    expect(noise).not.toEqual(complexes(fields, 'data'));
    const grid = reals(fields, 'grid_radians_slim');
    expect(grid.every((value, i) => (i % 2 === 0 ? value > 0 : value < 0))).toBe(true);
  });

  test('fills most neighbour slots and uses all of them somewhere', () => {
    const counts = neighborLists(generated()).map(({ length }) => length);
    expect(Math.max(...counts)).toBe(32);
    expect(counts.reduce((a, b) => a + b) / counts.length).toBeGreaterThan(24);
  });

  test('options that are no sizes', () => {
    for (const options of [{ N: 0 }, { K: -1 }, { S: 1.5 }, { P: Number.NaN }, { seed: 0.5 }]) {
      expect(errorOf(() => generated(options), 'InvalidOption').where).toBe(Object.keys(options)[0]);
    }
    expect(errorOf(() => generated({ S: 2, B: 3 }), 'InvalidOption').where).toBe('B');
    // @ts-expect-error: a caller without types.
    const unknown: GeneratorOptions = { M: 3 };
    expect(errorOf(() => generated(unknown), 'InvalidOption').expected).toContain('N, K, S');
  });

  testWithShared('has the pixels of the stored default dataset', ['golden/generated-default.npz'], async () => {
    const golden = await fieldsFromNpzFile(sharedFile('golden/generated-default.npz'));
    const fields = generated();
    // Everything that the generator's sizes fix; the rest is random there and here.
    const exact = [
      'grid_size',
      'native_index_for_slim_index',
      'shape_native',
      'sub_fraction',
      'shape_masked_pixels_2d',
      'slim_index_for_sub_slim_index',
      'total_mask_pixels',
      'pixels',
      'pix_pixels',
      'pix_size_for_sub_slim_index',
      'centre',
      'pixel_scales',
      'coefficient',
    ];
    for (const name of exact) expect(fields[name], name).toEqual(golden[name]);
    for (const name of ['grid_radians_slim', 'grid_radians_2d', 'radius', 'pixel_scale']) {
      reals(fields, name).forEach((value, i) => {
        expect(Math.abs(value - reals(golden, name)[i])).toBeLessThanOrEqual(1e-15 * Math.abs(value));
      });
    }
    const here = Object.keys(fields);
    expect(Object.keys(golden).filter((name) => !here.includes(name))).toEqual([]);
    expect(indexes(golden, 'neighbors').length).toBe(indexes(fields, 'neighbors').length);
  });
});
