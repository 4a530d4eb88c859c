/** Several datasets of one lens. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readNpzFile } from '@wtilde/data/node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectRefused, invoke } from './invoke.js';
import { jsonOf, numberIn } from './json.js';

let folder: string;
const at = (name: string) => join(folder, name);
const sky = ['--mask-radius', '1.8', '--pixel-scale', '0.2', '--shape', '24'];
const model = () => ['--lens', at('lens.json'), '--mesh', 'overlay:12x12'];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wtilde-'));
  const mass = [{ type: 'Isothermal', centre: [0.03, -0.05], einsteinRadius: 1.2 }];
  const light = [{ type: 'Gaussian', centre: [0.05, 0.1], intensity: 1, sigma: 0.25 }];
  await writeFile(at('lens.json'), JSON.stringify({ mass }));
  await writeFile(at('sky.json'), JSON.stringify({ mass, light }));
  for (const seed of ['1', '2']) {
    const how = ['--visibilities', '200', '--noise', '0.5', '--seed', seed];
    await invoke('simulate', '--lens', at('sky.json'), '--out', at(`data-${seed}`), ...sky, ...how);
  }
  await invoke('prepare', '--data', at('data-2'), ...sky, '--out', at('two.npz'));
});
afterAll(async () => await rm(folder, { recursive: true }));

const logEvidence = async (...argv: readonly string[]) => numberIn(jsonOf((await invoke(...argv)).out), 'logEvidence');

test('one lens, a source for each: evidences add', async () => {
  const both = ['evidence', '--data', at('data-1'), '--data', at('data-2'), ...sky, ...model()];
  const { code, out, err } = await invoke(...both, '--json', '--gradient', '--out', at('sources.npz'));
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const one = await logEvidence('evidence', '--data', at('data-1'), ...sky, ...model(), '--json');
  const two = await logEvidence('evidence', '--data', at('two.npz'), ...model(), '--json');
  const found = jsonOf(out);
  expect(numberIn(found, 'logEvidence')).toBe(one + two);
  expect(found.datasets).toMatchObject([{ data: at('data-1'), logEvidence: one }, { logEvidence: two }]);
  expect(Object.keys(Object(found.gradient))).toContain('mass.0.einsteinRadius');
  const fields = await readNpzFile(at('sources.npz'));
  expect(Object.keys(fields)).toContain('1.reconstruction');
  expect(fields['0.reconstruction'].shape).toEqual(fields['1.reconstruction'].shape);
  const text = (await invoke(...both)).out;
  expect(text).toContain('2 datasets, one lens, a source for each');
  expect(text).toContain(`of ${at('data-2')}`);
});

test('several sources go into an archive', async () => {
  const both = ['evidence', '--data', at('two.npz'), '--data', at('two.npz'), ...model()];
  expectRefused(await invoke(...both, '--out', at('folder')), /ends in \.npz/);
});

test('several observations of one source are prepared together', async () => {
  const { out } = await invoke(
    'prepare',
    '--data',
    at('data-1'),
    '--data',
    at('data-2'),
    ...sky,
    '--out',
    at('sum.npz'),
  );
  expect(out).toContain('400 visibilities');
  const sum = await readNpzFile(at('sum.npz'));
  await invoke('prepare', '--data', at('data-1'), ...sky, '--out', at('one.npz'));
  const [one, two] = [await readNpzFile(at('one.npz')), await readNpzFile(at('two.npz'))];
  const largest = Math.max(...one.w_compact.data);
  for (const [i, value] of sum.w_compact.data.entries()) {
    expect((value - one.w_compact.data[i] - two.w_compact.data[i]) / largest).toBeCloseTo(0, 10);
  }
});
