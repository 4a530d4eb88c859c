/** From what a telescope delivers to a source. */
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { complex, real } from '@wtilde/core-types';
import { writeRandomGroups, writeUvfits } from '@wtilde/data';
import { readNpzFile, readVisibilityFiles, sha256Of, writeNpzFile } from '@wtilde/data/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectRefused, invoke } from './invoke.js';
import { jsonOf, numberIn, objectIn } from './json.js';

let folder: string;
const at = (name: string) => join(folder, name);
const sky = ['--mask-radius', '2', '--pixel-scale', '0.2', '--shape', '24'];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wtilde-'));
  const lens = { type: 'Isothermal', centre: [0.03, -0.05], einsteinRadius: 1.2, axisRatio: 0.8, angle: 30 };
  const light = [{ type: 'Gaussian', centre: [0.05, 0.1], intensity: 1, sigma: 0.25 }];
  await writeFile(at('lens.json'), JSON.stringify({ mass: [lens] }));
  await writeFile(at('sky.json'), JSON.stringify({ mass: [lens], light }));
  await invoke(
    'simulate',
    '--lens',
    at('sky.json'),
    '--out',
    at('truth'),
    ...sky,
    '--visibilities',
    '600',
    '--noise',
    '0.5',
  );
  const visibilities = await readVisibilityFiles(at('truth'));
  // Six baselines that take turns, ten seconds apart.
  const pairs = [1, 2, 1, 3, 1, 4, 2, 3, 2, 4, 3, 4];
  const antennas = Float64Array.from({ length: 1200 }, (_, lane) => pairs[lane % 12]);
  const times = Float64Array.from({ length: 600 }, (_, k) => 10 * Math.floor(k / 6));
  const how = {
    frequency: 345e9,
    bitpix: -64,
    telescope: 'ALMA',
    object: 'lens',
    antennas,
    times,
    interval: 10,
  } as const;
  await writeFile(at('lens.uvfits'), writeUvfits(visibilities, how));
});
afterAll(async () => await rm(folder, { recursive: true }));

async function imported(name: string, ...options: readonly string[]) {
  const outcome = await invoke('import', at('lens.uvfits'), '--out', at(name), ...options);
  expect(outcome).toMatchObject({ code: 0, err: '' });
  return outcome.out;
}

test('in three commands from a UVFITS file to a source and its evidence', async () => {
  expect(await imported('lens')).toContain('The dataset is in');
  const prepare = await invoke('prepare', '--data', at('lens'), ...sky, '--out', at('lens.npz'));
  expect(prepare.code).toBe(0);
  const model = ['--lens', at('lens.json'), '--mesh', 'overlay:12x12', '--json'];
  const { code, out } = await invoke('evidence', '--data', at('lens.npz'), ...model, '--out', at('source.npz'));
  expect(code).toBe(0);
  const direct = await invoke('evidence', '--data', at('truth'), ...sky, ...model);
  const [found, expected] = [out, direct.out].map((text) => numberIn(jsonOf(text), 'logEvidence'));
  expect(found / expected).toBeCloseTo(1, 9);
  expect((await readNpzFile(at('source.npz'))).reconstruction.shape).toHaveLength(1);
});

test('what comes through UVFITS in pieces is what was there, to 1e-12 in W and dirty image', async () => {
  await imported('streamed');
  const prepared = async (name: string) => {
    const { code } = await invoke('prepare', '--data', at(name), ...sky, '--out', at(`${name}-sums.npz`));
    expect(code).toBe(0);
    return await readNpzFile(at(`${name}-sums.npz`));
  };
  const [found, expected] = [await prepared('streamed'), await prepared('truth')];
  for (const name of ['w_compact', 'dirty_image']) {
    const largest = Math.max(...expected[name].data.map(Math.abs));
    const differences = expected[name].data.map((value, i) => Math.abs(value - found[name].data[i]));
    expect(Math.max(...differences) / largest).toBeLessThan(1e-12);
  }
});

