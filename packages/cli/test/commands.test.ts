import { readdirSync } from 'node:fs';
import { Option } from 'commander';
import { expect, test } from 'vitest';
import { createProgram } from '../src/program.js';
import { Capture, invoke } from './invoke.js';

const folder = new URL('../src/commands/', import.meta.url);
const names = readdirSync(folder);
const { commands } = createProgram({ stdout: new Capture(), stderr: new Capture() }, () => {});

test('every folder of commands/ is a command with options, what it does, and texts', () => {
  expect(commands.map((command) => command.name()).sort()).toEqual(names);
  for (const name of names) {
    expect(readdirSync(new URL(`${name}/`, folder)), name).toEqual(
      expect.arrayContaining(['options.ts', 'run.ts', 'text.ts']),
    );
  }
});

test.each(names)('%s names the values of its options as the options are named', async (name) => {
  const module: Readonly<Record<string, { options: Readonly<Record<string, { flags: string }>> }>> = await import(
    `../src/commands/${name}/options.ts`
  );
  for (const [key, { flags }] of Object.entries(module[name].options)) {
    expect(new Option(flags).attributeName()).toBe(key);
  }
});

test.each(names)('the help of %s fits an ordinary terminal, says what it is and has an example', async (name) => {
  const { code, out, err } = await invoke(name, '--help');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  for (const line of out.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
  expect(out).toContain(`$ wtilde ${name}`);
  // Lines are broken once: none but the last of a paragraph is short.
  const paragraphs = out.split(/\n\s*\n/).filter((text) => !/^ |:\n|^(Usage|Options)/m.test(text));
  for (const paragraph of paragraphs) {
    const lines = paragraph.trim().split('\n');
    for (const line of lines.slice(0, -1)) expect(line.length, paragraph).toBeGreaterThan(50);
  }
});
