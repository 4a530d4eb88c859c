/** Which way is up: every convention with a source or a mask that is off the centre. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { real } from '@wtilde/core-types';
import { writeUvfits } from '@wtilde/data';
import { readNpzFile, writeFitsFile, writeVisibilityFiles } from '@wtilde/data/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectRefused, invoke } from './invoke.js';
import { jsonOf } from './json.js';
import { pointAt } from './observed.js';

let folder: string;
const at = (name: string) => join(folder, name);
/** Up and left: North and West. */
const place = [0.6, -0.4] as const;
const sky = ['--mask-radius', '1.5', '--pixel-scale', '0.2', '--shape', '21'];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wtilde-'));
  await writeFile(at('point.uvfits'), writeUvfits(pointAt(place), { frequency: 230e9 }));
  await writeVisibilityFiles(at('triple'), pointAt(place), { makeFolder: true });
});
afterAll(async () => await rm(folder, { recursive: true }));

let files = 0;
const arcsec = 648000 / Math.PI;

async function prepared(data: string, ...options: readonly string[]) {
  files += 1;
  const out = at(`prepared-${files}.npz`);
  const { code, err } = await invoke('prepare', '--data', data, ...options, '--out', out);
  expect({ code, err }).toMatchObject({ code: 0 });
  return await readNpzFile(out);
}

/** Where the dirty image is brightest, (y, x) in arcsec. */
async function brightest(data: string): Promise<readonly number[]> {
  const { dirty_image: image, grid_radians_slim: grid } = await prepared(data, ...sky);
  const best = image.data.indexOf(Math.max(...image.data));
  return [grid.data[2 * best], grid.data[2 * best + 1]].map((angle) => Number((angle * arcsec).toFixed(6)));
}

describe('signs of visibilities', () => {
  test('three files are taken as they are', async () => {
    expect(await brightest(at('triple'))).toEqual(place);
    await invoke('import', at('triple'), '--out', at('again'));
    expect(await brightest(at('again'))).toEqual(place);
    await invoke('import', at('triple'), '--out', at('opposite'), '--conjugate');
    expect(await brightest(at('opposite'))).toEqual([-0.6, 0.4]);
  });

  test('UVFITS is conjugated', async () => {
    await invoke('import', at('point.uvfits'), '--out', at('point'));
    expect(await brightest(at('point'))).toEqual(place);
    await invoke('import', at('point.uvfits'), '--out', at('turned'), '--no-conjugate');
    expect(await brightest(at('turned'))).toEqual([-0.6, 0.4]);
  });

  test('simulate sees what it is given where it is given', async () => {
    const light = [{ type: 'Gaussian', centre: place, intensity: 1, sigma: 0.1 }];
    await writeFile(at('sky.json'), JSON.stringify({ mass: [], light }));
    const how = ['--visibilities', '400', '--noise', '0.001'];
    const { err } = await invoke('simulate', '--lens', at('sky.json'), '--out', at('simulated'), ...sky, ...how);
    expect(err).toBe('');
    expect(await brightest(at('simulated'))).toEqual(place);
  });
});

describe('primary beams', () => {
  const light = [{ type: 'Gaussian', centre: [0, 0], intensity: 1, sigma: 0.8 }];
  const beamed = async (name: string, ...options: readonly string[]) => {
    await writeFile(at('wide.json'), JSON.stringify({ mass: [], light }));
    const how = ['--visibilities', '400', '--noise', '0.001', '--out', at(name)];
    const { err } = await invoke('simulate', '--lens', at('wide.json'), ...sky, ...how, ...options);
    expect(err).toBe('');
    return await brightest(at(name));
  };

  test('antennas that point up and left see more there, so does an image of them', async () => {
    expect(await beamed('straight')).toEqual([0, 0]);
    expect(await beamed('pointing', '--primary-beam', 'gaussian:1.6', '--pointing', '0.8,-0.8')).toEqual([0.4, -0.4]);
    const pixels = Float64Array.from({ length: 441 }, (_, pixel) => {
      // As a map of the sky: from the bottom left, East to the left.
      const [y, x] = [0.2 * (Math.floor(pixel / 21) - 10), -0.2 * ((pixel % 21) - 10)];
      return Math.exp((-4 * Math.LN2 * ((y - 0.8) ** 2 + (x + 0.8) ** 2)) / 1.6 ** 2);
    });
    const degrees = 0.2 / 3600;
    const cards = { CTYPE1: 'RA---SIN', CTYPE2: 'DEC--SIN', CDELT1: -degrees, CDELT2: degrees };
    await writeFitsFile(at('beam.fits'), real(pixels, [21, 21]), { cards });
    expect(await beamed('image', '--primary-beam', at('beam.fits'))).toEqual([0.4, -0.4]);
    const dish = ['--primary-beam', 'dish:12@345e9'];
    expect(await beamed('dish', ...dish)).toEqual([0, 0]);
  });

  test('evidence takes it, a prepared dataset remembers it', async () => {
    const lens = at('nothing.json');
    await writeFile(lens, JSON.stringify({ mass: [{ type: 'IsothermalSph', einsteinRadius: 0.5 }] }));
    const beam = ['--primary-beam', 'gaussian:2'];
    const how = ['--lens', lens, '--mesh', 'overlay:8x8', '--json'];
    const evidence = async (...options: readonly string[]) =>
      jsonOf((await invoke('evidence', ...how, ...options)).out).logEvidence;
    const direct = await evidence('--data', at('triple'), ...sky, ...beam);
    await invoke('prepare', '--data', at('triple'), ...sky, ...beam, '--out', at('beam.npz'));
    expect(await evidence('--data', at('beam.npz'))).toBe(direct);
    expect(await evidence('--data', at('triple'), ...sky)).not.toBe(direct);
  });

  test.each([
    [['--primary-beam', 'gaussian:0'], /gaussian/],
    [['--primary-beam', 'dish:12@x'], /frequency/],
    [['--primary-beam', 'nothing.fits'], /nothing\.fits/],
    [['--pointing', '1,1'], /--pointing/],
  ])('%j', async (options, message) => {
    const asked = ['prepare', '--data', at('triple'), '--out', at('never.npz'), ...sky, ...options];
    expectRefused(await invoke(...asked), message);
  });
});

