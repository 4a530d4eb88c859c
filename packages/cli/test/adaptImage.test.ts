/** Fits that follow an image of the source: a chain from one regularization to another. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { real } from '@wtilde/core-types';
import { readNpzFile, writeNpyFile } from '@wtilde/data/node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectRefused, invoke } from './invoke.js';
import { jsonOf, numberIn } from './json.js';

let folder: string;
const at = (name: string) => join(folder, name);
/** The mask reaches to the edges of the image, so that pictures have all of it. */
const sky = ['--mask-radius', '2', '--pixel-scale', '0.2', '--shape', '20'];
const kernel = 'maternAdaptKernel:scale=0.3,nu=2.5,innerCoefficient=1,outerCoefficient=4';
const mesh = ['--mesh', 'overlay:8x8'];
const searched = () => ['--model', at('model.json'), ...mesh, '--seed', '3'];
const fit = (...given: readonly string[]) => invoke('fit', ...searched(), '--starts', '1', '--json', ...given);
const fixed = ['--regularization', 'maternAdaptKernel:0.3,2.5,1.5,2', '--fix-regularization'];
const one = () => ['--data', at('one.npz')];

/** What is found, without what a clock has told. */
async function found(...given: readonly string[]): Promise<Readonly<Record<string, unknown>>> {
  const { code, err, out } = await fit(...given);
  expect(code, err).toBe(0);
  return { ...jsonOf(out), seconds: 0 };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wtilde-adapt-'));
  const own = { type: 'Isothermal', centre: [0.03, -0.05], axisRatio: 0.8, angle: 30 };
  const light = [{ type: 'Gaussian', centre: [0.05, 0.1], intensity: 1, sigma: 0.25 }];
  await writeFile(at('lens.json'), JSON.stringify({ mass: [{ ...own, einsteinRadius: 1.2 }], light }));
  const mass = [{ ...own, einsteinRadius: { uniform: [1, 1.5] } }];
  await writeFile(at('model.json'), JSON.stringify({ mass }));
  for (const [name, seed] of Object.entries({ one: '1', two: '2' })) {
    const how = ['--visibilities', '300', '--noise', '0.5', '--seed', seed];
    expect((await invoke('simulate', '--lens', at('lens.json'), '--out', at(name), ...sky, ...how)).code).toBe(0);
    expect((await invoke('prepare', '--data', at(name), ...sky, '--out', at(`${name}.npz`))).code).toBe(0);
  }
  await found(...one(), '--regularization', 'gradient:1', '--out', at('first'));
});
afterAll(async () => await rm(folder, { recursive: true }));

test('the folder of a fit is the adapt image of the next, wherever that runs', async () => {
  const next = [...one(), '--regularization', kernel, '--adapt-image'];
  const result = await found(...next, at('first'), '--out', at('second'));
  const parameters = Object(result.parameters);
  expect(Object.keys(parameters)).toEqual([
    'mass.0.einsteinRadius',
    'regularization.scale',
    'regularization.innerCoefficient',
    'regularization.outerCoefficient',
  ]);
  for (const how of [
    ['--workers', '1'],
    ['--executor', 'inline'],
    ['--executor', 'threads:2'],
  ]) {
    expect(await found(...next, at('first/source.npz'), ...how), how.join(' ')).toEqual(result);
  }
  const numbers = ['scale', 'innerCoefficient', 'outerCoefficient'].map(
    (name) => `${name}=${parameters[`regularization.${name}`].value}`,
  );
  const regularization = ['--regularization', `maternAdaptKernel:nu=2.5,${numbers.join(',')}`];
  const lens = ['--lens', at('second/lens.json'), ...mesh, '--adapt-image', at('first')];
  const evidence = await invoke('evidence', ...one(), ...lens, ...regularization, '--json');
  expect(numberIn(jsonOf(evidence.out), 'logEvidence')).toBeCloseTo(numberIn(result, 'logEvidence'), 8);
  // What it has found is a chain that can go on.
  expect((await readNpzFile(at('second/source.npz'))).mapped_reconstructed_image.shape).toEqual([316]);
});

