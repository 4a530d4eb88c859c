/** The command line as it is run: as a process, built. */
import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundledPaths, readNpz, readNpzFile } from '@wtilde/data/node';
import { beforeAll, describe, expect, test } from 'vitest';
import { folder } from './datasets.js';
import { expectRefused, type Outcome } from './invoke.js';
import { jsonOf, numberIn } from './json.js';

const bin = fileURLToPath(new URL('../bin/wtilde.js', import.meta.url));

function spawned(...argv: readonly string[]): Outcome {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...argv], { cwd: folder, encoding: 'utf8' });
  return { code: status ?? -1, out: stdout, err: stderr };
}

beforeAll(() => {
  copyFileSync(bundledPaths().inputs, join(folder, 'dataset.npz'));
});

test('exit codes and streams: fine', () => {
  const { code, out, err } = spawned('likelihood', '--inputs', 'dataset.npz', '--json');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(numberIn(jsonOf(out), 'spread')).toBeLessThan(1e-6);
});

test.each([
  [['likelihood', '--inputs', 'absent.npz'], /absent\.npz: the file cannot be read/],
  [['kernel', 'nope'], /one of 42, in either spelling/],
  [['likelihood', '--backend', 'nope'], /one of reference, loops/],
  [['nonsense'], /unknown command/],
])('exit codes and streams: %j', (argv, pattern) => {
  expectRefused(spawned(...argv), pattern);
});

test.skipIf(process.platform === 'win32')('a reader that stops reading is no error', () => {
  const command = `"${process.execPath}" "${bin}" kernel --help | head -n 1; echo "\${PIPESTATUS[0]}"`;
  const { stdout, stderr } = spawnSync('bash', ['-c', command], { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(stdout).toMatch(/^Usage: wtilde kernel.*\n0\n$/);
});

describe.skipIf(process.platform !== 'linux')('streams and signals', () => {
  const shell = (command: string) =>
    spawnSync('bash', ['-c', `wtilde() { "${process.execPath}" "${bin}" "$@"; }; ${command}`], {
      cwd: folder,
      maxBuffer: 2 ** 26,
    });

  test('a full stdout is an error of its own', () => {
    const { status, stderr } = shell('wtilde kernel --help > /dev/full');
    expect(String(stderr)).toMatch(/^wtilde: stdout: .*ENOSPC.*\n$/);
    expect(status).toBe(2);
  });

  test('archives come from stdin, and go to stdout with the report beside', async () => {
    const kernel = 'wtilde kernel mapping_matrix_from --inputs /dev/stdin --out /dev/stdout';
    const { status, stdout, stderr } = shell(`cat dataset.npz | ${kernel}`);
    expect(status).toBe(0);
    expect(Object.keys(readNpz(stdout))).toEqual(['out.mapping_matrix_from']);
    expect(String(stderr)).toMatch(/mapping_matrix_from.*on loops/);
    const file = shell(
      `wtilde kernel mapping_matrix_from --inputs <(cat dataset.npz) --out /dev/stdout > redirected.npz`,
    );
    expect(file.status).toBe(0);
    expect(Object.keys(await readNpzFile(join(folder, 'redirected.npz')))).toEqual(['out.mapping_matrix_from']);
  });

  test('a signal ends the process, and leaves nothing half written', async () => {
    const out = join(folder, 'stopped');
    writeFileSync(
      join(folder, 'sky.json'),
      '{"mass":[{"type":"IsothermalSph","einsteinRadius":1}],"light":[{"type":"Gaussian","intensity":1,"sigma":0.2}]}',
    );
    mkdirSync(out);
    writeFileSync(join(out, 'noise_map.fits'), 'precious');
    // Nobody reads from it: the writer waits, with the other two files written beside their targets.
    spawnSync('sh', ['-c', 'mkfifo "$0"', join(out, 'data.fits')]);
    const pixels = ['--mask-radius', '1', '--pixel-scale', '0.2', '--shape', '12', '--force'];
    const child = spawn(process.execPath, [bin, 'simulate', '--lens', 'sky.json', '--out', out, ...pixels], {
      cwd: folder,
    });
    const ended = new Promise((done) => child.on('exit', (_, signal) => done(signal)));
    const partial = () => readdirSync(out).filter((name) => name.endsWith('.partial'));
    await expect.poll(() => partial().length).toBe(2);
    child.kill('SIGTERM');
    expect(await ended).toBe('SIGTERM');
    expect(readdirSync(out).sort()).toEqual(['data.fits', 'noise_map.fits']);
    expect(readFileSync(join(out, 'noise_map.fits'), 'utf8')).toBe('precious');
  });
});

describe('the README', () => {
  const text = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const [, example = ''] = /```sh\n([^`]*)```/.exec(text) ?? [];
  const commands = example.trim().split('\n');
  const [, lens = ''] = /```json\n([^`]*)```/.exec(text) ?? [];

  beforeAll(() => writeFileSync(join(folder, 'lens.json'), lens));

  test.each(commands)('%s', (command) => {
    const [npx, name, ...argv] = command.split(' ');
    expect([npx, name]).toEqual(['npx', 'wtilde']);
    const { code, err } = spawned(...argv);
    // Dawn says by itself, from native code, where it finds no Vulkan.
    const said = err.replace(/^Warning: Couldn't load Vulkan.*\n.*\n\n?/m, '');
    expect(said).toMatch(/^$|^wtilde: wrote w-compact\.npz\n$/);
    expect(code).toBe(0);
  });

  test('its example leaves the file that it names', async () => {
    expect(existsSync(join(folder, 'w-compact.npz'))).toBe(true);
    const fields = await readNpzFile(join(folder, 'w-compact.npz'));
    expect(Object.keys(fields)).toEqual(['out.w_compact_curvature_interferometer_from']);
  });
});
