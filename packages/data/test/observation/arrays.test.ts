import { complex, real } from '@wtilde/core-types';
import { describe, expect, test } from 'vitest';
import { type ArraysOptions, type Fields, visibilitiesFrom } from '../../src/index.js';
import { errorOf } from '../errors.js';

const re = [1, 2, 3];
const im = [-1, -2, -3];
const pairs = [1, -1, 2, -2, 3, -3];
const uvPairs = [10, 40, 20, 50, 30, 60];
const wanted = { data: pairs, noise: [2, 2, 2, 2, 2, 2], uv: uvPairs };
const uv = { uv_wavelengths: real(uvPairs, [3, 2]) };
const noise_map = real([2, 2, 2, 2, 2, 2], [3, 2]);
const weight = real([0.25, 0.25, 0.25]);
const uuvv = { uu: real([10, 20, 30]), vv: real([40, 50, 60]) };

function numbers(fields: Fields, options: ArraysOptions = {}) {
  const { data, noiseMap, uvWavelengths } = visibilitiesFrom(fields, options);
  return { data: [...data.data], noise: [...noiseMap.data], uv: [...uvWavelengths.data] };
}

test.each<[string, Fields]>([
  ['PyAutoLens', { ...uv, data: complex(pairs), noise_map: complex([2, 2, 2, 2, 2, 2]) }],
  ['pairs', { ...uv, data: real(pairs, [3, 2]), noise_map }],
  ['(2, K)', { uv_wavelengths: real([10, 20, 30, 40, 50, 60], [2, 3]), data: real([...re, ...im], [2, 3]), noise_map }],
  ['axes of extent 1', { ...uv, data: real(pairs, [1, 1, 3, 2]), noise_map: real([2, 2, 2, 2, 2, 2], [1, 3, 1, 2]) }],
  ['older names', { ...uv, visibilities: complex(pairs), noise: real([2, 2, 2]) }],
  ['MPoL', { ...uuvv, data: complex(pairs, [1, 3]), weight: real([0.25, 0.25, 0.25], [1, 3]) }],
  ['parts', { ...uuvv, data_re: real(re), data_im: real(im), weight }],
  ['a script', { u: uuvv.uu, v: uuvv.vv, Vis: complex(pairs), Wgt: weight }],
])('%s', (_, fields) => {
  expect(numbers(fields)).toEqual(wanted);
});

describe('baselines', () => {
  const fields = { ...uuvv, Vis: complex(pairs), Wgt: weight };
  test('kilowavelengths', () => {
    expect(numbers(fields, { uvUnit: 'kilowavelengths' }).uv).toEqual(uvPairs.map((each) => 1000 * each));
  });
  test('metres, of every channel', () => {
    const frequencies = real([299792458, 2 * 299792458]);
    const cube = { ...uuvv, data: complex([...pairs, ...pairs], [2, 3]), weight, frequencies };
    expect(numbers(cube).uv).toEqual([...uvPairs, ...uvPairs.map((each) => 2 * each)]);
    expect(numbers(cube, { channels: [1, 2] })).toEqual({ ...wanted, uv: uvPairs.map((each) => 2 * each) });
    errorOf(() => numbers(cube, { channels: [1, 3] }), 'InvalidOption');
    errorOf(() => numbers({ ...cube, frequencies: real([1, 2, 3]) }), 'ShapeMismatch');
  });
  test('metres without frequencies', () => {
    expect(errorOf(() => numbers(fields, { uvUnit: 'metres' }), 'MissingArgument').message).toContain('frequencies');
  });
});

test('weights that are not above 0 flag', () => {
  const flagged = { ...uuvv, Vis: complex(pairs), Wgt: real([0, -1, Number.NaN]) };
  expect(numbers(flagged).noise).toEqual(new Array(6).fill(Number.POSITIVE_INFINITY));
});

test.each<[Fields, string]>([
  [{ data: complex(pairs), noise_map }, 'baselines'],
  [{ ...uv, data: complex(pairs) }, 'noise'],
  [{ ...uv, noise_map }, 'visibilities'],
])('what is missing: %#', (fields, what) => {
  expect(errorOf(() => numbers(fields), 'MissingArgument').message).toContain(`there are no ${what}`);
});

test.each<Fields>([
  { ...uv, data: complex([1, 2]), noise_map },
  { ...uv, data: complex(pairs), noise_map: real([2, 2], [1, 2]) },
  { ...uv, data: real([1, 2, 3]), noise_map },
  { uu: real([1, 2]), vv: real([1]), data: complex(pairs), weight },
])('what does not belong together: %#', (fields) => {
  errorOf(() => numbers(fields), 'ShapeMismatch');
});
