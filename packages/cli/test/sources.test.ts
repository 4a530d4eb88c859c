import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { real } from '@wtilde/core-types';
import { readNpzFile, writeFitsFile, writeNpyFile } from '@wtilde/data/node';
import { regularizationKinds } from '@wtilde/lens';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectRefused, invoke } from './invoke.js';
import { jsonOf, numberIn } from './json.js';

let folder: string;
const at = (name: string) => join(folder, name);
const sky = ['--mask-radius', '2', '--pixel-scale', '0.2', '--shape', '24'];
const evidence = (...given: readonly string[]) =>
  invoke('evidence', '--data', at('data.npz'), '--lens', at('lens.json'), ...given);

async function logEvidence(...given: readonly string[]): Promise<number> {
  const { code, err, out } = await evidence(...given, '--json');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return numberIn(jsonOf(out), 'logEvidence');
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wtilde-'));
  const mass = [{ type: 'Isothermal', centre: [0.03, -0.05], einsteinRadius: 1.2, axisRatio: 0.8, angle: 30 }];
  const light = [{ type: 'Gaussian', centre: [0.05, 0.1], intensity: 1, sigma: 0.25 }];
  await writeFile(at('lens.json'), JSON.stringify({ mass, light }));
  const simulated = ['--lens', at('lens.json'), '--out', at('data'), ...sky, '--visibilities', '400', '--noise', '0.5'];
  expect((await invoke('simulate', ...simulated)).code).toBe(0);
  expect((await invoke('prepare', '--data', at('data'), ...sky, '--out', at('data.npz'))).code).toBe(0);
  expect((await evidence('--mesh', 'overlay:12x12', '--out', at('first.npz'))).code).toBe(0);
});
afterAll(async () => await rm(folder, { recursive: true }));

describe('regularizations', () => {
  test('lists every one, with its parameters and its name in PyAutoLens', async () => {
    const { code, out, err } = await invoke('regularizations');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    for (const [name, { upstream, parameters }] of Object.entries(regularizationKinds)) {
      for (const word of [`${name}: `, upstream ?? 'not in PyAutoLens', ...Object.keys(parameters)])
        expect(out).toContain(word);
    }
  });

  test('or one of them, also as JSON', async () => {
    expect((await invoke('regularizations', 'maternKernel')).out).not.toContain('exponentialKernel:');
    const { regularizations } = Object(jsonOf((await invoke('regularizations', 'zeroth', '--json')).out));
    expect(regularizations).toMatchObject([{ name: 'zeroth', upstream: 'Zeroth', parameters: { coefficient: {} } }]);
  });

  test('one that is not there', async () => {
    expectRefused(await invoke('regularizations', 'MaternKernel'), /write maternKernel/);
  });
});

