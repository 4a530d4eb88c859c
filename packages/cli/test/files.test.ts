/** What commands do to files, and what they make of files that are something else than they should be. */
import {
  copyFileSync,
  cpSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { complex, real } from '@wtilde/core-types';
import {
  readNpzFile,
  readVisibilityFiles,
  type Visibilities,
  writeFitsFile,
  writeNpyFile,
  writeVisibilityFiles,
} from '@wtilde/data/node';
import { beforeAll, describe, expect, test } from 'vitest';
import { fileOf, folder, small } from './datasets.js';
import { expectRefused, invoke } from './invoke.js';
import { jsonOf, numberIn } from './json.js';

const at = (...names: readonly string[]) => join(folder, ...names);
const sky = ['--mask-radius', '1.5', '--pixel-scale', '0.2', '--shape', '16'];
const mesh = ['--mesh', 'overlay:6x6'];
const model = ['--lens', at('lens.json'), ...mesh];
const lens = { mass: [{ type: 'IsothermalSph', einsteinRadius: 1 }] };
const light = [{ type: 'Gaussian', centre: [0.05, 0.1], intensity: 1, sigma: 0.25 }];
const simulate = (out: string, ...more: readonly string[]) =>
  invoke('simulate', '--lens', at('sky.json'), '--out', at(out), ...sky, '--visibilities', '60', ...more);

/** The simulated dataset with something changed, in a folder of its own. */
async function observed(name: string, change: (visibilities: Visibilities) => Partial<Visibilities>): Promise<string> {
  const visibilities = await readVisibilityFiles(at('observed'));
  const changed = { ...visibilities, ...change(visibilities) };
  await writeVisibilityFiles(at(name), changed, { makeFolder: true });
  return at(name);
}

const noiseOf = ({ noiseMap }: Visibilities, of: (lane: number, noise: number) => number) => ({
  noiseMap: complex(
    noiseMap.data.map((noise, lane) => of(lane, noise)),
    noiseMap.shape,
  ),
});

beforeAll(async () => {
  writeFileSync(at('lens.json'), JSON.stringify(lens));
  writeFileSync(at('sky.json'), JSON.stringify({ ...lens, light }));
  expect(await simulate('observed')).toMatchObject({ code: 0, err: '' });
  expect(await invoke('prepare', '--data', at('observed'), ...sky, '--out', at('prepared.npz'))).toMatchObject({
    code: 0,
  });
});

/** The bytes of every file in the folder, links followed. */
function contents(): ReadonlyMap<string, string> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  return new Map(files.map((path) => [path, readFileSync(path, 'base64')]));
}

describe('no output replaces an input, --force or not', () => {
  beforeAll(() => {
    symlinkSync(at('observed', 'data.fits'), at('soft.fits'));
    linkSync(at('observed', 'noise_map.fits'), at('hard.fits'));
    symlinkSync('prepared.npz', at('prepared-link.npz'));
  });

  const data = ['--data', at('observed')];
  test.each([
    ['evidence', [...data, ...sky, ...model, '--out', at('observed', 'data.fits')]],
    ['evidence', [...data, ...sky, ...model, '--out', at('soft.fits')]],
    ['evidence', [...data, ...sky, ...model, '--out', at('lens.json')]],
    ['evidence', ['--data', at('prepared.npz'), ...model, '--out', at('prepared-link.npz')]],
    ['prepare', [...data, ...sky, '--out', at('hard.fits')]],
    ['prepare', [...data, ...sky, '--out', at('observed', '..', 'observed', 'uv_wavelengths.fits')]],
    ['inputs', [...data, ...sky, ...model, '--out', at('observed', 'noise_map.fits')]],
    [
      'simulate',
      ['--lens', at('sky.json'), ...sky, '--uv', at('observed', 'uv_wavelengths.fits'), '--out', at('observed')],
    ],
  ])('%s %j', async (command, argv) => {
    const before = contents();
    for (const force of [[], ['--force']]) {
      expectRefused(await invoke(command, ...argv, ...force), /the output would replace an input/);
    }
    expect(contents()).toEqual(before);
  });

  test('nor two outputs one file', async () => {
    const both = ['--json', at('both'), '--markdown', at('both')];
    expectRefused(await invoke('bench', '--size', 'test', ...both), /two outputs are one file/);
  });
});

