import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dataFiles, openSite, type Site } from '../src/commands/explore/site.js';

let folder: string;
let site: Site;
const at = (...names: readonly string[]) => join(folder, ...names);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wtilde-explore-'));
  await mkdir(at('page'));
  await mkdir(at('data'));
  await mkdir(at('empty'));
  await writeFile(at('page', 'index.html'), '<!doctype html><title>page</title>');
  for (const name of ['data.fits', 'noise_map.fits', 'uv_wavelengths.fits.gz', 'notes.txt']) {
    await writeFile(at('data', name), `bytes of ${name}`);
  }
  await writeFile(at('secret'), 'not to be seen');
  const data = await dataFiles(at('data'));
  site = await openSite({ page: at('page'), data, host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  await site.close();
  await rm(folder, { recursive: true });
});

describe('the site', () => {
  test('is on loopback, and its page may have threads', async () => {
    expect(site.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    const answer = await fetch(site.url);
    expect(await answer.text()).toContain('<title>page</title>');
    expect(answer.headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(answer.headers.get('cross-origin-embedder-policy')).toBe('require-corp');
  });

  test('names the files of the data, and gives them', async () => {
    const answer: unknown = await (await fetch(`${site.url}data/index.json`)).json();
    const { files } = Object(answer);
    expect(files).toEqual([
      { name: 'data.fits', url: 'data/0' },
      { name: 'noise_map.fits', url: 'data/1' },
      { name: 'uv_wavelengths.fits.gz', url: 'data/2' },
    ]);
    expect(await (await fetch(`${site.url}${files[1].url}`)).text()).toBe('bytes of noise_map.fits');
  });

  test.each(['data/3', 'data/-1', 'data/../secret', '../secret', '%2e%2e/secret', 'data/%2e%2e%2fsecret'])(
    'has nothing at %s',
    async (path) => {
      const answer = await fetch(`${site.url}${path}`);
      expect(answer.status).toBe(404);
      expect(await answer.text()).not.toContain('not to be seen');
    },
  );

  test('answers to its own name only, whatever a name server says', async () => {
    const { port } = new URL(site.url);
    const status = await new Promise((resolve, reject) => {
      const asked = request({
        host: '127.0.0.1',
        port,
        path: '/data/0',
        headers: { host: `elsewhere.example:${port}` },
      });
      asked.on('response', (response) => resolve(response.resume().statusCode)).on('error', reject);
      asked.end();
    });
    expect(status).toBe(403);
  });

  test('a port that is taken is an error that says so', async () => {
    const port = Number(new URL(site.url).port);
    await expect(openSite({ page: at('page'), data: [], host: '127.0.0.1', port })).rejects.toMatchObject({
      code: 'InvalidOption',
      where: expect.stringContaining(String(port)),
    });
  });
});

describe('data', () => {
  test('one file is itself, none is none', async () => {
    expect(await dataFiles(at('data', 'data.fits'))).toEqual([at('data', 'data.fits')]);
    expect(await dataFiles(undefined)).toEqual([]);
    expect(await readFile(at('data', 'data.fits'), 'utf8')).toBe('bytes of data.fits');
  });

  test.each([
    ['nowhere', 'FileUnreadable'],
    ['empty', 'FileFormat'],
  ])('%s is refused', async (name, code) => {
    await expect(dataFiles(at(name))).rejects.toMatchObject({ code });
  });
});
