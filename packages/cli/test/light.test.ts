import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readNpzFile } from '@wtilde/data/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectRefused, invoke } from './invoke.js';
import { jsonOf, numberIn } from './json.js';

let folder: string;
const at = (name: string) => join(folder, name);
const sky = ['--mask-radius', '2', '--pixel-scale', '0.2', '--shape', '24'];
const mass = [{ type: 'IsothermalSph', centre: [0.03, -0.05], einsteinRadius: 1.2 }];
const source = { centre: [0.05, 0.1], sigma: 0.25 };
const own = { centre: [0.03, -0.05], effectiveRadius: 0.5 };

const write = async (name: string, json: object) => await writeFile(at(name), JSON.stringify(json));
const evidence = (data: string, lens: string, ...given: readonly string[]) =>
  invoke('evidence', '--data', at(data), '--lens', at(lens), ...given);

async function jsonFrom(...given: Parameters<typeof evidence>): Promise<Readonly<Record<string, unknown>>> {
  const { code, err, out } = await evidence(...given, '--json');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return Object(jsonOf(out));
}

async function observe(lens: string, data: string): Promise<void> {
  const given = ['--lens', at(lens), '--out', at(data), ...sky, '--visibilities', '300', '--noise', '0.3'];
  expect((await invoke('simulate', ...given)).code).toBe(0);
  expect((await invoke('prepare', '--data', at(data), ...sky, '--out', at(`${data}.npz`))).code).toBe(0);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wtilde-'));
  await write('sky.json', {
    mass,
    light: [{ type: 'Gaussian', intensity: 1, ...source }],
    lensLight: [{ type: 'Exponential', intensity: 2, ...own }],
  });
  await observe('sky.json', 'lit');
});
afterAll(async () => await rm(folder, { recursive: true }));

describe('light profiles', () => {
  test('alone, given and linear: the intensities that were simulated', async () => {
    const given = await jsonFrom('lit.npz', 'sky.json', '--mesh', 'none');
    expect(given).toMatchObject({ linear: [], sourcePixels: [] });
    const light = [{ type: 'LinearGaussian', ...source }];
    await write('linear.json', { mass, light, lensLight: [{ type: 'LinearExponential', ...own }] });
    const solved = Object(await jsonFrom('lit.npz', 'linear.json', '--mesh', 'none'));
    expect(solved.linear).toMatchObject([
      { path: 'lensLight.0', type: 'LinearExponential' },
      { path: 'light.0', type: 'LinearGaussian' },
    ]);
    for (const [index, intensity] of [2, 1].entries()) {
      const { intensities, errors } = solved.linear[index];
      expect(Math.abs(intensities[0] - intensity)).toBeLessThan(4 * errors[0]);
    }
    expect(solved.logEvidence).toBeGreaterThan(numberIn(given, 'logEvidence'));
    const text = await evidence('lit.npz', 'linear.json', '--mesh', 'none', '--ridge', '0');
    expect(text.out).toMatch(/log likelihood +-?[\d.]+/);
    expect(text.out).toMatch(/light.0 LinearGaussian +[\d.]+ \+- [\d.]+/);
    expect(text.out).not.toContain('log det');
  });

  test('beside pixels: light of the lens is taken off, given or solved for, positive or not', async () => {
    const mesh = ['--mesh', 'overlay:12x12'];
    const withLight = numberIn(await jsonFrom('lit.npz', 'sky.json', ...mesh), 'logEvidence');
    await write('bare.json', { mass });
    expect(numberIn(await jsonFrom('lit.npz', 'bare.json', ...mesh), 'logEvidence')).toBeLessThan(withLight - 100);
    const expansion = { type: 'MultiGaussian', centre: own.centre, gaussians: 5, minimumSigma: 0.1, maximumSigma: 1 };
    await write('expansion.json', { mass, lensLight: [expansion] });
    const out = at('light.npz');
    const asked = ['--positive', '--out', out] as const;
    const found = Object(await jsonFrom('lit.npz', 'expansion.json', ...mesh, ...asked));
    expect(found.linear[0].intensities).toHaveLength(5);
    expect(Math.min(...found.linear[0].intensities)).toBeGreaterThanOrEqual(0);
    expect(found.positive.violation).toBeLessThan(1e-10);
    expect(Math.abs(found.logEvidence - withLight)).toBeLessThan(60);
    const { image, reconstruction, mapped_reconstructed_image: source } = await readNpzFile(out);
    expect(reconstruction.shape).toEqual(found.sourcePixels);
    expect(image.shape).toEqual((await readNpzFile(at('lit.npz'))).dirty_image.shape);
    // Without the light of the lens, which is in the image.
    const light = image.data.map((value, pixel) => Number(value) - Number(source.data[pixel]));
    expect(Math.min(...light)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...light)).toBeGreaterThan(0.5);
  });

  test.each([
    ['nothing to fit', 'bare.json', ['--mesh', 'none'], /no light/],
    ['nothing to regularize', 'sky.json', ['--mesh', 'none', '--regularization', 'constant:1'], /--regularization/],
    ['a gradient', 'sky.json', ['--gradient'], /--gradient/],
    ['pictures', 'sky.json', ['--out', 'folder'], /\.npz/],
    ['a ridge without linear light', 'bare.json', ['--ridge', '1'], /--ridge/],
    ['an unknown profile', 'typo.json', [], /LinearSersic/],
  ])('%s', async (_, lens, given, message) => {
    await write('bare.json', { mass });
    await write('typo.json', { mass, light: [{ type: 'LinearSersik' }] });
    expectRefused(await evidence('lit.npz', lens, ...given), message);
  });

  test('what knows pixels alone refuses them', async () => {
    const asked = ['--data', at('lit.npz'), '--lens', at('sky.json')];
    expectRefused(await invoke('source', ...asked), /light beside the pixels/);
  });

  test('a source of light profiles is found, its intensity with it', async () => {
    const light = [{ type: 'LinearGaussian', centre: [{ normal: [0, 0.2] }, 0.1], sigma: { uniform: [0.1, 0.5] } }];
    const lensLight = [{ type: 'LinearExponential', ...own }];
    await write('model.json', { mass, light, lensLight, mesh: 'none' });
    const asked = ['--data', at('lit.npz'), '--model', at('model.json'), '--starts', '2', '--workers', '1'];
    const { code, out } = await invoke('fit', ...asked, '--out', at('fitted'), '--json');
    expect(code).toBe(0);
    const { parameters, linear, magnification } = Object(jsonOf(out));
    expect(magnification).toBeNull();
    expect(Math.abs(parameters['light.0.centre.0'].value - 0.05)).toBeLessThan(0.02);
    expect(Math.abs(parameters['light.0.sigma'].value - 0.25)).toBeLessThan(0.02);
    expect(Math.abs(linear[1].intensities[0] - 1)).toBeLessThan(0.1);
    const fitted = jsonOf(await readFile(at('fitted/lens.json'), 'utf8'));
    expect(fitted).toMatchObject({ light: [{ type: 'LinearGaussian' }] });
    const again = await jsonFrom('lit.npz', 'fitted/lens.json', '--mesh', 'none');
    expect(numberIn(again, 'logEvidence')).toBeCloseTo(numberIn(jsonOf(out), 'logEvidence'), 6);
  });
});