describe('what exists is replaced with --force only', () => {
  const data = ['--data', at('observed'), ...sky];
  test.each([
    ['evidence', [...data, ...model], 'there-1.npz'],
    ['prepare', data, 'there-2.npz'],
    ['inputs', [...data, ...model], 'there-3.npz'],
    ['kernel', ['mapping_matrix_from'], 'there-4.npz'],
  ])('%s', async (command, argv, name) => {
    writeFileSync(at(name), 'precious');
    const out = ['--out', at(name)];
    expectRefused(await invoke(command, ...argv, ...out), /exists already.*--force/);
    expect(readFileSync(at(name), 'utf8')).toBe('precious');
    expect(await invoke(command, ...argv, ...out, '--force')).toMatchObject({ code: 0 });
    expect(Object.keys(await readNpzFile(at(name)))).not.toEqual([]);
  });

  test('simulate: one of the three is enough', async () => {
    mkdirSync(at('occupied'));
    writeFileSync(at('occupied', 'uv_wavelengths.fits'), 'precious');
    expectRefused(await simulate('occupied'), /occupied\/uv_wavelengths\.fits.*exists already/);
    expect(readdirSync(at('occupied'))).toEqual(['uv_wavelengths.fits']);
    expect(await simulate('occupied', '--force')).toMatchObject({ code: 0 });
    expect((await readVisibilityFiles(at('occupied'))).data.shape).toEqual([60]);
  });

  test('bench, before the work', async () => {
    writeFileSync(at('report.html'), 'precious');
    expectRefused(await invoke('bench', '--size', 'test', '--html', at('report.html')), /exists already/);
  });
});

test('a folder is no archive, and a file no folder', async () => {
  const prepare = ['prepare', '--data', at('observed'), ...sky];
  expectRefused(await invoke(...prepare, '--out', folder), /no file can replace.*a folder/);
  expectRefused(await simulate('lens.json'), /is a file/);
});

describe('a prepared dataset', () => {
  test('is known by its bytes, not by its name, and is not timed as summed', async () => {
    copyFileSync(at('prepared.npz'), at('PREPARED.FITS'));
    const { code, out } = await invoke('evidence', '--data', at('PREPARED.FITS'), ...model, '--json');
    expect(code).toBe(0);
    expect(jsonOf(out)).not.toHaveProperty('prepareMs');
    expect(numberIn(jsonOf(out), 'readMs')).toBeGreaterThan(0);
    const text = await invoke('evidence', '--data', at('prepared.npz'), ...model);
    expect(text.out).toMatch(/reading the prepared dataset/);
    expect(text.out).not.toMatch(/visibilities to W/);
  });

  test.each([
    [['--mask-radius', '0.7']],
    [['--pixel-scale', '0.05', '--shape', '40']],
    [['--mask', 'mask.fits']],
    [['--tolerance', '1e-6']],
    [['--noise', 'rms']],
  ])('takes no %j', async (options) => {
    const asked = ['evidence', '--data', at('prepared.npz'), ...model, ...options];
    expectRefused(await invoke(...asked), new RegExp(`${options[0]}.*has been prepared`));
  });

  test('is not any archive', async () => {
    expectRefused(
      await invoke('evidence', '--data', await fileOf(small), ...model),
      /no prepared dataset.*wtilde prepare.*w_compact.*got an archive with centre/,
    );
  });
});

describe('a file that is something else says what it is', () => {
  beforeAll(async () => {
    await writeNpyFile(at('single.npy'), real([1]));
    writeFileSync(at('page.fits'), '<!DOCTYPE html><title>Sign in</title>');
  });

  test.each([
    ['evidence', at('observed', 'data.fits'), /a FITS file.*folder that the three files are in/],
    ['prepare', at('prepared.npz'), /\.npz files.*a folder of data\.fits|folder of data\.fits.*\.npz files/],
    ['inputs', at('prepared.npz'), /folder of data\.fits.*\.npz files/],
    ['evidence', at('single.npy'), /a single NumPy array/],
    ['evidence', at('page.fits'), /a web page/],
    ['evidence', at('lens.json'), /a JSON text/],
  ])('%s --data %s', async (command, path, message) => {
    const lensing = command === 'prepare' ? [] : model;
    const out = command === 'evidence' ? [] : ['--out', at('never.npz')];
    const outcome = await invoke(command, '--data', path, ...sky, ...lensing, ...out);
    expectRefused(outcome, message);
    expect(outcome.err).not.toMatch(/ENOTDIR/);
  });

  test('info', async () => {
    expectRefused(await invoke('info', at('prepared.npz')), /no folder of visibilities.*\.npz files/);
    expectRefused(await invoke('info', at('observed', 'data.fits')), /a FITS file/);
  });
});

