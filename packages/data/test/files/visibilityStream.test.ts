import { mkdir, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { complex, real } from '@wtilde/core-types';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { smaLike, visibilitiesOf } from '../../src/index.js';
import {
  openVisibilityFiles,
  readVisibilityFiles,
  type Visibilities,
  writeFits,
  writeFitsFile,
  writeNpzFile,
  writeVisibilityFiles,
} from '../../src/node.js';

let folder: string;
let paths: { readonly data: string; readonly noiseMap: string; readonly uvWavelengths: string };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wtilde-'));
  const at = (name: string) => join(folder, `${name}.fits`);
  paths = { data: at('data'), noiseMap: at('noise'), uvWavelengths: at('uv') };
  await writeVisibilityFiles(paths, visibilitiesOf(smaLike({ K: 1000 })));
});
afterAll(async () => await rm(folder, { recursive: true }));

async function all(chunks: AsyncIterable<Visibilities>): Promise<Visibilities[]> {
  const found: Visibilities[] = [];
  for await (const chunk of chunks) found.push(chunk);
  return found;
}

function joined(chunks: readonly Visibilities[]): Visibilities {
  const values = (name: 'data' | 'noiseMap' | 'uvWavelengths') => chunks.flatMap((chunk) => [...chunk[name].data]);
  const uv = values('uvWavelengths');
  return {
    data: complex(values('data')),
    noiseMap: complex(values('noiseMap')),
    uvWavelengths: real(uv, [uv.length / 2, 2]),
  };
}

test.each([1, 7, 250, 1000, 5000])('chunks of %s are the files, again and again', async (chunkSize) => {
  const { count, chunks } = await openVisibilityFiles(paths, { chunkSize });
  expect(count).toBe(1000);
  const whole = await readVisibilityFiles(paths);
  for (const _ of ['once', 'again']) {
    const found = await all(chunks());
    expect(found).toHaveLength(Math.ceil(1000 / chunkSize));
    expect(joined(found)).toEqual(whole);
  }
});

test('scaled integers become the same numbers', async () => {
  const header = [
    'SIMPLE  = T',
    'BITPIX  = 16',
    'NAXIS   = 2',
    'NAXIS1  = 2',
    'NAXIS2  = 3',
    'BSCALE  = 0.5',
    'BZERO   = 3',
    'END',
  ];
  const text = header
    .map((card) => card.replace('= ', '= '.padEnd(2)).padEnd(80))
    .join('')
    .padEnd(2880);
  const values = Buffer.alloc(2880);
  for (const [at, value] of [1, 2, 3, -4, 5, 6].entries()) values.writeInt16BE(value, 2 * at);
  const file = join(folder, 'integers.fits');
  await writeFile(file, Buffer.concat([Buffer.from(text, 'latin1'), values]));
  const { chunks } = await openVisibilityFiles({ data: file, noiseMap: file, uvWavelengths: file }, { chunkSize: 2 });
  expect([...joined(await all(chunks())).data.data]).toEqual([3.5, 4, 4.5, 1, 5.5, 6]);
});

test('files packed with gzip, one of them found by that name', async () => {
  const packed = join(folder, 'packed');
  await mkdir(packed);
  await writeFile(join(packed, 'data.fits.gz'), gzipSync(await readFile(paths.data)));
  await writeFile(join(packed, 'noise_map.fits'), gzipSync(await readFile(paths.noiseMap)));
  await writeFile(join(packed, 'uv_wavelengths.fits'), await readFile(paths.uvWavelengths));
  const whole = await readVisibilityFiles(paths);
  expect(await readVisibilityFiles(packed)).toEqual(whole);
  const { chunks } = await openVisibilityFiles(packed, { chunkSize: 300 });
  expect(joined(await all(chunks()))).toEqual(whole);
  const damaged = gzipSync(await readFile(paths.data));
  damaged[damaged.length - 6] ^= 1;
  await writeFile(join(packed, 'data.fits.gz'), damaged);
  for (const open of [readVisibilityFiles, openVisibilityFiles]) {
    await expect(open(packed)).rejects.toMatchObject({ code: 'FileFormat', remedy: expect.stringContaining('gunzip') });
  }
});