test('the manifest has hashes and every choice, and is what --json prints', async () => {
  const out = await imported('manifest', '--json', '--average-time', '30', '--uvrange', '0:1e9');
  const manifest = JSON.parse(await readFile(at('manifest/manifest.json'), 'utf8'));
  expect(jsonOf(out)).toEqual(manifest);
  expect(manifest.input).toEqual({
    format: 'uvfits',
    files: [{ file: 'lens.uvfits', sha256: await sha256Of(at('lens.uvfits')) }],
  });
  expect(manifest.choices).toEqual({
    stokes: 'I',
    averageTime: 30,
    uvrange: [0, 1e9],
    noise: 'weights',
    noiseGroups: 'antenna',
    conjugate: true,
  });
  expect(manifest.output.sha256['data.fits']).toBe(await sha256Of(at('manifest/data.fits')));
  expect(manifest.observation).toMatchObject({ telescope: 'ALMA', object: 'lens', groups: 600 });
  expect(objectIn(manifest, 'counts')).toMatchObject({ read: 600, used: 600 });
  expect(numberIn(objectIn(manifest, 'summary'), 'visibilities')).toBe(204);
  expect(manifest.noise.groups).toHaveLength(4);
});

test('a dataset for every channel of a cube, with u and v of its own frequency', async () => {
  const hertz = (channel: number) => 100e9 + 10e9 * channel;
  const groups = Array.from({ length: 60 }, (_, k) => [1e-6 * (k + 1), -5e-7, 0, 258, 2457000.5, k / 86400, 10]);
  const values = groups.flatMap((group, k) => [
    ...group,
    ...[0, 1, 2].flatMap((channel) => [
      channel + 1 + 0.4 * Math.sin(7 * k * k),
      0.5 * Math.sin(5 * k * k + channel),
      4,
    ]),
  ]);
  const cube = writeRandomGroups({
    parameters: ['UU', 'VV', 'WW', 'BASELINE', 'DATE', 'DATE', 'INTTIM'].map((type) => ({ type })),
    axes: [
      { type: 'COMPLEX', extent: 3 },
      { type: 'STOKES', extent: 1, value: 1 },
      { type: 'FREQ', extent: 3, value: hertz(0), step: 10e9 },
    ],
    values: Float64Array.from(values),
    bitpix: -64,
  });
  await writeFile(at('cube.uvfits'), cube);
  const { code, err } = await invoke('import', at('cube.uvfits'), '--out', at('cube'), '--split-channels');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  for (const channel of [0, 1, 2]) {
    const { data, uvWavelengths } = await readVisibilityFiles(at(`cube/channel-${channel}`));
    expect(data.data[0]).toBe(channel + 1);
    expect(uvWavelengths.data[0] / (1e-6 * hertz(channel))).toBeCloseTo(1, 12);
    const { choices } = JSON.parse(await readFile(at(`cube/channel-${channel}/manifest.json`), 'utf8'));
    expect(choices.channels).toEqual([channel, channel + 1]);
  }
  // Written together they are what each is by itself.
  for (const noise of [[], ['--noise', 'differences', '--average-time', '20']]) {
    const named = `cube-${noise.length}`;
    const split = await invoke('import', at('cube.uvfits'), '--out', at(named), '--split-channels', '--json', ...noise);
    expect({ noise, code: split.code, err: split.err }).toEqual({ noise, code: 0, err: '' });
    const alone = [];
    for (const channel of [0, 1, 2]) {
      const out = `${named}-alone-${channel}`;
      const channels = ['--channels', `${channel}:${channel + 1}`];
      alone.push((await invoke('import', at('cube.uvfits'), '--out', at(out), '--json', ...channels, ...noise)).out);
      for (const file of ['data', 'noise_map', 'uv_wavelengths', 'antennas'].map((name) => `${name}.fits`)) {
        const [one, other] = [at(`${named}/channel-${channel}/${file}`), at(`${out}/${file}`)];
        expect((await readFile(one)).equals(await readFile(other))).toBe(true);
      }
    }
    const told = (lines: string) =>
      lines
        .trim()
        .split('\n')
        .map((line): unknown => JSON.parse(line));
    expect(told(split.out)).toEqual(told(alone.join('')));
  }
  const pairs = ['--split-channels', '--average-channels', '2', '--json'];
  await invoke('import', at('cube.uvfits'), '--out', at('pairs'), ...pairs);
  const { uvWavelengths } = await readVisibilityFiles(at('pairs/channel-0'));
  expect(uvWavelengths.data[0] / (1e-6 * (hertz(0) + hertz(1)))).toBeCloseTo(0.5, 12);
  expect((await readVisibilityFiles(at('pairs/channel-1'))).data.data[0]).toBe(3);
  const arrays = ['import', at('truth'), '--out', at('no'), '--split-channels'];
  expectRefused(await invoke(...arrays), /no channels that could become datasets/);
});