test('an option that is given twice is refused, a list is not', async () => {
  expectRefused(
    await invoke('evidence', '--data', at('prepared.npz'), ...model, '--lens', 'b.json'),
    /--lens.*given twice.*lens\.json and b\.json/,
  );
  expectRefused(await invoke('simulate', '--seed', '0', '--seed', '1'), /--seed.*given twice/);
  expect(await invoke('likelihood', '--json', '--backend', 'loops', '--backend', 'reference')).toMatchObject({
    code: 0,
  });
});

describe('nothing to see', () => {
  const asked = (command: string, path: string) => [
    ...(command === 'info' ? ['info', path] : [command, '--data', path, ...sky]),
    ...(command === 'evidence' || command === 'inputs' ? model : []),
    ...(command === 'prepare' || command === 'inputs' ? ['--out', at('never.npz')] : []),
  ];

  test.each(['info', 'prepare', 'inputs', 'evidence'])('%s', async (command) => {
    const none = () => ({ data: complex([]), noiseMap: complex([]), uvWavelengths: real([], [0, 2]) });
    expectRefused(await invoke(...asked(command, await observed('none', none))), /nothing to see.*no visibilities/);
    const flagged = await observed('flagged', (all) => noiseOf(all, () => Infinity));
    expectRefused(await invoke(...asked(command, flagged)), /nothing to see.*60 visibilities, all flagged/);
    expect(readdirSync(folder)).not.toContain('never.npz');
  });

  test('simulate without baselines', async () => {
    await writeFitsFile(at('no-uv.fits'), real([], [0, 2]));
    expectRefused(await simulate('never', '--uv', at('no-uv.fits')), /no baselines.*K = 0/);
  });
});

describe('flags', () => {
  test('mean the same to every command', async () => {
    const infinite = await observed('half-flagged', (all) => ({
      ...noiseOf(all, (lane, noise) => (lane === 6 ? Infinity : noise)),
      data: complex(all.data.data.map((value, lane) => (lane === 7 ? Number.NaN : value))),
    }));
    expect(await invoke('evidence', '--data', infinite, ...sky, ...model)).toMatchObject({ code: 0, err: '' });
    const { out } = await invoke('prepare', '--data', infinite, ...sky, '--out', at('half.npz'));
    expect(out).toContain('59 visibilities (1 flagged)');
    const inputs = await invoke('inputs', '--data', infinite, ...sky, ...model, '--out', at('half-inputs.npz'));
    expect(inputs).toMatchObject({ code: 0, err: 'wtilde: 1 flagged visibilities are left out\n' });
    expect(await invoke('likelihood', '--inputs', at('half-inputs.npz'), '--json')).toMatchObject({ code: 0, err: '' });
  });

  test('info counts what cannot be used, in numbers that JSON has', async () => {
    const odd = await observed('odd', (all) => ({
      ...noiseOf(all, (lane, noise) => [Infinity, 1, Infinity, -Infinity, 0, 1, -1, -1][lane] ?? noise),
      uvWavelengths: real(
        all.uvWavelengths.data.map((part, lane) => (lane >> 1 === 5 ? 0 : part)),
        [60, 2],
      ),
      data: complex(all.data.data.map((part, lane) => (lane === 12 ? Number.NaN : part))),
    }));
    const { out } = await invoke('info', odd, '--json');
    expect(jsonOf(out)).toMatchObject({
      visibilities: 60,
      flagged: 2,
      halfFlagged: 1,
      notFinite: 1,
      zeroNoise: 1,
      negativeNoise: 2,
      zeroBaselines: 1,
    });
    expect(out).not.toMatch(/null/);
    expect((await invoke('info', odd)).out).toMatch(/zero noise, which W cannot take +1\n/);
    const still = await observed('still', () => ({ uvWavelengths: real(new Float64Array(120), [60, 2]) }));
    for (const json of [[], ['--json']]) {
      const found = await invoke('info', still, ...json);
      expect(found.code).toBe(0);
      expect(found.out).not.toMatch(/Infinity|NaN|null/);
    }
    const zero = await observed('zero', (all) => noiseOf(all, () => 0));
    expectRefused(await invoke('info', zero), /no visibility can be used.*60 with zero noise/);
  });
});

test('files of two simulations are not one dataset', async () => {
  await simulate('second', '--seed', '1');
  cpSync(at('observed'), at('mixed'), { recursive: true });
  copyFileSync(at('second', 'data.fits'), at('mixed', 'data.fits'));
  expectRefused(await invoke('evidence', '--data', at('mixed'), ...sky, ...model), /not of one dataset.*DATASET/);
  expectRefused(await invoke('info', at('mixed')), /not of one dataset/);
});