test('a header of more than a MiB', async () => {
  const text = Buffer.from(await readFile(paths.data));
  const end = text.indexOf('END     ');
  const history = Buffer.from('HISTORY of a file that has seen many tools'.padEnd(80).repeat(36 * 400));
  const file = join(folder, 'long.fits');
  await writeFile(file, Buffer.concat([text.subarray(0, end), history, text.subarray(end)]));
  const { chunks } = await openVisibilityFiles({ ...paths, data: file });
  expect(joined(await all(chunks()))).toEqual(await readVisibilityFiles(paths));
});

test.each([[0], [-1], [2.5], [Number.NaN], [Infinity], ['7'], [null]])('chunks of %s are refused', async (size) => {
  const options = JSON.parse(JSON.stringify({ chunkSize: null }));
  options.chunkSize = size;
  await expect(openVisibilityFiles(paths, options)).rejects.toMatchObject({ code: 'InvalidOption' });
  await expect(openVisibilityFiles(paths, JSON.parse('null'))).rejects.toMatchObject({ code: 'InvalidOption' });
});

describe('nothing to see', () => {
  test('no visibilities', async () => {
    const file = join(folder, 'none.fits');
    await writeFile(file, writeFits(real([], [0, 2])));
    const opening = openVisibilityFiles({ data: file, noiseMap: file, uvWavelengths: file });
    await expect(opening).rejects.toMatchObject({ code: 'InvalidValue', actual: 'no visibilities' });
  });

  test('all flagged: after the last chunk', async () => {
    const file = join(folder, 'infinite.fits');
    await writeFile(file, writeFits(real(new Float64Array(2000).fill(Infinity), [1000, 2])));
    const { chunks } = await openVisibilityFiles({ ...paths, noiseMap: file }, { chunkSize: 600 });
    await expect(all(chunks())).rejects.toMatchObject({
      code: 'InvalidValue',
      actual: expect.stringContaining('all flagged'),
    });
  });
});

test('files of two datasets', async () => {
  const file = join(folder, 'other.fits');
  await writeVisibilityFiles({ ...paths, data: file }, visibilitiesOf(smaLike({ K: 1000 })));
  const other = visibilitiesOf(smaLike({ K: 1000, seed: 5 }));
  await writeVisibilityFiles({ data: file, noiseMap: join(folder, 'x'), uvWavelengths: join(folder, 'y') }, other);
  for (const open of [readVisibilityFiles, openVisibilityFiles]) {
    await expect(open({ ...paths, data: file })).rejects.toMatchObject({
      what: expect.stringContaining('not of one dataset'),
    });
  }
});

test('a file where a folder is meant says what it is', async () => {
  await writeNpzFile(join(folder, 'a.npz'), {});
  for (const open of [readVisibilityFiles, openVisibilityFiles]) {
    await expect(open(paths.data)).rejects.toMatchObject({ code: 'FileFormat', actual: 'a FITS file' });
    await expect(open(join(folder, 'a.npz'))).rejects.toMatchObject({ actual: expect.stringContaining('.npz') });
  }
});

test('a signal stops between chunks', async () => {
  const controller = new AbortController();
  const { chunks } = await openVisibilityFiles(paths, { chunkSize: 100, signal: controller.signal });
  const seen: Visibilities[] = [];
  const reading = (async () => {
    for await (const chunk of chunks()) {
      seen.push(chunk);
      controller.abort();
    }
  })();
  await expect(reading).rejects.toMatchObject({ code: 'Aborted' });
  expect(seen).toHaveLength(1);
});

describe('files that cannot be used', () => {
  test('one that is not there', async () => {
    const opening = openVisibilityFiles({ ...paths, noiseMap: join(folder, 'nothing.fits') });
    await expect(opening).rejects.toMatchObject({
      code: 'FileUnreadable',
      where: expect.stringContaining('nothing.fits'),
    });
  });

  test('one with fewer bytes than its header says', async () => {
    const file = join(folder, 'short.fits');
    await writeFile(file, writeFits(real(new Float64Array(2000), [1000, 2])));
    await truncate(file, 2880 + 15000);
    await expect(openVisibilityFiles({ ...paths, data: file })).rejects.toMatchObject({
      code: 'FileFormat',
      actual: '15000 bytes',
    });
  });

  test.each([
    ['no pairs', [1000, 3]],
    ['another number of visibilities', [999, 2]],
  ])('%s', async (_name, shape) => {
    const file = join(folder, 'shape.fits');
    await writeFitsFile(file, real(new Float64Array(shape[0] * shape[1]), shape));
    await expect(openVisibilityFiles({ ...paths, uvWavelengths: file })).rejects.toMatchObject({
      code: 'ShapeMismatch',
    });
  });
});