test('the report', async () => {
  const out = await imported('report', '--average-time', '20', '--noise', 'differences');
  for (const line of [
    /^visibilities written +300$/m,
    /^imaginary parts +changed in sign$/m,
    /differences against weights +\d/,
    /^ {4}A4 +\d/m,
    /^beam, natural weights +[\d.]+" x [\d.]+" at -?\d+ degrees$/m,
    /^1 % lost by means of up to 20 s at +[\d.]+" from the centre$/m,
    /^suggested pixel scale, at most +[\d.]+"$/m,
    /^suggested mask radius, at most +[\d.]+"$/m,
    /phase of the w-term/,
  ]) {
    expect(out).toMatch(line);
  }
});

describe('other forms', () => {
  test('arrays of MPoL become the same dataset', async () => {
    const { data, noiseMap, uvWavelengths } = await readVisibilityFiles(at('truth'));
    const lane = (which: number) => uvWavelengths.data.filter((_, i) => i % 2 === which);
    await writeNpzFile(at('mpol.npz'), {
      uu: real(lane(0)),
      vv: real(lane(1)),
      data: complex(data.data),
      weight: real(noiseMap.data.filter((_, i) => i % 2 === 0).map((sigma) => 1 / sigma ** 2)),
    });
    const { code, err } = await invoke('import', at('mpol.npz'), '--out', at('mpol'));
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const found = await readVisibilityFiles(at('mpol'));
    expect(found.data).toEqual(data);
    expect(found.uvWavelengths).toEqual(uvWavelengths);
    expect(found.noiseMap.data[7]).toBeCloseTo(0.5, 14);
  });

  test('three files of other names', async () => {
    const files = ['--noise-map', at('truth/noise_map.fits'), '--uv-wavelengths', at('truth/uv_wavelengths.fits[0]')];
    await invoke('import', at('truth/data.fits'), ...files, '--out', at('three'));
    expect(await readVisibilityFiles(at('three'))).toEqual(await readVisibilityFiles(at('truth')));
  });
});

describe('what cannot be', () => {
  test.each([
    [['--source', 'OTHER'], /no such source/],
    [['--channels', '0:2'], /channels.*0:1/],
    [['--channels', '2:1'], /--channels/],
    [['--uvrange', 'a:b'], /--uvrange/],
    [['--stokes', 'XX'], /no such polarization/],
    [['--noise', 'guess'], /weights or differences or rms/],
    [['--uv-unit', 'metres'], /--uv-unit/],
    [['--noise', 'differences', '--times', '0:5'], /too few integrations/],
  ])('%j', async (options, message) => {
    expectRefused(await invoke('import', at('lens.uvfits'), '--out', at('never'), ...options), message);
    expect(existsSync(at('never/data.fits'))).toBe(false);
  });

  test('times and antennas of three files', async () => {
    const refused = async (...options: readonly string[]) =>
      expectRefused(
        await invoke('import', at('truth'), '--out', at('never'), ...options),
        /neither times nor channels/,
      );
    await refused('--average-time', '10');
    await refused('--noise', 'differences');
  });

  test('a dataset is not replaced without --force, and never by itself', async () => {
    await imported('kept');
    expectRefused(await invoke('import', at('lens.uvfits'), '--out', at('kept')), /exists already/);
    expectRefused(await invoke('import', at('kept'), '--out', at('kept'), '--force'), /would replace an input/);
    await imported('kept', '--force');
  });
});
