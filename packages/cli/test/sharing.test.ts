/** The same bytes from one process, from threads, and through a server where there is one. */
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { complex, real } from '@wtilde/core-types';
import { createRandom, writeUvfits } from '@wtilde/data';
import { createExecutor, createWorker } from '@wtilde/executor';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { executorVersion } from '../src/executing/executor.js';
import { withObserved } from '../src/executing/observed.js';
import { run } from '../src/index.js';
import { tasks } from '../src/tasks/index.js';
import { Capture, expectRefused, invoke } from './invoke.js';
import { jsonOf } from './json.js';
import { onServer } from './onServer.js';

const folder = mkdtempSync(join(tmpdir(), 'wtilde-cli-sharing-'));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string) => join(folder, name);
const sky = ['--mask-radius', '2', '--pixel-scale', '0.2', '--shape', '24'];
const mass = { type: 'Isothermal', centre: [0.03, -0.05], axisRatio: 0.8, angle: 30 };
const model = ['--mesh', 'overlay:10x10', '--regularization', 'gradient:3'];

/** Six baselines that take turns, ten seconds apart. */
function observation(): Uint8Array {
  const count = 1200;
  const random = createRandom('observation');
  const numbers = (scale: number) => Float64Array.from({ length: 2 * count }, () => scale * (random.uniform() - 0.5));
  const pairs = [1, 2, 1, 3, 1, 4, 2, 3, 2, 4, 3, 4];
  const noise = Float64Array.from({ length: 2 * count }, (_, lane) => 0.5 + 0.1 * ((lane >> 1) % 6));
  return writeUvfits(
    { data: complex(numbers(2)), noiseMap: complex(noise), uvWavelengths: real(numbers(2e5), [count, 2]) },
    {
      frequency: 345e9,
      bitpix: -64,
      telescope: 'ALMA',
      object: 'lens',
      antennas: Float64Array.from({ length: 2 * count }, (_, lane) => pairs[lane % 12]),
      times: Float64Array.from({ length: count }, (_, k) => 10 * Math.floor(k / 6)),
      interval: 10,
    },
  );
}

beforeAll(async () => {
  await writeFile(at('seen.uvfits'), observation());
  const lens = { mass: [{ ...mass, einsteinRadius: 1.2 }] };
  const light = [{ type: 'Gaussian', intensity: 1, sigma: 0.25 }];
  await writeFile(at('lens.json'), JSON.stringify({ ...lens, light }));
  await writeFile(at('model.json'), JSON.stringify({ mass: [{ ...mass, einsteinRadius: { uniform: [1, 1.5] } }] }));
  const simulated = ['--visibilities', '300', '--noise', '0.5', '--lens', at('lens.json'), '--out', at('seen')];
  expect((await invoke('simulate', ...sky, ...simulated)).code).toBe(0);
});

const written = ['data.fits', 'noise_map.fits', 'uv_wavelengths.fits', 'manifest.json'];

/** Everything that an import leaves and says. */
async function imported(input: string, ...options: readonly string[]): Promise<readonly unknown[]> {
  const { err, out } = await invoke('import', at(input), '--out', at('imported'), '--force', ...options);
  const files = await Promise.all(
    written.map(async (name) => (await readFile(at(`imported/${name}`))).toString('hex')),
  );
  return [err, out, ...files];
}

/** What comes back for lines of models, of which some are none. */
async function answered(...options: readonly string[]): Promise<readonly string[]> {
  const radii = Array.from({ length: 30 }, (_, i) => 1.1 + i / 150);
  const lines = radii.map((einsteinRadius) => JSON.stringify({ mass: [{ ...mass, einsteinRadius }] }));
  lines.splice(7, 0, 'no JSON', '', JSON.stringify({ mass: [{ type: 'Cube' }] }), lines[3]);
  const [stdout, stderr] = [new Capture(), new Capture()];
  const argv = ['evidence', '--data', at('seen'), ...sky, '--lens', '-', ...model, '--gradient', ...options];
  const code = await run(argv, { stdout, stderr, env: {}, stdin: Readable.from([`${lines.join('\n')}\n`]) });
  expect({ code, err: stderr.text }).toEqual({ code: 0, err: '' });
  return stdout.text.trimEnd().split('\n');
}

