/** Commands whose work is shared: by threads and arrays. Through a server it is tested in packages/executor. */
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { complex, real } from '@wtilde/core-types';
import { createRandom } from '@wtilde/data';
import { writeVisibilityFiles } from '@wtilde/data/node';
import { createExecutor } from '@wtilde/executor';
import { preparedFields } from '@wtilde/lens';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { summedBy } from '../src/executing/summed.js';
import { lensingBackends } from '../src/lensing/backends.js';
import { tasks } from '../src/tasks/index.js';
import { expectRefused, invoke, invokeWith } from './invoke.js';
import { jsonOf } from './json.js';

const folder = mkdtempSync(join(tmpdir(), 'wtilde-cli-executor-'));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string) => join(folder, name);
const sky = ['--mask-radius', '2', '--pixel-scale', '0.2', '--shape', '24'];
/** Three leaves, the last not full: eight chunks of 131072 are one. */
const count = 2 ** 21 + 100_000;

async function visibilities(name: string, size: number, unequal = false): Promise<void> {
  const random = createRandom(name);
  const numbers = (scale: number) => Float64Array.from({ length: 2 * size }, () => scale * (random.uniform() - 0.5));
  const noise = Float64Array.from({ length: 2 * size }, (_, lane) => (unequal && lane % 20 === 1 ? 0.52 : 0.5));
  const files = { data: 'data.fits', noiseMap: 'noise_map.fits', uvWavelengths: 'uv_wavelengths.fits' };
  const paths = Object.fromEntries(Object.entries(files).map(([key, file]) => [key, at(`${name}/${file}`)]));
  const { data = '', noiseMap = '', uvWavelengths = '' } = paths;
  await writeVisibilityFiles(
    { data, noiseMap, uvWavelengths },
    { data: complex(numbers(2)), noiseMap: complex(noise), uvWavelengths: real(numbers(2e5), [size, 2]) },
    { makeFolder: true },
  );
}

const prepare = (out: string, ...more: readonly string[]) =>
  invoke('prepare', '--data', at('large'), ...sky, '--out', at(out), ...more);

beforeAll(async () => {
  await visibilities('large', count);
  await visibilities('small', 1000, true);
  await visibilities('second', 700);
});

describe('prepare', () => {
  test('the same file, bit for bit, in one process, in threads, in parts', async () => {
    expect((await prepare('one.npz')).code).toBe(0);
    const one = await readFile(at('one.npz'));
    for (const how of ['inline', 'threads:1', 'threads:3']) {
      expect((await prepare(`${how}.npz`, '--executor', how)).err).toBe('');
      expect(one.equals(await readFile(at(`${how}.npz`)))).toBe(true);
    }
    const part = (index: string) =>
      invokeWith(
        { WTILDE_ARRAY_INDEX: index, WTILDE_ARRAY_COUNT: '2' },
        ...['prepare', '--data', at('large'), ...sky, '--out', at('parts.npz'), '--executor', `array:${at('parts')}`],
      );
    expect((await part('1')).out).toMatch(/this part is done; .*parts.npz comes with the last step/);
    expectRefused(await prepare('parts.npz', '--executor', `array:${at('parts')}`), /job 0, 2\); run the parts again/);
    await part('0');
    expect((await prepare('parts.npz', '--executor', `array:${at('parts')}`)).code).toBe(0);
    expect(one.equals(await readFile(at('parts.npz')))).toBe(true);
  });

  test('several folders, of which chunks are counted on, and noise that is made equal', async () => {
    const given = ['prepare', '--data', at('small'), '--data', at('second'), ...sky, '--noise', 'rms'];
    const one = await invoke(...given, '--out', at('joint.npz'));
    const two = await invoke(...given, '--out', at('shared.npz'), '--executor', 'threads:2');
    expect(one.err).toMatch(/one noise for both parts of 100 of 1700 visibilities, changed by up to/);
    expect(two.err).toBe(one.err);
    expect((await readFile(at('joint.npz'))).equals(await readFile(at('shared.npz')))).toBe(true);
    const refused = await invoke(
      'prepare',
      '--data',
      at('small'),
      ...sky,
      '--out',
      at('x.npz'),
      '--executor',
      'threads:2',
    );
    expectRefused(refused, /real and imaginary.*--noise rms/);
  });

  test('many parts of many small chunks: any number of workers', async () => {
    const { backends, dispose } = await lensingBackends('loops');
    const options = { maskRadius: 2, pixelScale: 0.2, shape: [24, 24], noise: 'rms' } as const;
    const results = [];
    for (const how of ['inline', 'threads:1', 'threads:3']) {
      const executor = await createExecutor(how, { tasks, version: 'test' });
      const folders = [at('small'), at('second')];
      const done = await summedBy(executor, folders, options, backends[0], { step: () => () => {}, stop() {} }, 10);
      if (done !== undefined) results.push(preparedFields(done.prepared));
      await executor.close();
    }
    dispose();
    expect(results).toHaveLength(3);
    expect(results[1]).toEqual(results[0]);
    expect(results[2]).toEqual(results[0]);
  });

  test('files that a worker sees differently are refused', async () => {
    const { open } = await import('../src/tasks/sums.js');
    const settings = { folders: [at('small')], fingerprint: 'other', chunkSize: 10, backend: { id: 'loops' } };
    const { maskFields } = await import('../src/tasks/sums.js');
    const { circularMask } = await import('@wtilde/lens');
    const mask = circularMask({ shapeNative: [24, 24], pixelScale: 0.2, radius: 2 });
    const work = { task: 'sums', dataset: maskFields(mask), settings: JSON.stringify(settings) };
    await expect(open(work)).rejects.toMatchObject({ code: 'InvalidContract' });
    const moved = { ...settings, folders: [at('nowhere')] };
    await expect(open({ ...work, settings: JSON.stringify(moved) })).rejects.toMatchObject({ code: 'FileUnreadable' });
  });

  test('a way that there is not', async () => {
    expectRefused(await prepare('x.npz', '--executor', 'slurm'), /no such way to run work.*threads:N/);
    expectRefused(await prepare('x.npz', '--executor', 'bullmq:redis://127.0.0.1:1'), /no server answers/);
  });
});

