import { existsSync, readdirSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { complex, real } from '@wtilde/core-types';
import { readFitsFile, readNpzFile, readVisibilityFiles, writeFitsFile, writeVisibilityFiles } from '@wtilde/data/node';
import { reportPaths } from '@wtilde/figures';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectRefused, invoke } from './invoke.js';
import { jsonOf, numberIn, objectIn } from './json.js';
import { goldenPath } from './shared.js';

let folder: string;
const at = (name: string) => join(folder, name);
const lens = { type: 'Isothermal', centre: [0.03, -0.05], einsteinRadius: 1.2, axisRatio: 0.8, angle: 30 };
const sky = ['--mask-radius', '2', '--pixel-scale', '0.2', '--shape', '24'];
const evidence = (...given: readonly string[]) => {
  const standard = { '--data': at('data'), '--lens': at('lens.json'), '--mesh': 'overlay:12x12' };
  const left = Object.entries(standard).filter(([option]) => !given.includes(option));
  return invoke('evidence', ...left.flat(), ...given);
};

async function json(name: string, value: unknown): Promise<string> {
  await writeFile(at(name), JSON.stringify(value));
  return at(name);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wtilde-'));
  await json('lens.json', { mass: [lens] });
  const light = [{ type: 'Gaussian', centre: [0.05, 0.1], intensity: 1, sigma: 0.25 }];
  await json('sky.json', { mass: [lens], light });
  const simulated = ['--lens', at('sky.json'), '--out', at('data'), ...sky, '--visibilities', '400', '--noise', '0.5'];
  const { code, err, out } = await invoke('simulate', ...simulated);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toContain('400 visibilities');
});
afterAll(async () => await rm(folder, { recursive: true }));

const files = (name: string) => ({
  data: at(`${name}/data.fits`),
  noiseMap: at(`${name}/noise_map.fits`),
  uvWavelengths: at(`${name}/uv_wavelengths.fits`),
});

describe('simulate', () => {
  test('baselines of a file are used as they are, and a seed is a noise', async () => {
    const uv = files('data').uvWavelengths;
    const again = ['simulate', '--lens', at('sky.json'), ...sky, '--uv', uv, '--noise', '0.5'];
    await invoke(...again, '--out', at('same'), '--seed', '0');
    await invoke(...again, '--out', at('other'), '--seed', '1');
    const [first, same, other] = [
      await readVisibilityFiles(files('data')),
      await readVisibilityFiles(files('same')),
      await readVisibilityFiles(files('other')),
    ];
    expect(same).toEqual(first);
    expect(other.uvWavelengths).toEqual(first.uvWavelengths);
    expect(other.data).not.toEqual(first.data);
  });

  test('an array that nobody knows', async () => {
    const asked = ['--lens', at('sky.json'), '--out', at('never'), ...sky, '--array', 'vla'];
    expectRefused(await invoke('simulate', ...asked), /one of sma, alma.*vla/);
    expect(existsSync(at('never'))).toBe(false);
  });

  test('a lens without light', async () => {
    expectRefused(await invoke('simulate', '--lens', at('lens.json'), '--out', at('never'), ...sky), /lens\.light/);
    expect(existsSync(at('never'))).toBe(false);
  });
});

