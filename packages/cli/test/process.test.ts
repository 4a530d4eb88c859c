/** The command line as it is run: as a process, built. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundledPaths, readNpzFile } from '@wtilde/data/node';
import { beforeAll, describe, expect, test } from 'vitest';
import { folder } from './datasets.js';
import { expectRefused, type Outcome } from './invoke.js';
import { jsonOf, numberIn } from './json.js';

// Other work may keep the machine busy meanwhile.

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
  [['kernel', 'nope'], /one of mask2dCentresFrom/],
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