test('unequal noise: refused with what helps, and averaged where asked', async () => {
  const unequal = await observed('unequal', (all) =>
    noiseOf(all, (lane, noise) => (lane === 9 ? noise * 1.0000002 : noise)),
  );
  const asked = ['--data', unequal, ...sky];
  expectRefused(await invoke('evidence', ...asked, ...model), /visibility 4 .*--noise rms/);
  expectRefused(await invoke('evidence', ...asked, ...model, '--noise', 'mean'), /--noise.*rms.*mean/);
  const equal = jsonOf((await invoke('evidence', '--data', at('observed'), ...sky, ...model, '--json')).out);
  const { code, err, out } = await invoke('evidence', ...asked, ...model, '--noise', 'rms', '--json');
  expect({ code, err }).toEqual({
    code: 0,
    err: 'wtilde: --noise rms: one noise for both parts of 1 of 60 visibilities, changed by up to 0.000010 %\n',
  });
  expect(numberIn(jsonOf(out), 'logEvidence')).toBeCloseTo(numberIn(equal, 'logEvidence'), 4);
  expect(numberIn(jsonOf((await invoke('info', unequal, '--json')).out), 'unequalBy')).toBeCloseTo(2e-7, 12);
  expect(await invoke('prepare', ...asked, '--noise', 'rms', '--out', at('rms.npz'))).toMatchObject({ code: 0 });
  const inputs = await invoke('inputs', ...asked, ...model, '--noise', 'rms', '--out', at('rms-inputs.npz'));
  expect(inputs).toMatchObject({ code: 0 });
  const { noise_map } = await readNpzFile(at('rms-inputs.npz'));
  expect(noise_map.data[8]).toBe(noise_map.data[9]);
});

test('FITS as other tools write it', async () => {
  const { data, noiseMap, uvWavelengths } = await readVisibilityFiles(at('observed'));
  mkdirSync(at('other-tools'));
  await writeFitsFile(at('other-tools', 'data.fits'), real(data.data, [1, 1, 60, 2]));
  await writeFitsFile(at('other-tools', 'noise_map.fits'), real(noiseMap.data, [60, 2]));
  await writeFitsFile(at('other-tools', 'uv.fits'), real(uvWavelengths.data, [1, 60, 2]));
  writeFileSync(at('other-tools', 'uv_wavelengths.fits.gz'), gzipSync(readFileSync(at('other-tools', 'uv.fits'))));
  const mask = Float64Array.from({ length: 256 }, (_, pixel) => (pixel % 16 === 0 ? 1 : 0));
  await writeFitsFile(at('mask2.fits'), real(mask, [16, 16]));
  await writeFitsFile(at('mask4.fits'), real(mask, [1, 1, 16, 16]));
  const found = [];
  for (const [name, file] of [
    ['observed', 'mask2.fits'],
    ['other-tools', 'mask4.fits'],
  ]) {
    const pixels = ['--mask', at(file), '--pixel-scale', '0.2', '--json'];
    const { out, err } = await invoke(
      'evidence',
      '--data',
      at(name),
      '--lens',
      at('lens.json'),
      '--mesh',
      'rectangular:5x5',
      ...pixels,
    );
    expect(err).toBe('');
    found.push(numberIn(jsonOf(out), 'logEvidence'));
  }
  expect(found[1]).toBe(found[0]);
  const again = await simulate('again', '--uv', at('other-tools', 'uv.fits'));
  expect(again).toMatchObject({ code: 0 });
});

test('JSON that nests 5000 deep', async () => {
  writeFileSync(at('deep.json'), `{"mass":${'['.repeat(5000)}${']'.repeat(5000)}}`);
  expectRefused(
    await invoke('evidence', '--data', at('prepared.npz'), ...mesh, '--lens', at('deep.json')),
    /nests too deep/,
  );
});

test('escape sequences of files are printed, not obeyed', async () => {
  const odd = await fileOf({ 'a\u001b]0;owned\u0007\u009b31m\u202e': real([1]) });
  const { err } = await invoke('likelihood', '--inputs', odd);
  expect(err).toContain('\\u001b]0;owned\\u0007\\u009b31m\\u202e');
  expect(err).not.toMatch(/[^\P{Cc}\n]/u);
  const { out } = await invoke('info', await observed('f\u001b[2J', () => ({})));
  expect(out).toContain('f\\u001b[2J');
  expect(out).not.toMatch(/[^\P{Cc}\n]/u);
});
