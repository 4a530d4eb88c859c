import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { presets } from '@wtilde/bench';
import { allKernels, isWtildeError } from '@wtilde/core-types';
import { lightKinds, massKinds, parseMesh, parseRegularization, regularizationKinds } from '@wtilde/lens';
import type { Option } from 'commander';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { meshTexts, methodNames, regularizationTexts } from '../src/options/offers.js';
import { createProgram } from '../src/program.js';
import { Capture, expectRefused, invoke } from './invoke.js';

const shells = ['bash', 'zsh', 'fish'] as const;
const { commands } = createProgram({ stdout: new Capture(), stderr: new Capture() }, () => {});
const names = commands.map((command) => command.name());
const backends = ['reference', 'loops', 'wasm', 'tfjs', 'webgpu'];

let folder = '';
const fileOf = (shell: string) => join(folder, `wtilde.${shell}`);
const isThere = (shell: string) => spawnSync(shell, ['-c', 'true']).status === 0;

/** What a script prints; that it fails or complains is a failure of the test. */
function printed(shell: (typeof shells)[number], args: readonly string[]): readonly string[] {
  const { status, stdout, stderr } = spawnSync(shell, args, { cwd: folder, encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout.split('\n').filter((line) => line !== '');
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wtilde-completion-'));
  for (const shell of shells) {
    const { code, out, err } = await invoke('completion', shell);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    writeFileSync(fileOf(shell), out);
  }
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What bash offers behind these words, in a shell that has sourced the script. */
function offered(...words: readonly string[]): readonly string[] {
  const quoted = ['wtilde', ...words].map((word) => `'${word}'`).join(' ');
  const script = `set -eu; source '${fileOf('bash')}'; COMP_WORDS=(${quoted}); COMP_CWORD=${words.length}
    complete -p wtilde >/dev/null; set +e; _wtilde; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return printed('bash', ['-c', script]);
}

test.skipIf(!isThere('bash'))('bash offers every command, and what begins as was typed', () => {
  expect(offered('')).toEqual([...names, 'help', '--help', '--version']);
  expect(offered('li')).toEqual(names.filter((name) => name.startsWith('li')));
  expect(offered('help', 'ev')).toEqual(['evidence']);
});

test.skipIf(!isThere('bash')).each(names)('bash offers every option of %s and no other', (name) => {
  const command = commands.find((known) => known.name() === name);
  const flags = command?.options.flatMap(({ short, long }) => [short, long]).filter((flag) => flag !== undefined) ?? [];
  expect([...offered(name, '-')].sort()).toEqual([...flags, '-h', '--help'].sort());
});

test.skipIf(!isThere('bash'))('bash offers the values of options and operands', () => {
  expect(offered('evidence', '--backend', '')).toEqual(backends);
  expect(offered('evidence', '--json', '-b', 'w')).toEqual(['wasm', 'webgpu']);
  // As readline cuts --backend=lo.
  expect(offered('kernel', '--backend', '=', 'lo')).toEqual(['loops']);
  expect(offered('kernel', '--backend', '=')).toEqual(backends);
  expect(offered('simulate', '--array', '')).toEqual(['sma', 'alma']);
  expect(offered('bench', '--size', '')).toEqual([...presets]);
  expect(offered('evidence', '--pixel-scale', '')).toEqual([]);
  expect(offered('doctor', '')).toEqual([]);
  expect(offered('completion', '')).toEqual([...shells]);
  expect(offered('diff', 'loops', 't')).toEqual(['tfjs']);
  expect(offered('kernel', '')).toEqual(allKernels().flatMap(({ name, upstream }) => [upstream, name]));
  const types = new Set(Object.keys({ ...massKinds, ...lightKinds }));
  expect(new Set(offered('profiles', ''))).toEqual(types);
});

/** Texts that may be anything. */
const open = ['--connect', '--filter', '--host', '--primary-beam', '--source', '--unit'];

/** What a value must be, as the option that refuses another says. */
function expectedBy(option: Option): string | undefined {
  try {
    option.parseArg?.('no such word', undefined);
    return undefined;
  } catch (error) {
    return isWtildeError(error) ? error.expected : undefined;
  }
}

const valued = commands.flatMap((command) =>
  command.options.filter(({ required }) => required).map((option) => ({ command: command.name(), option })),
);

test('options of few words are found by what they refuse', () => {
  const lists = valued.flatMap(({ option }) => expectedBy(option) ?? []).filter((text) => /^\w+( or \w+)*$/.test(text));
  expect(new Set(lists)).toContain('importance or nested or nuts');
  expect(new Set(lists)).toContain('top or bottom');
});

test.skipIf(!isThere('bash')).each([...new Set(valued.map(({ command }) => command))])(
  'bash completes every option of %s whose value is one of some words, or a file',
  (name) => {
    writeFileSync(join(folder, 'a-file'), '');
    for (const { command, option } of valued) {
      const { long } = option;
      if (command !== name || long === null || long === undefined) continue;
      const words = offered(name, long, '');
      const expected = expectedBy(option);
      const isList = expected !== undefined && /^\w+( or \w+)*$/.test(expected);
      if (isList) expect(words, long).toEqual(expected.split(' or '));
      // Read strictly, and no list: a number.
      else if (expected !== undefined || open.includes(long)) expect(words, long).toEqual([]);
      else
        expect(
          words,
          `${long} offers nothing: one of some words has them, a text of any kind stands in the test`,
        ).not.toEqual([]);
    }
  },
);

test('what is offered for meshes, regularizations and methods is understood', async () => {
  for (const text of await meshTexts()) expect(() => parseMesh(text), text).not.toThrow();
  const kinds = (await regularizationTexts()).map((text) => parseRegularization(text).type);
  expect(kinds).toEqual(Object.keys(regularizationKinds));
  expect(await methodNames()).toEqual(expect.arrayContaining(['direct', 'nufft']));
});

test.skipIf(!isThere('bash'))('bash offers files where a command reads or writes them', () => {
  writeFileSync(join(folder, 'lens.json'), '{}');
  for (const words of [['evidence', '--lens'], ['evidence', '--data'], ['simulate', '--out'], ['info']]) {
    expect(offered(...words, 'le'), words.join(' ')).toEqual(['lens.json']);
  }
});

test.skipIf(!isThere('fish'))('fish offers commands, options and values', () => {
  const of = (line: string) => {
    const script = `source ${fileOf('fish')}; complete -C '${line}'`;
    return printed('fish', ['--no-config', '-c', script]).map((each) => each.split('\t')[0]);
  };
  expect(of('wtilde ').sort()).toEqual([...names, 'help'].sort());
  expect(of('wtilde evidence --pi')).toEqual(['--pixel-scale']);
  expect(of('wtilde evidence --backend ').sort()).toEqual([...backends].sort());
  expect(of('wtilde profiles Sersi')).toContain('Sersic');
});

test.skipIf(!isThere('zsh'))('zsh offers commands, options and values', () => {
  // What compsys is told, by functions of its names that print what they are given.
  const told = (...words: readonly string[]) => {
    const quoted = words.map((word) => `'${word}'`).join(' ');
    const script = `compdef() { print -r -- "compdef $*" }; source '${fileOf('zsh')}'
      _arguments() {
        print -rl -- "$@"
        if [[ $1 == -C ]] { state=${words.length < 2 ? 'command' : 'rest'}; return 1 }
      }
      _describe() { print -rl -- \${(P)2} }
      words=(${quoted}); _wtilde`;
    return printed('zsh', ['-f', '-c', script]);
  };
  const first = told('wtilde');
  expect(first).toContain('compdef _wtilde wtilde');
  for (const command of commands) {
    expect(first).toContain(`${command.name()}:${command.summary()}`);
    const rules = told(command.name(), '').join('\n');
    for (const { long, short, description } of command.options) {
      expect(rules).toContain(`${long}[${description.replace(/[[\]\\:]/g, '\\$&')}]`);
      if (short !== undefined) expect(rules).toContain(`${short}[`);
    }
  }
  expect(told('evidence', '').join('\n')).toContain(`:value:(${backends.join(' ')})`);
});

test('another shell is refused with those there are', async () => {
  expectRefused(await invoke('completion', 'bsh'), /one of bash, zsh, fish, got bsh.*did you mean 'bash'/);
  expectRefused(await invoke('completion'), /missing required argument/);
});