describe('evidence', () => {
  test('says how far it may be off where that matters: one visibility of far too small noise', async () => {
    const { data, noiseMap, uvWavelengths } = await readVisibilityFiles(at('data'));
    const gross = complex(noiseMap.data.map((noise, lane) => (lane < 2 ? 1e-7 : noise)));
    await writeVisibilityFiles(at('gross'), { data, noiseMap: gross, uvWavelengths }, { makeFolder: true });
    const how = [...sky, '--data', at('gross'), '--regularization', 'constant:100000'];
    const bound = numberIn(jsonOf((await evidence(...how, '--json')).out), 'errorBound');
    expect(bound).toBeGreaterThan(1e-3);
    expect((await evidence(...how)).out).toMatch(/may be off by +\d/);
    const usual = await evidence(...sky);
    expect(usual.out).not.toContain('may be off');
  });

  test('of a positive source, which is told and no better than one of any sign', async () => {
    const given = [...sky, '--regularization', 'constant:0.05'];
    const unrestricted = jsonOf((await evidence(...given, '--json')).out);
    const positive = jsonOf((await evidence(...given, '--positive', '--json')).out);
    expect(Object(unrestricted).positive).toBeUndefined();
    const { pixels, violation } = Object(positive).positive;
    expect(violation).toBeLessThan(1e-12);
    expect(pixels).toBeGreaterThan(0);
    expect(pixels).toBeLessThan(Object(positive).sourcePixels);
    expect(Object(positive).logEvidence).toBeLessThan(Object(unrestricted).logEvidence);
    const { out } = await evidence(...given, '--positive', '--out', at('positive.npz'));
    expect(out).toMatch(new RegExp(`source pixels above 0 +${pixels}`));
    const { reconstruction } = await readNpzFile(at('positive.npz'));
    expect(Math.min(...reconstruction.data)).toBe(0);
  });

  test('with its gradient, on natural neighbours: by the numbers of the lens and by the coefficient', async () => {
    const smooth = ['--mesh', 'overlay:10x10', '--regularization', 'gradient:2', '--gradient'];
    const found = jsonOf((await evidence(...sky, ...smooth, '--json')).out);
    const gradient = Object(found).gradient;
    expect(Object.keys(gradient)).toContain('mass.0.einsteinRadius');
    expect(Object.keys(gradient).at(-1)).toBe('regularization.coefficient');
    expect(Object.values(gradient).every(Number.isFinite)).toBe(true);
    expect((await evidence(...sky, ...smooth)).out).toMatch(/by mass\.0\.einsteinRadius +-?\d/);
    expect(Object(jsonOf((await evidence(...sky, '--json')).out)).gradient).toBeUndefined();
  });

  test('as JSON: the terms make the evidence, and every kernel says where it ran', async () => {
    const { code, out, err } = await evidence(...sky, '--json', '--regularization', 'constant:2');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const result = jsonOf(out);
    const terms = objectIn(result, 'terms');
    const [chi, reg, logF, logH, noise] = [
      'chiSquared',
      'regularizationTerm',
      'logDetCurvatureRegMatrix',
      'logDetRegularizationMatrix',
      'noiseNormalization',
    ].map((name) => numberIn(terms, name));
    expect(numberIn(result, 'logEvidence')).toBeCloseTo(-(chi + reg + logF - logH + noise) / 2, 6);
    expect(numberIn(result, 'ms')).toBeGreaterThan(0);
    expect(result.ran).toEqual([
      expect.objectContaining({ kernel: 'evidenceViaWCompactFrom', backend: 'wasm', precision: 'float64' }),
    ]);
  });

  test('as text, on another backend, the same', async () => {
    const asJson = jsonOf((await evidence(...sky, '--json')).out);
    const { code, out } = await evidence(...sky, '--backend', 'loops');
    expect(code).toBe(0);
    const [, shown] = /^log evidence +(-?[\d.]+)$/m.exec(out) ?? [];
    expect(Number(shown)).toBeCloseTo(numberIn(asJson, 'logEvidence'), 5);
  });

  test('what prepare wrote gives the same', async () => {
    const prepared = await invoke('prepare', '--data', at('data'), ...sky, '--out', at('data.npz'));
    expect(prepared).toMatchObject({ code: 0, err: '', out: expect.stringContaining('400 visibilities (0 flagged)') });
    const direct = await evidence(...sky, '--json');
    const { out } = await invoke(
      'evidence',
      '-d',
      at('data.npz'),
      '-l',
      at('lens.json'),
      '--mesh',
      'overlay:12x12',
      '--json',
    );
    expect(numberIn(jsonOf(out), 'logEvidence')).toBe(numberIn(jsonOf(direct.out), 'logEvidence'));
  });

  test('what inputs wrote gives the same likelihood', async () => {
    const asked = [
      '--data',
      at('data'),
      '--lens',
      at('lens.json'),
      ...sky,
      '--mesh',
      'overlay:12x12:barycentric',
      '--out',
      at('in.npz'),
    ];
    expect(await invoke('inputs', ...asked)).toMatchObject({ code: 0, err: '' });
    const { out } = await invoke('likelihood', '--inputs', at('in.npz'), '--backend', 'reference', '--json');
    const direct = numberIn(
      jsonOf((await evidence(...sky, '--mesh', 'overlay:12x12:barycentric', '--json')).out),
      'logEvidence',
    );
    expect(out).toContain('"id":"reference"');
    const [, found] = /"logEvidence":(-?[\d.]+)/.exec(out) ?? [];
    expect(Math.abs(Number(found) - direct)).toBeLessThan(1e-6);
  });

  test('inputs hold the arguments of every kernel by upstream name', async () => {
    const fields = await readNpzFile(at('in.npz'));
    expect(Object.keys(fields)).toEqual(
      expect.arrayContaining(['grid_radians_2d', 'pix_size_for_sub_slim_index', 'noise_map_real', 'sub_fraction']),
    );
    expect(fields.grid_radians_2d.shape).toEqual([
      fields.shape_masked_pixels_2d.data[0],
      fields.shape_masked_pixels_2d.data[1],
      2,
    ]);
  });

  test('--out holds the source', async () => {
    const { out } = await evidence(...sky, '--out', at('source.npz'));
    expect(out).toContain('source.npz');
    const fields = await readNpzFile(at('source.npz'));
    const [S] = fields.reconstruction.shape;
    expect(fields.reconstruction_noise_map.shape).toEqual([S]);
    expect(fields.mesh_vertices.shape).toEqual([S, 2]);
    expect(Math.min(...Array.from(fields.reconstruction_noise_map.data, Number))).toBeGreaterThan(0);
  });

  test('--out DIR holds pictures, arrays and the JSON object, once', async () => {
    const asked = [...sky, '--out', at('pictures'), '--phase-centre', '150.1,2.2', '--unit', 'mJy'];
    const { code, out, err } = await evidence(...asked, '--json');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(await readFile(at('pictures/result.json'), 'utf8'))).toEqual(jsonOf(out));
    const written = readdirSync(at('pictures'), { recursive: true, encoding: 'utf8' });
    expect(written.filter((name) => name !== 'figures').toSorted()).toEqual(
      [...reportPaths(), 'result.json', 'source.npz'].toSorted(),
    );
    expect((await readFitsFile(at('pictures/lensed_source.fits'))).shape).toEqual([20, 20]);
    const fits = await readFile(at('pictures/source.fits'), 'latin1');
    expect(fits).toMatch(/BUNIT {3}= 'mJy\/arcsec2'.*CRVAL1 {2}= +150\.1 .*HISTORY lens \{"mass"/s);
    expect((await readFile(at('pictures/figures/summary.png'))).subarray(1, 4).toString()).toBe('PNG');
    expect(Object.keys(await readNpzFile(at('pictures/source.npz')))).toContain('reconstruction');
    const page = await readFile(at('pictures/index.html'), 'utf8');
    expect(page.match(/<svg/g)?.length).toBeGreaterThan(9);
    expect(page.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|<script|<link/);
    for (const [, path] of page.matchAll(/href="([^"#:]+)"/g))
      expect(existsSync(at(`pictures/${path}`)), path).toBe(true);

    expectRefused(await evidence(...asked), /pictures\/\S+: .*exists already.*--force/);
  });

  test('pictures of a prepared dataset lack the baselines only', async () => {
    await invoke('prepare', '--data', at('data'), ...sky, '--out', at('pictured.npz'));
    await mkdir(at('unseen'));
    const { code, out } = await evidence('--data', at('pictured.npz'), '--out', at('unseen'));
    expect(code).toBe(0);
    expect(out).toMatch(/All pictures are on \S+index\.html; beside it are 6 FITS images/);
    const missing = reportPaths().filter((path) => !existsSync(at(`unseen/${path}`)));
    expect(missing).toEqual(['figures/uv_coverage.svg', 'figures/uv_coverage.png']);
  });

  test('a mask of a file instead of circles', async () => {
    const image = Float64Array.from({ length: 24 * 24 }, (_, pixel) => {
      const [row, column] = [Math.floor(pixel / 24) - 11.5, (pixel % 24) - 11.5];
      return Math.hypot(row, column) * 0.2 > 2 ? 1 : 0;
    });
    await writeFitsFile(at('mask.fits'), real(image, [24, 24]));
    const mesh = ['--mesh', 'rectangular:12x12', '--json'];
    const drawn = await evidence(...sky, ...mesh);
    const filed = await evidence('--mask', at('mask.fits'), '--pixel-scale', '0.2', ...mesh);
    expect(numberIn(jsonOf(filed.out), 'logEvidence')).toBe(numberIn(jsonOf(drawn.out), 'logEvidence'));
  });
});

test('info: how many, how long, how noisy', async () => {
  const result = jsonOf((await invoke('info', at('data'), '--json')).out);
  const { uvWavelengths } = await readVisibilityFiles(files('data'));
  const lengths = Array.from({ length: 400 }, (_, k) =>
    Math.hypot(uvWavelengths.data[2 * k], uvWavelengths.data[2 * k + 1]),
  );
  expect(result).toMatchObject({
    visibilities: 400,
    flagged: 0,
    notFinite: 0,
    unequalNoise: 0,
    leastNoise: 0.5,
    mostNoise: 0.5,
  });
  expect(numberIn(result, 'longestBaseline')).toBe(Math.max(...lengths));
  const { code, out } = await invoke('info', at('data'));
  expect(code).toBe(0);
  expect(out).toMatch(/visibilities +400\n/);
});

describe('bad input is one line', () => {
  const noise = async (name: string, change: (values: Float64Array) => void) => {
    const { data, noiseMap, uvWavelengths } = await readVisibilityFiles(files('data'));
    const values = noiseMap.data.slice();
    change(values);
    await invoke('simulate', '--lens', at('sky.json'), '--out', at(name), ...sky, '--visibilities', '2');
    await writeVisibilityFiles(files(name), { data, noiseMap: complex(values), uvWavelengths });
    return ['evidence', '--data', at(name), '--lens', at('lens.json'), ...sky];
  };

  test('unequal noise, with the remedy', async () => {
    const argv = await noise('unequal', (values) => values.fill(0.7, 9, 10));
    expectRefused(await invoke(...argv), /noiseMap, visibility 4 .*0\.5 and 0\.7.*root mean square/);
  });

  test('zero noise', async () => {
    const argv = await noise('zero', (values) => values.fill(0, 9, 10));
    expectRefused(await invoke(...argv), /visibility 4 /);
  });

  test.each([
    ['a folder that is not there', ['--data', 'nowhere', ...sky], /nowhere: .*ENOENT/],
    ['no pixel scale', ['--mask-radius', '2', '--shape', '24'], /--pixel-scale/],
    ['no mask', ['--pixel-scale', '0.2', '--shape', '24'], /--mask-radius/],
    ['a mask that leaves nothing', ['--mask-radius', '0.01', '--pixel-scale', '0.2', '--shape', '24'], /no pixel open/],
    ['a mask given twice', [...sky, '--mask', 'mask.fits'], /twice/],
    ['a mesh of one point', [...sky, '--mesh', 'overlay:1x1'], /frame around .*finer mesh/],
    ['a triangulation of one point', [...sky, '--mesh', 'overlay:1x1:barycentric'], /triangle/],
    ['a mesh that is none', [...sky, '--mesh', 'voronoi:3x3'], /overlay:ROWSxCOLUMNS/],
    ['a regularization that is none', [...sky, '--regularization', 'constant:0'], /above 0/],
    ['a radius that is none', ['--mask-radius', '-1', '--pixel-scale', '0.2', '--shape', '24'], /--mask-radius/],
    ['a shape that is none', [...sky, '--shape', '0x3'], /--shape/],
    ['a position that is none', [...sky, '--phase-centre', '400,2'], /--phase-centre.*400,2/],
    [
      'a folder where a file is',
      [...sky, '--out', 'package.json/pictures'],
      /package\.json\/pictures.*cannot be written/,
    ],
    ['a centre that is none', [...sky, '--mask-centre', '1'], /--mask-centre/],
    ['a backend that is none', [...sky, '--backend', 'cuda'], /one of reference/],
    ['an output that cannot be written', [...sky, '--out', 'nowhere/r.npz'], /nowhere\/r\.npz/],
    ['a lens that is not there', [...sky, '--lens', 'nowhere.json'], /nowhere\.json/],
  ])('%s', async (_name, argv, message) => {
    expectRefused(await evidence(...argv), message);
    expect(readdirSync(folder).filter((name) => name.includes('partial'))).toEqual([]);
  });

  test.each([
    ['not JSON', '{ mass', /not JSON/],
    ['an unknown profile', '{ "mass": [{ "type": "SIE" }] }', /no such profile.*Isothermal.*"SIE"/],
    ['a parameter out of domain', '{ "mass": [{ "type": "PointMass", "einsteinRadius": -2 }] }', /einsteinRadius.*-2/],
  ])('lens.json: %s', async (_name, text, message) => {
    await writeFile(at('wrong.json'), text);
    expectRefused(await evidence(...sky, '--lens', at('wrong.json')), message);
  });
});

const golden = [
  { name: 'sma', pixelScale: '0.2', radius: '3', mesh: 'overlay:26x26:barycentric', logEvidence: -13533.902761773159 },
  {
    name: 'alma-high-res',
    pixelScale: '0.05',
    radius: '2',
    mesh: 'overlay:34x34:barycentric',
    logEvidence: -60313.53200616217,
  },
];
for (const { name, pixelScale, radius, mesh, logEvidence } of golden) {
  const path = goldenPath(`data/${name}`);
  test.skipIf(path === undefined)(
    `${name}: from FITS to the golden evidence${path === undefined ? ` [data/${name} is not there]` : ''}`,
    async () => {
      const model = { type: 'Isothermal', centre: [0.043, -0.071], einsteinRadius: 1.6, axisRatio: 0.82, angle: 38 };
      const asked = ['--data', String(path), '--lens', await json('golden.json', { mass: [model] }), '--mesh', mesh];
      const pixels = ['--mask-radius', radius, '--pixel-scale', pixelScale, '--shape', '100'];
      const { out } = await invoke('evidence', ...asked, ...pixels, '--json');
      expect(Math.abs(numberIn(jsonOf(out), 'logEvidence') - logEvidence)).toBeLessThan(1e-6);
    },
  );
}