test('a picture of a fit lies as its coordinates say', async () => {
  const argv = ['--lens', at('lens.json'), ...mesh, '--regularization', 'adapt:1,4', '--json', '--adapt-image'];
  const of = async (image: string) =>
    numberIn(jsonOf((await invoke('evidence', ...one(), ...argv, at(image))).out), 'logEvidence');
  const expected = await of('first/source.npz');
  expect(await of('first/lensed_source.fits')).toBeCloseTo(expected, 6);
  // On its head it is another image.
  const { mapped_reconstructed_image: image } = await readNpzFile(at('first/source.npz'));
  await writeNpyFile(at('turned.npy'), real(Float64Array.from(image.data).reverse()));
  expect(Math.abs((await of('turned.npy')) - expected)).toBeGreaterThan(1);
});

test('it belongs to the run that is resumed', async () => {
  const argv = [...one(), ...fixed, '--out', at('run'), '--adapt-image'];
  const whole = await found(...argv, at('first'));
  expect(await found(...argv, at('first/source.npz'), '--resume')).toEqual(whole);
  await writeNpyFile(at('flat.npy'), real(new Float64Array(316).fill(1)), { overwrite: true });
  expectRefused(
    await fit(...argv, at('flat.npy'), '--resume'),
    /another run.*checkpoint adaptImage|checkpoint adaptImage/,
  );
  const kept = JSON.parse(await readFile(at('run/checkpoint.json'), 'utf8'));
  expect(Object.keys(kept.run)).toContain('adaptImage');
  const before = JSON.parse(await readFile(at('first/checkpoint.json'), 'utf8'));
  expect(Object.keys(before.run)).not.toContain('adaptImage');
  expectRefused(await fit(...argv, at('run'), '--force'), /would replace an input/);
});

test('several datasets of one mask follow one image', async () => {
  const both = [...one(), '--data', at('two.npz')];
  const adapted = ['--adapt-image', at('first'), ...fixed];
  const { logEvidence } = await found(...both, ...adapted, '--out', at('joint'));
  const argv = ['--lens', at('joint/lens.json'), ...mesh, ...adapted.slice(0, -1), '--json'];
  const joint = jsonOf((await invoke('evidence', ...both, ...argv)).out);
  expect(numberIn(joint, 'logEvidence')).toBeCloseTo(Number(logEvidence), 6);
  const smaller = ['--mask-radius', '1.8', '--pixel-scale', '0.2', '--shape', '20'];
  await invoke('prepare', '--data', at('two'), ...smaller, '--out', at('small.npz'));
  const other = [...one(), '--data', at('small.npz'), ...adapted];
  expectRefused(await fit(...other), /--adapt-image: .*not on the pixels.*small\.npz.*need one mask/);
});

test('a posterior is sampled with it', async () => {
  const how = ['--live', '50', '--effective-samples', '50', '--json'];
  const argv = [...searched(), ...one(), ...fixed, '--adapt-image', at('first'), ...how];
  const { code, err, out } = await invoke('sample', ...argv);
  expect(code, err).toBe(0);
  const { value, sigma } = Object(jsonOf(out).parameters)['mass.0.einsteinRadius'];
  expect(Math.abs(value - 1.2)).toBeLessThan(5 * sigma);
});

test('what is missing or of no use is told before the work', async () => {
  expectRefused(await fit(...one(), '--regularization', kernel), /regularization maternAdaptKernel.*--adapt-image/);
  const unused = [...one(), '--regularization', 'gradient:1', '--adapt-image', at('first')];
  const strict = await fit(...unused, '--strict');
  expect([strict.code, strict.out]).toEqual([2, '']);
  expect(strict.err).toMatch(/warning: adaptImage: nothing of the model follows.*\n.*UnusedAdaptImage/);
  const nothing = [...one(), '--regularization', kernel, '--adapt-image'];
  expectRefused(await fit(...nothing, at('lens.json')), /lens\.json: .*FITS image/);
  expectRefused(await fit(...nothing, at('one.npz')), /adapt_image or mapped_reconstructed_image/);
  await writeNpyFile(at('dark.npy'), real(new Float64Array(316)));
  expectRefused(await fit(...nothing, at('dark.npy')), /adaptImage: .*a pixel above 0/);
});