describe('masks of files', () => {
  /** One pixel is open: the second row, the fourth column of ten in the file. */
  const image = real(
    Float64Array.from({ length: 100 }, (_, pixel) => (pixel === 13 ? 0 : 1)),
    [10, 10],
  );
  const degrees = 0.2 / 3600;
  const world = { CTYPE1: 'RA---SIN', CTYPE2: 'DEC--SIN', CRPIX1: 6, CRPIX2: 6, CDELT1: -degrees, CDELT2: degrees };
  const open = async (name: string, ...options: readonly string[]) => {
    const { grid_radians_slim: grid } = await prepared(at('triple'), '--mask', at(name), ...options);
    return [...grid.data].map((angle) => Number((angle * arcsec).toFixed(6)));
  };

  beforeAll(async () => {
    await writeFitsFile(at('plain.fits'), image);
    await writeFitsFile(at('world.fits'), image, { cards: world });
    await writeFitsFile(at('east.fits'), image, { cards: { ...world, CDELT1: degrees, CDELT2: -degrees } });
  });

  test.each([
    ['plain.fits', ['--pixel-scale', '0.2'], [0.7, -0.3]],
    ['plain.fits', ['--pixel-scale', '0.2', '--mask-origin', 'top'], [0.7, -0.3]],
    ['plain.fits', ['--pixel-scale', '0.2', '--mask-origin', 'bottom'], [-0.7, -0.3]],
    // As the sky is drawn: the first row is south, the first column east.
    ['world.fits', [], [-0.7, 0.3]],
    ['world.fits', ['--mask-origin', 'top'], [0.7, 0.3]],
    ['east.fits', [], [0.7, -0.3]],
  ])('%s %j', async (name, options, place) => {
    expect(await open(name, ...options)).toEqual(place);
  });

  test('info draws it', async () => {
    const { out } = await invoke('info', at('triple'), '--mask', at('world.fits'));
    expect(out).toContain('1 of 100 pixels');
    expect(out).toContain('(y, x) = -0.7", 0.3"');
    expect(out.trimEnd().split('\n').slice(-5)).toEqual([
      '..........',
      '..........',
      '..........',
      '..........',
      '......+...',
    ]);
    const { mask } = jsonOf((await invoke('info', at('triple'), '--mask', at('world.fits'), '--json')).out);
    expect(mask).toMatchObject({ pixels: 1, shape: [10, 10] });
  });

  test('what does not say where it lies', async () => {
    const refused = async (cards: Readonly<Record<string, string | number>>, message: RegExp, ...more: string[]) => {
      await writeFitsFile(at('wrong.fits'), image, { cards: { ...world, ...cards } });
      const asked = ['--data', at('triple'), '--out', at('never.npz'), '--mask', at('wrong.fits'), ...more];
      expectRefused(await invoke('prepare', ...asked), message);
    };
    await refused({ CRPIX1: 3 }, /reference pixel/);
    await refused({ CROTA2: 30 }, /turned/);
    await refused({ CDELT2: 2 * degrees }, /squares/);
    await refused({}, /another size/, '--pixel-scale', '0.3');
    expectRefused(await invoke('info', at('triple'), ...sky, '--mask-origin', 'top'), /--mask-origin/);
  });
});
