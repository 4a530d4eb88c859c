import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { real } from '@wtilde/core-types';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  importVisibilities,
  smaLike,
  type Visibilities,
  visibilitiesOf,
  writeFits,
  writeNpy,
} from '../../src/index.js';
import {
  type OpenOptions,
  openVisibilities,
  openVisibilityFiles,
  writeNpzFile,
  writeVisibilityFiles,
} from '../../src/node.js';
import { rejectionOf } from '../errors.js';
import { joined } from '../observation/joined.js';
import { observed } from '../uvfits/observed.js';

const whole = visibilitiesOf(smaLike({ K: 50 }));
let folder: string;
const at = (...names: readonly string[]) => join(folder, ...names);

async function made(name: string, files: Readonly<Record<string, Uint8Array>>): Promise<string> {
  await mkdir(at(name));
  for (const [file, bytes] of Object.entries(files)) await writeFile(at(name, file), bytes);
  return at(name);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wtilde-'));
});
afterAll(async () => await rm(folder, { recursive: true }));

async function numbers(path: string, options: OpenOptions = {}) {
  const opened = await openVisibilities(path, options);
  if (opened.format === 'uvfits') throw new Error('this was no UVFITS file');
  return await joined(importVisibilities(opened.visibilities, path).chunks());
}

const pairs = {
  data: real(whole.data.data, [50, 2]),
  noise_map: real(whole.noiseMap.data, [50, 2]),
  uv_wavelengths: whole.uvWavelengths,
};
const expected = {
  count: 50,
  data: [...whole.data.data],
  noise: [...whole.noiseMap.data],
  uv: [...whole.uvWavelengths.data],
};
const images = Object.fromEntries(Object.entries(pairs).map(([name, array]) => [name, writeFits(array)]));

/** (2, K). */
function across(array: Visibilities['uvWavelengths']) {
  const count = array.shape[0];
  return real(
    Float64Array.from(array.data, (_, i) => array.data[2 * (i % count) + Math.floor(i / count)]),
    [2, count],
  );
}

describe('the same visibilities', () => {
  test('three FITS images, and packed ones', async () => {
    await writeVisibilityFiles(at('fits'), whole, { makeFolder: true });
    expect(await numbers(at('fits'))).toEqual(expected);
    const packed = Object.entries(images).map(([name, bytes]) => [`${name}.fits.gz`, gzipSync(bytes)]);
    expect(await numbers(await made('packed', Object.fromEntries(packed)))).toEqual(expected);
  });

  test('NumPy arrays, under older names', async () => {
    const { data, noise_map, uv_wavelengths } = pairs;
    const files = {
      'visibilities.npy': writeNpy(data),
      'sigma.npy': writeNpy(noise_map),
      'uv_wavelengths.npy': writeNpy(uv_wavelengths),
    };
    expect(await numbers(await made('npy', files))).toEqual(expected);
  });

  test('(2, K), and files of any names', async () => {
    const files = Object.entries(pairs).map(([name, array]) => [`my-${name}.fits`, writeFits(across(array))]);
    const where = await made('across', Object.fromEntries(files));
    const options = {
      noiseMap: join(where, 'my-noise_map.fits'),
      uvWavelengths: join(where, 'my-uv_wavelengths.fits'),
    };
    expect(await numbers(join(where, 'my-data.fits'), options)).toEqual(expected);
    await rejectionOf(openVisibilities(join(where, 'my-data.fits')), 'FileFormat');
    await rejectionOf(openVisibilities(join(where, 'my-data.fits'), { noiseMap: options.noiseMap }), 'FileFormat');
  });

  test('a folder of something else: what of it can be imported', async () => {
    const where = await made('telescope', { 'lens.uvfits': new Uint8Array(10), 'notes.txt': new Uint8Array(1) });
    const remedy = expect.stringContaining(join(where, 'lens.uvfits'));
    expect(await rejectionOf(openVisibilities(where), 'FileFormat')).toMatchObject({ remedy });
    expect(await rejectionOf(openVisibilityFiles(where), 'FileFormat')).toMatchObject({ remedy });
  });

  test('three HDUs of one file', async () => {
    const extension = (bytes: Uint8Array) => {
      const text = Buffer.from(bytes).toString('latin1');
      return Buffer.from(text.replace('SIMPLE  =                    T', "XTENSION= 'IMAGE   '          "), 'latin1');
    };
    const { data, noise_map, uv_wavelengths } = images;
    await writeFile(at('hdus.fits'), Buffer.concat([data, extension(noise_map), extension(uv_wavelengths)]));
    const options = { noiseMap: at('hdus.fits[1]'), uvWavelengths: at('hdus.fits[2]') };
    expect(await numbers(at('hdus.fits[0]'), options)).toEqual(expected);
    const error = await rejectionOf(numbers(at('hdus.fits[3]'), options), 'FileFormat');
    expect(error.message).toContain('HDU 3');
  });

  test('an archive', async () => {
    await writeNpzFile(at('arrays.npz'), pairs);
    expect(await numbers(at('arrays.npz'))).toEqual(expected);
  });

  test('a cube, channel by channel', async () => {
    const twice = (array: Visibilities['uvWavelengths']) => real([...array.data, ...array.data], [2, 50, 2]);
    const files = Object.entries(pairs).map(([name, array]) => [`${name}.fits`, writeFits(twice(array))]);
    const where = await made('cube', Object.fromEntries(files));
    expect((await numbers(where)).count).toBe(100);
    expect(await numbers(where, { channels: [1, 2] })).toEqual(expected);
  });
});

test('UVFITS, packed too', async () => {
  await writeFile(at('plain.uvfits'), observed());
  await writeFile(at('packed.uvfits.gz'), gzipSync(observed()));
  for (const name of ['plain.uvfits', 'packed.uvfits.gz']) {
    expect(await openVisibilities(at(name))).toMatchObject({ format: 'uvfits', uvfits: { groups: 80 } });
  }
});

describe('what is none of these says what it is', () => {
  test.each([
    ['table.dat', /MeasurementSet.*exportuvfits\(vis=/],
    ['data.fits', /three files of a dataset are not there.*data\.fits/],
  ])('a folder with %s', async (file, message) => {
    const where = await made(`with-${file}`, { [file]: new Uint8Array() });
    expect((await rejectionOf(openVisibilities(where), 'FileFormat')).message).toMatch(message);
  });

  test('a folder of other things where three FITS images are needed', async () => {
    const arrays = await made('arrays', { 'data.npy': writeNpy(pairs.data) });
    expect((await rejectionOf(openVisibilityFiles(arrays), 'FileFormat')).message).toMatch(/data\.npy.*wtilde import/);
    const set = await made('set.ms', { 'table.dat': new Uint8Array() });
    expect((await rejectionOf(openVisibilityFiles(set), 'FileFormat')).message).toContain('exportuvfits');
  });

  test('HDF5, a text, one array', async () => {
    await writeFile(at('x.uvh5'), '\x89HDF\r\n\x1a\n', 'latin1');
    await writeFile(at('x.txt'), '1 2 3');
    await writeFile(at('x.npy'), writeNpy(pairs.data));
    expect((await rejectionOf(openVisibilities(at('x.uvh5')), 'FileFormat')).message).toContain('write_uvfits');
    expect((await rejectionOf(openVisibilities(at('x.txt')), 'FileFormat')).message).toContain('exportuvfits');
    expect((await rejectionOf(openVisibilities(at('x.npy')), 'FileFormat')).message).toContain('--noise-map');
    await rejectionOf(openVisibilities(at('absent')), 'FileUnreadable');
  });
});
