import { complex, real } from '@wtilde/core-types';
import { describe, expect, test } from 'vitest';
import {
  readVisibilities,
  type Visibilities,
  visibilitiesOf,
  visibilityFields,
  writeFits,
  writeVisibilities,
} from '../../src/index.js';
import { readVisibilityFiles } from '../../src/node.js';
import { errorOf } from '../errors.js';
import { sharedFile, testWithShared } from '../shared.js';

const visibilities: Visibilities = {
  data: complex([1, 2, 3, 4, 5, 6]),
  noiseMap: complex([0.5, 0.5, 0.25, 0.75, 1, 2]),
  uvWavelengths: real([10, -20, 30, -40, 50, -60], [3, 2]),
};

describe('the FITS triple', () => {
  test('is read as it was written', () => {
    expect(readVisibilities(writeVisibilities(visibilities))).toEqual(visibilities);
  });

  test('has real and imaginary part, and u and v, in its two columns', () => {
    const pairs = (values: readonly number[]): Uint8Array => writeFits(real(values, [2, 2]));
    const read = readVisibilities({
      data: pairs([1, 2, 3, 4]),
      noiseMap: pairs([5, 6, 7, 8]),
      uvWavelengths: pairs([9, 10, 11, 12]),
    });
    expect(read.data).toEqual(complex([1, 2, 3, 4], [2]));
    expect(read.noiseMap).toEqual(complex([5, 6, 7, 8], [2]));
    expect(read.uvWavelengths).toEqual(real([9, 10, 11, 12], [2, 2]));
  });

  test('becomes fields by upstream name, and comes back', () => {
    const fields = visibilityFields(visibilities);
    expect(fields.visibilities_real).toEqual(real([1, 3, 5]));
    expect(fields.noise_map_real).toEqual(real([0.5, 0.25, 1]));
    expect(visibilitiesOf(fields)).toEqual(visibilities);
    const { noise_map: _, ...without } = fields;
    expect(errorOf(() => visibilitiesOf(without), 'MissingArgument').actual).toContain('data');
    errorOf(() => visibilitiesOf({ ...fields, data: real([1]) }), 'DTypeMismatch');
  });

  test('files that do not belong together', () => {
    const files = writeVisibilities(visibilities);
    const shorter = writeFits(real([1, 2, 3, 4], [2, 2]));
    const error = errorOf(() => readVisibilities({ ...files, noiseMap: shorter }), 'ShapeMismatch');
    expect(error.actual).toBe('3, 2, 3');
  });

  test('images that are not (K, 2)', () => {
    const files = writeVisibilities(visibilities);
    for (const shape of [[2, 3], [6], [3, 2, 1], [1, 6]]) {
      const data = writeFits(real([1, 2, 3, 4, 5, 6], shape));
      const error = errorOf(() => readVisibilities({ ...files, data }, { where: { data: 'v.fits' } }), 'ShapeMismatch');
      expect(error.where).toBe('v.fits');
      expect(error.actual).toBe(`[${shape.join(', ')}]`);
    }
  });

  test('axes of extent 1 are left out', () => {
    const files = writeVisibilities(visibilities);
    const data = writeFits(real(visibilities.data.data, [1, 1, 3, 2]));
    const uvWavelengths = writeFits(real(visibilities.uvWavelengths.data, [3, 1, 2]));
    expect(readVisibilities({ ...files, data, uvWavelengths })).toEqual(visibilities);
  });

  test.each([
    [[2, 3, 2], /cube/],
    [[2, 6], /transpose/],
  ])('an image %j is told apart', (shape, remedy) => {
    const size = shape.reduce((a, b) => a * b);
    const data = writeFits(real(new Float64Array(size), shape));
    expect(
      errorOf(() => readVisibilities({ data, noiseMap: data, uvWavelengths: data }), 'ShapeMismatch').remedy,
    ).toMatch(remedy);
  });

  test('infinite noise flags a visibility, whatever its values are', () => {
    const flagged = {
      ...visibilities,
      data: complex([1, 2, Number.NaN, 4, 5, 6]),
      noiseMap: complex([0.5, 0.5, Infinity, 0, 1, 2]),
    };
    expect(readVisibilities(writeVisibilities(flagged))).toEqual(flagged);
  });

  test('nothing to see', () => {
    const none = { data: complex([]), noiseMap: complex([]), uvWavelengths: real([], [0, 2]) };
    expect(errorOf(() => readVisibilities(writeVisibilities(none)), 'InvalidValue').actual).toBe('no visibilities');
    const flagged = { ...visibilities, noiseMap: complex(new Float64Array(6).fill(Infinity)) };
    expect(errorOf(() => readVisibilities(writeVisibilities(flagged)), 'InvalidValue').actual).toContain(
      '3 visibilities, all flagged',
    );
  });

  test('files of two datasets of one size', () => {
    const files = writeVisibilities(visibilities);
    const other = writeVisibilities({ ...visibilities, data: complex([1, 2, 3, 4, 5, 7]) });
    expect(other.noiseMap).not.toEqual(files.noiseMap);
    expect(writeVisibilities(visibilities)).toEqual(files);
    const error = errorOf(() => readVisibilities({ ...files, data: other.data }), 'InvalidValue');
    expect(error.message).toMatch(/not of one dataset.*delete the DATASET cards/);
    const plain = writeFits(real(visibilities.data.data, [3, 2]));
    expect(readVisibilities({ ...files, data: plain })).toEqual(visibilities);
  });

  test('values that no kernel could use', () => {
    const files = writeVisibilities(visibilities);
    const bad = (values: readonly number[]): Uint8Array => writeFits(real(values, [3, 2]));
    const nan = bad([1, 2, 3, Number.NaN, 5, 6]);
    const error = errorOf(() => readVisibilities({ ...files, data: nan }), 'InvalidValue');
    expect(error.where).toBe('data, row 1, column 1 (from 0)');
    const infinite = bad([1, 2, Infinity, 4, 5, 6]);
    errorOf(() => readVisibilities({ ...files, uvWavelengths: infinite }), 'InvalidValue');
    const zero = bad([1, 2, 3, 4, 0, 6]);
    errorOf(() => readVisibilities({ ...files, noiseMap: zero }), 'InvalidValue');
    expect(readVisibilities({ ...files, data: zero }).data.data[4]).toBe(0);
  });

  test('the size limit holds for each file', () => {
    const files = writeVisibilities(visibilities);
    errorOf(() => readVisibilities(files, { maxBytes: 47 }), 'FileTooLarge');
    expect(readVisibilities(files, { maxBytes: 48 })).toEqual(visibilities);
  });
});

describe('datasets of the field', () => {
  const sets: readonly [string, number, number, number][] = [
    ['sma', 190, 133706.5222, 4198.3226],
    ['alma-high-res', 5000, 10322.488, 110482.174],
  ];
  for (const [name, K, chiSquared, normalization] of sets) {
    const path = (file: string): string => `data/${name}/${file}.fits`;
    const files = ['data', 'noise_map', 'uv_wavelengths'].map(path);
    testWithShared(`${name}: K, sum of abs(v)^2 / noise^2, noise normalization`, files, async () => {
      const read = await readVisibilityFiles({
        data: sharedFile(files[0]),
        noiseMap: sharedFile(files[1]),
        uvWavelengths: sharedFile(files[2]),
      });
      expect(read.data.shape).toEqual([K]);
      expect(read.uvWavelengths.shape).toEqual([K, 2]);
      const { data: noise } = read.noiseMap;
      const square = read.data.data.reduce((sum, value, i) => sum + (value / noise[i]) ** 2, 0);
      expect(square).toBeCloseTo(chiSquared, 3);
      const logs = noise.reduce((sum, value) => sum + Math.log(2 * Math.PI * value ** 2), 0);
      expect(logs).toBeCloseTo(normalization, 3);
    });
  }
});