describe('an evidence', () => {
  const adapt = 'innerCoefficient=0.5,outerCoefficient=3';
  test.each([
    'constant:1',
    'zeroth:1',
    'constantZeroth:1,0.5',
    'constantSplit:1',
    `adapt:${adapt}`,
    `adaptPower:${adapt},signalScale=0.8`,
    `adaptSplit:${adapt}`,
    `adaptSplitPower:${adapt}`,
    `adaptSplitZeroth:${adapt},zerothCoefficient=0.4`,
    'gaussianKernel:1,0.1',
    'exponentialKernel:1,0.3',
    'maternKernel:coefficient=1,scale=0.2,nu=0.7',
    `maternAdaptKernel:scale=0.2,nu=0.7,${adapt}`,
    '{"type":"exponentialKernel","coefficient":1,"scale":0.3}',
  ])('with the regularization %s', async (regularization) => {
    const given = ['--mesh', 'overlay:9x9', '--regularization', regularization, '--adapt-image', at('first.npz')];
    expect(await logEvidence(...given)).toBeLessThan(0);
  });

  test.each([
    'hilbert:60',
    'hilbert:60:natural,weightPower=1,weightFloor=0.1,edgePoints=20',
    'rectangular:8x9',
    'rectangularAdaptDensity:8x9',
    'rectangularAdaptDensity:8x8:rank',
    'rectangularAdaptImage:8x9:kernel,weightPower=0.5,bandwidth=2',
    '{"type":"overlay","shape":[9,9],"interpolation":"laplace"}',
  ])('on the mesh %s', async (mesh) => {
    expect(await logEvidence('--mesh', mesh, '--adapt-image', at('first.npz'))).toBeLessThan(0);
  });

  test('on points of a file: those of an overlay have its evidence', async () => {
    const vertices = Array.from({ length: 81 }, (_, k) => [1.6 - 0.4 * Math.floor(k / 9), 0.4 * (k % 9) - 1.6]);
    const points = real(vertices.filter(([y, x]) => Math.hypot(y, x) < 1.9).flat());
    await writeNpyFile(at('points:1,2.npy'), real(points.data, [points.data.length / 2, 2]));
    const first = await logEvidence('--mesh', `points:${at('points:1,2.npy')}`);
    expect(await logEvidence('--mesh', `points:${at('points:1,2.npy')}:barycentric,zeroedPixels=3`)).toBe(first);
    expect(await logEvidence('--mesh', `points:${at('points:1,2.npy')}:natural`)).not.toBe(first);
  });

  test('on the points that an earlier one wrote', async () => {
    const hilbert = ['--mesh', 'hilbert:60', '--out', at('hilbert.npz')];
    const first = numberIn(jsonOf((await evidence(...hilbert, '--json')).out), 'logEvidence');
    expect(await logEvidence('--mesh', `points:${at('hilbert.npz')}`)).toBe(first);
    expect((await readNpzFile(at('hilbert.npz'))).zeroed_pixels.shape).toEqual([30]);
  });

  test('an adapt image as FITS of the whole image, or as .npy of the open pixels: the same', async () => {
    const image = (await readNpzFile(at('first.npz'))).mapped_reconstructed_image;
    if (image.dtype !== 'real') throw new Error('it is real');
    await writeNpyFile(at('slim.npy'), image);
    const whole = new Float64Array(24 * 24);
    let slim = 0;
    whole.forEach((_, pixel) => {
      const [y, x] = [0.2 * (11.5 - Math.floor(pixel / 24)), 0.2 * ((pixel % 24) - 11.5)];
      if (Math.sqrt(y * y + x * x) <= 2) whole[pixel] = image.data[slim++];
    });
    expect(slim).toBe(image.data.length);
    await writeFitsFile(at('whole.fits'), real(whole, [24, 24]));
    const given = ['--mesh', 'overlay:9x9', '--regularization', `adapt:${adapt}`, '--adapt-image'];
    const [a, b, c] = [
      await logEvidence(...given, at('first.npz')),
      await logEvidence(...given, at('slim.npy')),
      await logEvidence(...given, at('whole.fits')),
    ];
    expect([b, c]).toEqual([a, a]);
  });

  test('with what is traced far out drawn back', async () => {
    const mesh = ['--mesh', 'overlay:9x9'];
    expect(await logEvidence(...mesh, '--border-relocator')).not.toBe(await logEvidence(...mesh));
  });

  test('its gradient by the numbers of a regularization', async () => {
    const given = ['--mesh', 'rectangularAdaptDensity:8x8', '--gradient', '--json'];
    const { out } = await evidence(
      ...given,
      '--regularization',
      `adaptPower:${adapt}`,
      '--adapt-image',
      at('first.npz'),
    );
    const { gradient } = Object(jsonOf(out));
    expect(Object.keys(gradient)).toEqual(
      expect.arrayContaining([
        'mass.0.einsteinRadius',
        'regularization.innerCoefficient',
        'regularization.signalScale',
      ]),
    );
  });

  test.each([
    ['no adapt image', ['--regularization', `adapt:${adapt}`], /--adapt-image/],
    ['no adapt image for a mesh', ['--mesh', 'rectangularAdaptImage:8x8'], /--adapt-image/],
    [
      'an adapt image of another mask',
      ['--adapt-image', 'short.npy', '--mesh', 'overlay:9x9'],
      /adaptImage.*wrong shape/,
    ],
    ['an archive without one', ['--adapt-image', 'data.npz'], /mapped_reconstructed_image/],
    ['no file of points', ['--mesh', 'points:nowhere.npy'], /nowhere\.npy/],
    ['points with three coordinates', ['--mesh', 'points:three.npy'], /mesh\.points.*wrong shape/],
    ['a parameter that is none', ['--mesh', 'hilbert:60,weight=1'], /not a mesh/],
    ['crosses on rectangles', ['--mesh', 'rectangular:8x8', '--regularization', 'constantSplit:1'], /no triangles/],
    ['a singular one', ['--regularization', 'brightnessZeroth:1', '--adapt-image', 'first.npz'], /adaptSplitZeroth/],
    ['a gradient by ranks', ['--mesh', 'rectangularAdaptDensity:8x8:rank', '--gradient'], /no derivative/],
  ])('%s', async (_, given, message) => {
    await writeNpyFile(at('short.npy'), real([1, 2, 3]), { overwrite: true });
    await writeNpyFile(at('three.npy'), real([1, 2, 3], [1, 3]), { overwrite: true });
    const named = given.map((word) =>
      word.replace(/^(points:)?(\w+\.np[yz])$/, (_all, kind = '', file) => kind + at(file)),
    );
    expectRefused(await evidence(...named), message);
  });
});
