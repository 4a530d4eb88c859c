import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { smaLike, visibilitiesOf } from '../../src/index.js';
import {
  openVisibilityFiles,
  readVisibilityFiles,
  writeVisibilityFiles,
  writeVisibilityStream,
} from '../../src/node.js';
import { rejectionOf } from '../errors.js';

let folder: string;
const at = (...names: readonly string[]) => join(folder, ...names);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wtilde-'));
  await writeVisibilityFiles(at('whole'), visibilitiesOf(smaLike({ K: 1000 })), { makeFolder: true });
});
afterAll(async () => await rm(folder, { recursive: true }));

test('in chunks the same bytes as at once, and a manifest with their hashes', async () => {
  const { chunks } = await openVisibilityFiles(at('whole'), { chunkSize: 77 });
  const written = await writeVisibilityStream(at('chunks'), chunks(), (facts) => ({ facts }), { makeFolder: true });
  expect(written.visibilities).toBe(1000);
  for (const name of ['data.fits', 'noise_map.fits', 'uv_wavelengths.fits']) {
    const bytes = await readFile(at('chunks', name));
    expect(bytes.equals(await readFile(at('whole', name)))).toBe(true);
    expect(written.sha256[name]).toBe(createHash('sha256').update(bytes).digest('hex'));
  }
  expect(JSON.parse(await readFile(at('chunks', 'manifest.json'), 'utf8'))).toEqual({ facts: written });
  expect(await readVisibilityFiles(at('chunks'))).toEqual(await readVisibilityFiles(at('whole')));
});

test('nothing is replaced where the chunks fail, nothing is left, and nothing is written of nothing', async () => {
  const before = await readFile(at('whole', 'data.fits'));
  async function* failing() {
    for await (const chunk of (await openVisibilityFiles(at('whole'), { chunkSize: 10 })).chunks()) {
      yield chunk;
      throw new Error('stop');
    }
  }
  await expect(writeVisibilityStream(at('whole'), failing(), () => ({}))).rejects.toThrow('stop');
  async function* none() {}
  await rejectionOf(
    writeVisibilityStream(at('whole'), none(), () => ({})),
    'InvalidValue',
  );
  expect((await readFile(at('whole', 'data.fits'))).equals(before)).toBe(true);
  expect((await readdir(at('whole'))).sort()).toEqual(['data.fits', 'noise_map.fits', 'uv_wavelengths.fits']);
  const { chunks } = await openVisibilityFiles(at('whole'));
  await rejectionOf(
    writeVisibilityStream(at('whole'), chunks(), () => ({}), { overwrite: false }),
    'FileUnwritable',
  );
});