describe('fit', () => {
  test('the same fit, bit for bit', async () => {
    const mass = { type: 'Isothermal', centre: [0.03, -0.05], axisRatio: 0.8, angle: 30 };
    await writeFile(
      at('lens.json'),
      JSON.stringify({
        mass: [{ ...mass, einsteinRadius: 1.2 }],
        light: [{ type: 'Gaussian', intensity: 1, sigma: 0.25 }],
      }),
    );
    await writeFile(at('model.json'), JSON.stringify({ mass: [{ ...mass, einsteinRadius: { uniform: [1, 1.5] } }] }));
    const simulated = [
      '--lens',
      at('lens.json'),
      '--out',
      at('seen'),
      ...sky,
      '--visibilities',
      '300',
      '--noise',
      '0.5',
    ];
    expect((await invoke('simulate', ...simulated)).code).toBe(0);
    const fit = async (...more: readonly string[]) => {
      const model = ['--model', at('model.json'), '--mesh', 'overlay:10x10', '--regularization', 'gradient:3'];
      const { out, err } = await invoke(
        'fit',
        '--data',
        at('seen'),
        ...sky,
        ...model,
        '--starts',
        '2',
        '--json',
        ...more,
      );
      expect(err).toBe('');
      const { seconds, ...rest } = jsonOf(out);
      expect(seconds).toBeGreaterThan(0);
      return rest;
    };
    const alone = await fit();
    expect(await fit('--executor', 'inline')).toEqual(alone);
    expect(await fit('--executor', 'threads:2')).toEqual(alone);
    const model = ['--model', at('model.json'), '--mesh', 'overlay:10x10', '--regularization', 'gradient:3'];
    const refused = await invoke('fit', '--data', at('seen'), ...sky, ...model, '--executor', `array:${folder}`);
    expectRefused(refused, /a search cannot be made in parts/);
  });
});

test('where nobody installed the package, that is said', async () => {
  const { loadExecutor } = await import('../src/executing/executor.js');
  const absent = new Error("Cannot find package '@wtilde/executor' imported from here");
  await expect(loadExecutor(() => Promise.reject(absent))).rejects.toThrow(
    /npm install @wtilde\/executor beside wtilde/,
  );
  const other = new Error("Cannot find package 'bullmq'");
  await expect(loadExecutor(() => Promise.reject(other))).rejects.toBe(other);
});

test('points and what comes of them travel without loss', async () => {
  const { bytesOfPoints, evaluationsOf, bytesOfEvaluations, pointsOf } = await import('../src/tasks/points.js');
  const job = { points: [Float64Array.of(1, -0), Float64Array.of(Number.MIN_VALUE, 3)], gradient: true, ease: 1e6 };
  expect(pointsOf(bytesOfPoints(job))).toEqual(job);
  const evaluations = [
    { logLikelihood: -1.25, gradient: Float64Array.of(-0, 2) },
    { logLikelihood: Number.NEGATIVE_INFINITY, failure: 'the mesh collapses' },
  ];
  expect(evaluationsOf(bytesOfEvaluations(evaluations))).toEqual(evaluations);
});

describe('worker', () => {
  test('a server that is none, or does not answer', async () => {
    expectRefused(await invoke('worker', '--connect', 'localhost:6379'), /no address of a server.*redis:\/\/localhost/);
    expectRefused(await invoke('worker', '--connect', 'redis://127.0.0.1:1'), /no server answers.*start one/);
    expectRefused(await invoke('worker'), /--connect/);
  });

  test('health and metrics', async () => {
    const { serveHealth } = await import('../src/commands/worker/health.js');
    const counts = { done: 3, failed: 1, running: 2 };
    const health = await serveHealth(0, () => counts);
    const page = async (path: string) => await (await fetch(`http://127.0.0.1:${health.port}${path}`)).text();
    expect(await page('/health')).toBe('ok\n');
    expect(await page('/metrics')).toMatch(
      /wtilde_jobs_done_total 3\n(?:.*\n)*wtilde_jobs_failed_total 1\n(?:.*\n)*.*jobs_running 2\n/,
    );
    expect(await page('/')).toBe('no such page\n');
    await expect(serveHealth(health.port, () => counts)).rejects.toMatchObject({ code: 'InvalidOption' });
    await health.close();
  });
});
