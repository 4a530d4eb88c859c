/** Antennas and times of visibilities, from a UVFITS file into the files of a folder and back. */
import { copyFile, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ImportOptions, importUvfits, openUvfits, sourceOfBytes, type Visibilities } from '../../src/index.js';
import { openVisibilityFiles, readFitsFile, writeFitsFile, writeVisibilityStream } from '../../src/node.js';
import { rejectionOf } from '../errors.js';
import { observed } from '../uvfits/observed.js';

let folder: string;
const at = (name: string) => join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wtilde-'));
});
afterAll(async () => await rm(folder, { recursive: true }));

async function imported(options: ImportOptions) {
  const file = await openUvfits(sourceOfBytes(observed({ antennas: 4, integrations: 6, channels: 2 })));
  return (await importUvfits(file, options)).chunks();
}

async function all(chunks: AsyncIterable<Visibilities>) {
  const [antennas, times]: [number[], number[]] = [[], []];
  for await (const chunk of chunks) {
    antennas.push(...(chunk.antennas?.data ?? []));
    times.push(...(chunk.times?.data ?? []));
  }
  return { antennas, times };
}

test('every visibility tells its own, a channel those of its integration', async () => {
  const { antennas, times } = await all(await imported({ antennas: true }));
  // Six baselines of two channels.
  expect(antennas.slice(0, 12)).toEqual([1, 2, 1, 2, 1, 3, 1, 3, 1, 4, 1, 4]);
  expect(times).toHaveLength(72);
  for (const [k, time] of times.entries()) expect(time - times[0]).toBeCloseTo(10 * Math.floor(k / 12), 2);
  expect((await all(await imported({}))).antennas).toEqual([]);
});

test('a mean has the time of its first integration', async () => {
  const { antennas, times } = await all(await imported({ antennas: true, averageTime: 30 }));
  expect(antennas).toHaveLength(48);
  expect(times.map((time) => Math.round(time - Math.min(...times)))).toEqual([
    ...new Array<number>(12).fill(0),
    ...new Array<number>(12).fill(30),
  ]);
});

test('files keep them; they are read where they are asked for', async () => {
  const expected = await all(await imported({ antennas: true }));
  const written = await writeVisibilityStream(at('told'), await imported({ antennas: true }), () => ({}), {
    makeFolder: true,
    antennas: true,
  });
  expect(Object.keys(written.sha256)).toContain('antennas.fits');
  const opened = await openVisibilityFiles(at('told'), { antennas: true, chunkSize: 50 });
  expect(await all(opened.chunks())).toEqual(expected);
  expect((await all((await openVisibilityFiles(at('told'))).chunks())).antennas).toEqual([]);
  await writeVisibilityStream(at('silent'), await imported({}), () => ({}), { makeFolder: true });
  expect((await readdir(at('silent'))).sort()).toEqual([
    'data.fits',
    'manifest.json',
    'noise_map.fits',
    'uv_wavelengths.fits',
  ]);
  const { message } = await rejectionOf(openVisibilityFiles(at('silent'), { antennas: true }), 'MissingArgument');
  expect(message).toContain('wtilde import keeps antennas');
});

test('antennas of other visibilities are refused', async () => {
  await writeVisibilityStream(at('one'), await imported({ antennas: true }), () => ({}), {
    makeFolder: true,
    antennas: true,
  });
  await writeVisibilityStream(at('two'), await imported({ antennas: true, channels: [0, 1] }), () => ({}), {
    makeFolder: true,
    antennas: true,
  });
  await copyFile(at('two/antennas.fits'), at('one/antennas.fits'));
  await rejectionOf(openVisibilityFiles(at('one'), { antennas: true }), 'InvalidValue');
  const image = await readFitsFile(at('two/antennas.fits'));
  expect(image.shape).toEqual([36, 3]);
  await writeFitsFile(at('one/antennas.fits'), image);
  await rejectionOf(openVisibilityFiles(at('one'), { antennas: true }), 'ShapeMismatch');
});