test('a fit of pixels beside light leaves the image of its source, which the next is adapted to', async () => {
  const model = [{ ...mass[0], einsteinRadius: { uniform: [1, 1.5] } }, ...mass.slice(1)];
  await write('beside.json', { mass: model, lensLight: [{ type: 'LinearExponential', ...own }] });
  const asked = ['--data', at('lit.npz'), '--model', at('beside.json'), '--mesh', 'overlay:8x8', '--starts', '1'];
  const fit = async (...more: readonly string[]) => {
    const { code, err, out } = await invoke('fit', ...asked, '--fix-regularization', '--json', ...more);
    expect(code, err).toBe(0);
    return numberIn(jsonOf(out), 'logEvidence');
  };
  const first = await fit('--regularization', 'constant:3', '--out', at('beside'));
  const adapted = ['--regularization', 'adaptPower:1,4', '--adapt-image', at('beside')];
  expect(await fit(...adapted)).not.toBeCloseTo(first, 0);
});

describe('several planes', () => {
  const planes = [{ redshift: 1, mass: [{ type: 'IsothermalSph', centre: [0.3, 0.2], einsteinRadius: 0.3 }] }];
  const model = { mass, lensRedshift: 0.5, planes, sourceRedshift: 2 };

  test('simulated, they are told from one by the evidence, with a gradient by all of them', async () => {
    await write('planes.json', { ...model, light: [{ type: 'Gaussian', intensity: 1, ...source }] });
    await observe('planes.json', 'between');
    const mesh = ['--mesh', 'overlay:12x12'];
    const found = Object(await jsonFrom('between.npz', 'planes.json', ...mesh, '--gradient'));
    expect(Object.keys(found.gradient)).toContain('planes.0.mass.0.centre.1');
    await write('bare.json', { mass });
    const alone = numberIn(await jsonFrom('between.npz', 'bare.json', ...mesh), 'logEvidence');
    expect(found.logEvidence).toBeGreaterThan(alone + 10);
  });

  test('a mass between is found', async () => {
    const halo = { type: 'IsothermalSph', centre: [0.3, 0.2], einsteinRadius: { uniform: [0.01, 0.6] } };
    await write('model.json', { ...model, planes: [{ redshift: 1, mass: [halo] }], mesh: 'overlay:10x10' });
    const asked = ['--regularization', 'gradient:3', '--fix-regularization', '--starts', '1', '--workers', '1'];
    const { code, out } = await invoke(
      'fit',
      '--data',
      at('between.npz'),
      '--model',
      at('model.json'),
      ...asked,
      '--json',
    );
    expect(code).toBe(0);
    const { value, sigma } = Object(jsonOf(out)).parameters['planes.0.mass.0.einsteinRadius'];
    expect(Math.abs(value - 0.3)).toBeLessThan(Math.max(4 * sigma, 0.03));
  });

  test('sources on two of them', async () => {
    const pixels = { mesh: 'rectangular:6x6', regularization: 'constant:1' };
    await write('double.json', { ...model, planes: [{ ...planes[0], ...pixels }] });
    const found = await jsonFrom('between.npz', 'double.json', '--mesh', 'rectangular:8x8');
    expect(found).toMatchObject({ sourcePixels: [36, 64], linear: [] });
    const { out } = await evidence('between.npz', 'double.json', '--mesh', 'rectangular:8x8');
    expect(out).toContain('source pixels at redshift 1');
  });

  test('without redshifts, and the curves of several', async () => {
    await write('broken.json', { mass, planes });
    expectRefused(await evidence('between.npz', 'broken.json'), /lensRedshift/);
    expectRefused(await invoke('lens', '--lens', at('planes.json')), /planes/);
  });
});