/** All that is told of a posterior, to the last digit, without how long it took. */
async function sampled(...options: readonly string[]): Promise<object> {
  const coarse = ['--mesh', 'overlay:5x5', '--regularization', 'gradient:3', '--fix-regularization'];
  const short = ['--live', '40', '--effective-samples', '10', '--json'];
  const given = ['--data', at('seen'), ...sky, '--model', at('model.json'), ...coarse, ...short];
  const { out, err } = await invoke('sample', ...given, ...options);
  expect(err).toBe('');
  const { seconds, ...rest } = jsonOf(out);
  expect(seconds).toBeGreaterThan(0);
  return rest;
}

describe('import', () => {
  test.each([
    ['seen.uvfits'],
    ['seen.uvfits', '--noise', 'differences', '--average-time', '30'],
    ['seen.uvfits', '--noise', 'differences', '--noise-groups', 'baseline', '--json'],
    ['seen'],
  ])('the same four files and the same report: %s %s %s', async (input, ...options) => {
    const alone = await imported(input, ...options);
    expect(alone[0]).toBe('');
    expect(await imported(input, ...options, '--executor', 'inline')).toEqual(alone);
    expect(await imported(input, ...options, '--executor', 'threads:2')).toEqual(alone);
  });

  test('too few neighbours to tell the noise from', async () => {
    const few = ['seen.uvfits', '--times', '0:15'] as const;
    const alone = await imported(...few);
    expect(alone[1]).toMatch(/too few neighbours to tell/);
    expect(await imported(...few, '--executor', 'threads:2')).toEqual(alone);
    const given = ['import', at('seen.uvfits'), '--out', at('few'), '--times', '0:15', '--noise', 'differences'];
    expectRefused(await invoke(...given, '--executor', 'threads:2'), /too few integrations have neighbours/);
  });

  test('not in parts', async () => {
    const parts = await invoke('import', at('seen.uvfits'), '--out', at('none'), '--executor', `array:${folder}`);
    expectRefused(parts, /an import cannot be made in parts that know nothing of each other/);
  });

  test('not of what is no file, such as a pipe', async () => {
    const executor = await createExecutor('inline', { tasks, version: 'test' });
    const visibilities = { count: 0, async *chunks() {} };
    const opened = { format: 'npz', files: [folder], visibilities } as const;
    const refused = withObserved(executor, opened, {}, async () => {});
    await expect(refused).rejects.toThrow(/workers cannot read what is no file/);
  });
});

describe('evidence --lens -', () => {
  test('the same line for every line', async () => {
    const alone = await answered();
    expect(alone).toHaveLength(33);
    expect(alone[9]).toBe(alone[3]);
    expect(alone.filter((line) => 'error' in jsonOf(line))).toHaveLength(2);
    expect(await answered('--executor', 'inline')).toEqual(alone);
    expect(await answered('--executor', 'threads:2')).toEqual(alone);
  });

  test('one evidence is not shared, nor lines in parts', async () => {
    const given = ['evidence', '--data', at('seen'), ...sky, ...model, '--executor'];
    const one = await invoke(...given, 'threads', '--lens', at('lens.json'));
    expectRefused(one, /one evidence cannot be shared.*--lens -/);
    expectRefused(
      await invoke(...given, `array:${folder}`, '--lens', '-'),
      /an answer to every line cannot be made in/,
    );
  });
});

onServer((openServer) => {
  test('through a server: the same import, lines and posterior', async () => {
    const server = await openServer();
    const worker = await createWorker({ url: server.url, threads: 2, tasks, version: executorVersion() });
    const shared = ['--executor', `bullmq:${server.url}`];
    try {
      const options = ['--noise', 'differences'];
      expect(await imported('seen.uvfits', ...options, ...shared)).toEqual(await imported('seen.uvfits', ...options));
      expect(await answered(...shared)).toEqual(await answered());
      const inline = await sampled('--executor', 'inline');
      const before = worker.counts.done;
      expect(await sampled(...shared)).toEqual(inline);
      expect(worker.counts.done).toBeGreaterThan(before);
    } finally {
      await worker.leave(true);
      await server.stop();
    }
  });
});
