import { readFileSync } from 'node:fs';
import { allKernels } from '@wtilde/core-types';
import { expect, test } from 'vitest';
import { groups } from '../src/options/groups.js';
import { createProgram } from '../src/program.js';
import { Capture, invoke } from './invoke.js';

test.each([[['--help']], [['help']]])('wtilde %j lists the commands, examples and exit codes', async (argv) => {
  const { code, out, err } = await invoke(...argv);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  for (const word of ['likelihood', 'kernel', 'backends', 'diff', 'Examples:', 'Exit codes:'])
    expect(out).toContain(word);
});

test.each([
  ['likelihood', ['--inputs', '--backend', '--json', 'native_index_for_slim_index', '"logEvidence"']],
  ['kernel', ['--inputs', '--backend', '--method', '--tolerance', '--out', '--repeat', '"median_ms"']],
  ['backends', ['--json']],
  ['diff', ['[a]', '[b]']],
])('%s --help has examples', async (command, words) => {
  const { code, out } = await invoke(command, '--help');
  expect(code).toBe(0);
  for (const word of ['Examples:', `$ wtilde ${command}`, ...words]) expect(out).toContain(word);
});

test('kernel --help lists every kernel in both spellings', async () => {
  const { out } = await invoke('kernel', '--help');
  for (const { name, upstream } of allKernels()) expect(out).toContain(`  ${upstream}\n      ${name}\n`);
});

test('no line of help is wider than a terminal', async () => {
  for (const argv of [['--help'], ['likelihood', '-h'], ['kernel', '-h'], ['backends', '-h'], ['diff', '-h']]) {
    const lines = (await invoke(...argv)).out.split('\n');
    for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(100);
  }
});

test('many options stand in groups, which name none that is not there', async () => {
  const { commands } = createProgram({ stdout: new Capture(), stderr: new Capture() }, () => {});
  const known = new Set(commands.flatMap(({ options }) => options.map(({ long }) => long)));
  for (const option of Object.values(groups).flat()) expect(known).toContain(option);
  const { out } = await invoke('evidence', '--help');
  const at = ['Data and model:', '--lens', 'Pixels of the sky:', '--mask-radius', 'What comes out:'].map((word) =>
    out.indexOf(word),
  );
  expect(at).toEqual(at.toSorted((a, b) => a - b));
  expect((await invoke('doctor', '--help')).out).not.toContain('What comes out:');
});

test('--version is that of the package', async () => {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  expect(manifest).toMatchObject({ version: (await invoke('--version')).out.trim() });
});
