/** Gains of antennas that are off, from a UVFITS file to an evidence that is averaged over them. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { complex } from '@wtilde/core-types';
import { createRandom, writeUvfits } from '@wtilde/data';
import { readNpzFile, readVisibilityFiles } from '@wtilde/data/node';
import { createDispatcher } from '@wtilde/dispatch';
import { createExecutor } from '@wtilde/executor';
import { circularMask, prepareDataset, preparedFields } from '@wtilde/lens';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { summedBy } from '../src/executing/summed.js';
import { gainErrorsOf } from '../src/lensing/antennaGains.js';
import { lensingBackends } from '../src/lensing/backends.js';
import { openChunks } from '../src/tasks/chunks.js';
import { tasks } from '../src/tasks/index.js';
import { expectRefused, invoke } from './invoke.js';
import { jsonOf, numberIn } from './json.js';

let folder: string;
const at = (name: string) => join(folder, name);
const sky = ['--mask-radius', '2', '--pixel-scale', '0.2', '--shape', '24'];
const model = () => ['--lens', at('lens.json'), '--mesh', 'overlay:12x12', '--regularization', 'gradient:2'];
/** Degrees of antennas 1 to 5, before and after 200 s. */
const random = createRandom('phases');
const phases = Array.from({ length: 12 }, () => 15 * random.normal());

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wtilde-'));
  const mass = [{ type: 'Isothermal', centre: [0.03, -0.05], einsteinRadius: 1.2 }];
  const light = [{ type: 'Gaussian', centre: [0.05, 0.1], intensity: 1, sigma: 0.25 }];
  await writeFile(at('lens.json'), JSON.stringify({ mass }));
  await writeFile(at('sky.json'), JSON.stringify({ mass, light }));
  const how = ['--visibilities', '400', '--noise', '0.5'];
  await invoke('simulate', '--lens', at('sky.json'), '--out', at('truth'), ...sky, ...how);
  const visibilities = await readVisibilityFiles(at('truth'));
  const data = visibilities.data.data.slice();
  const antennas = new Float64Array(800);
  const times = Float64Array.from({ length: 400 }, (_, k) => 10 * Math.floor(k / 10));
  const pairs = [1, 2, 3, 4].flatMap((a) => [2, 3, 4, 5].filter((b) => b > a).map((b) => [a, b] as const));
  for (let k = 0; k < 400; k++) {
    const [a, b] = pairs[k % 10];
    antennas.set([a, b], 2 * k);
    const late = times[k] < 200 ? 0 : 6;
    const angle = ((phases[a + late] - phases[b + late]) * Math.PI) / 180;
    const [re, im] = [data[2 * k], data[2 * k + 1]];
    data[2 * k] = re * Math.cos(angle) - im * Math.sin(angle);
    data[2 * k + 1] = re * Math.sin(angle) + im * Math.cos(angle);
  }
  const observed = { ...visibilities, data: complex(data) };
  const options = { frequency: 345e9, bitpix: -64, antennas, times, interval: 10 } as const;
  await writeFile(at('lens.uvfits'), writeUvfits(observed, options));
  await invoke('import', at('lens.uvfits'), '--out', at('lens'));
});
afterAll(async () => await rm(folder, { recursive: true }));

const gains = ['--antenna-phases', '15:200'];

async function evidence(...argv: readonly string[]) {
  const { code, out, err } = await invoke('evidence', ...argv, ...model(), '--json');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return jsonOf(out);
}

/** Root mean square of what phases are off by, in degrees, but for what all antennas have in common. */
function offBy(found: Readonly<Record<string, unknown>>): number {
  const listed = Array.isArray(found.antennaGains) ? found.antennaGains : [];
  expect(listed).toHaveLength(10);
  const start = Math.min(...listed.map((each) => numberIn(each, 'start')));
  const off = [0, 6].map((late) =>
    listed
      .filter((each) => (numberIn(each, 'start') - start > 100 ? 6 : 0) === late)
      .map((each) => numberIn(each, 'phase') - phases[numberIn(each, 'antenna') + late]),
  );
  const squares = off.flatMap((each) => {
    const mean = each.reduce((sum, value) => sum + value, 0) / each.length;
    return each.map((value) => (value - mean) ** 2);
  });
  return Math.sqrt(squares.reduce((sum, value) => sum + value, 0) / squares.length);
}

