import { mkdir, mkdtemp, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { real } from '@wtilde/core-types';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { visibilitiesOf } from '../../src/index.js';
import {
  fieldsFromNpzFile,
  generated,
  readFitsFile,
  readNpyFile,
  readNpzFile,
  readVisibilityFiles,
  writeFitsFile,
  writeNpyFile,
  writeNpzFile,
  writeVisibilityFiles,
} from '../../src/node.js';
import { rejectionOf } from '../errors.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wtilde-data-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

const fields = generated({ N: 4, K: 5, S: 6, P: 3 });
const array = real([1, 2, 3, 4, 5, 6], [3, 2]);

describe('files', () => {
  test('FITS, by path and by URL', async () => {
    const path = join(folder, 'a.fits');
    await writeFitsFile(path, array, { cards: { OBJECT: 'x' } });
    expect(await readFitsFile(path)).toEqual(array);
    expect(await readFitsFile(pathToFileURL(path))).toEqual(array);
  });

  test('the FITS triple', async () => {
    const paths = {
      data: join(folder, 'data.fits'),
      noiseMap: join(folder, 'noise_map.fits'),
      uvWavelengths: join(folder, 'uv_wavelengths.fits'),
    };
    await writeVisibilityFiles(paths, visibilitiesOf(fields));
    expect(await readVisibilityFiles(paths)).toEqual(visibilitiesOf(fields));
    await writeFitsFile(paths.data, real([1, 2, 3], [3, 1]));
    const error = await rejectionOf(readVisibilityFiles(paths), 'ShapeMismatch');
    expect(error.where).toBe(paths.data);
  });

  test('visibilities of a folder, by path or URL', async () => {
    await writeVisibilityFiles(folder, visibilitiesOf(fields));
    expect(await readVisibilityFiles(folder)).toEqual(visibilitiesOf(fields));
    expect(await readVisibilityFiles(pathToFileURL(folder))).toEqual(visibilitiesOf(fields));
    const error = await rejectionOf(readVisibilityFiles(join(folder, 'nowhere')), 'FileUnreadable');
    expect(error.where).toBe(join(folder, 'nowhere', 'data.fits'));
  });

  test('NPZ and NPY', async () => {
    const npz = join(folder, 'a.npz');
    await writeNpzFile(npz, { ...fields, 'out.result': array });
    expect(await fieldsFromNpzFile(npz)).toEqual(fields);
    expect(await readNpzFile(npz)).toEqual({ ...fields, 'out.result': array });
    const npy = join(folder, 'a.npy');
    await writeNpyFile(npy, array);
    expect(await readNpyFile(npy)).toEqual(array);
  });

  test('an existing file is replaced, and nothing is left beside it', async () => {
    const path = join(folder, 'again.npy');
    await writeNpyFile(path, real(new Float64Array(100)));
    await writeNpyFile(path, array);
    expect(await readNpyFile(path)).toEqual(array);
    expect((await readdir(folder)).filter((name) => name.endsWith('.partial'))).toEqual([]);
  });

  test('that are not there, are folders, or cannot be written', async () => {
    const missing = join(folder, 'missing.npz');
    const error = await rejectionOf(readNpzFile(missing), 'FileUnreadable');
    expect(error.where).toBe(missing);
    expect(error.actual).toContain('ENOENT');
    await rejectionOf(readFitsFile(folder), 'FileUnreadable');
    await rejectionOf(writeNpyFile(join(folder, 'no', 'such', 'a.npy'), array), 'FileUnwritable');
    await mkdir(join(folder, 'taken'));
    await rejectionOf(writeNpyFile(join(folder, 'taken'), array), 'FileUnwritable');
    expect((await readdir(folder)).filter((name) => name.endsWith('.partial'))).toEqual([]);
  });

  test('that are something else, by name', async () => {
    const path = join(folder, 'text.npz');
    await writeFile(path, 'not an archive');
    expect((await rejectionOf(fieldsFromNpzFile(path), 'FileFormat')).where).toBe(path);
    expect((await rejectionOf(readFitsFile(path), 'FileFormat')).where).toBe(path);
  });

  test('too large to be read at all', async () => {
    const path = join(folder, 'sparse.fits');
    await writeFile(path, '');
    // No blocks are allocated for it on disk, and none in memory.
    await truncate(path, 5 * 2 ** 30);
    await rejectionOf(readFitsFile(path), 'FileTooLarge');
    await rejectionOf(readNpzFile(path), 'FileTooLarge');
    await rm(path);
  });
});