test('the evidence of phases that are off, the phases, and both again about what was found', async () => {
  const plain = await evidence('--data', at('lens'), ...sky, '--out', at('plain.npz'));
  expect(plain.antennaGains).toBeUndefined();
  const first = await evidence('--data', at('lens'), ...sky, ...gains, '--out', at('first.npz'));
  expect(numberIn(first, 'logEvidence')).toBeGreaterThan(numberIn(plain, 'logEvidence') + 20);
  const about = ['--antenna-reference', at('first.npz')];
  const second = await evidence('--data', at('lens'), ...sky, ...gains, ...about, '--out', at('second.npz'));
  expect(offBy(second)).toBeLessThan(offBy(first));
  const third = await evidence('--data', at('lens'), ...sky, ...gains, '--antenna-reference', at('second.npz'));
  // Ten phases of 15 degrees, each known to two or so.
  expect(offBy(third)).toBeLessThan(3);
  const archive = await readNpzFile(at('second.npz'));
  expect(archive.antenna_gain_phases.shape).toEqual([10]);

  const prepare = ['prepare', '--data', at('lens'), ...sky, ...gains, '--antenna-reference', at('second.npz')];
  await invoke(...prepare, '--out', at('lens.npz'));
  const prepared = await evidence('--data', at('lens.npz'));
  expect(numberIn(prepared, 'logEvidence')).toBe(numberIn(third, 'logEvidence'));
  const { out } = await invoke('evidence', '--data', at('lens.npz'), ...model());
  expect(out).toMatch(/10 phases, root mean square +\d/);
});

test('amplitudes, and several observations whose antennas are not the same', async () => {
  const amplitudes = ['--antenna-amplitudes', '0.05'];
  const both = ['--data', at('lens'), '--data', at('lens')];
  await invoke('prepare', ...both, ...sky, ...amplitudes, '--antenna-phases', '15', '--out', at('both.npz'));
  const { antennaGains } = await evidence('--data', at('both.npz'));
  expect(antennaGains).toHaveLength(10);
});

test('what cannot be is refused', async () => {
  const data = ['evidence', '--data', at('lens'), ...sky, ...model()];
  expectRefused(await invoke(...data, '--antenna-phases', 'much'), /--antenna-phases/);
  expectRefused(await invoke(...data, '--antenna-phases', '270'), /gainErrors phase/);
  expectRefused(await invoke(...data, '--antenna-reference', at('plain.npz')), /--antenna-phases or/);
  expectRefused(await invoke(...data, '--antenna-phases', '10:60', '--antenna-amplitudes', '0.1:30'), /one interval/);
  const silent = ['evidence', '--data', at('truth'), ...sky, ...model(), ...gains];
  expectRefused(await invoke(...silent), /wtilde import keeps antennas/);
  expectRefused(await invoke('evidence', '--data', at('lens.npz'), ...model(), ...gains), /has been prepared/);
  const shared = ['prepare', '--data', at('truth'), ...sky, ...gains, '--executor', 'inline', '--out', at('no.npz')];
  expectRefused(await invoke(...shared), /wtilde import keeps antennas/);
});

test('sums by antennas are the same, bit for bit, whoever makes them', async () => {
  const reference = ['--antenna-reference', at('second.npz')];
  const both = ['prepare', '--data', at('lens'), '--data', at('lens'), ...sky, ...gains, ...reference];
  await invoke(...both, '--out', at('alone.npz'));
  const shared = await invoke(...both, '--out', at('shared.npz'), '--executor', 'threads:2');
  expect(shared.err).toBe('');
  expect((await readFile(at('alone.npz'))).equals(await readFile(at('shared.npz')))).toBe(true);

  // 80 chunks of an integration each: five leaves for each folder.
  const folders = [at('lens'), at('lens')];
  const options = { maskRadius: 2, pixelScale: 0.2, shape: [24, 24], antennaAmplitudes: [0.05, undefined] } as const;
  const asked = { ...options, antennaPhases: [15, 200], antennaReference: at('second.npz') } as const;
  const { backends, dispose } = await lensingBackends('wasm', 1);
  const dispatcher = createDispatcher({ backends });
  const gainErrors = await gainErrorsOf(asked);
  const { count, chunks } = await openChunks(folders, 10, true);
  const mask = circularMask({ shapeNative: [24, 24], pixelScale: 0.2, radius: 2 });
  const dataset = { chunks: chunks({ from: 0, to: 80 }), expectedVisibilities: count };
  const alone = preparedFields(await prepareDataset(dataset, { mask, dispatcher, gainErrors }));
  expect(alone.gain_antennas.shape).toEqual([40]);
  for (const how of ['inline', 'threads:3']) {
    const executor = await createExecutor(how, { tasks, version: 'test' });
    const done = await summedBy(executor, folders, asked, backends[0], { step: () => () => {}, stop() {} }, 10);
    await executor.close();
    const found = done && preparedFields(done.prepared);
    for (const [name, { data }] of Object.entries(alone)) expect([name, found?.[name].data]).toEqual([name, data]);
  }
  dispose();
});
