import { readFileSync } from 'node:fs';
import * as loops from '@wtilde/backend-loops';
import * as reference from '@wtilde/backend-reference';
import * as coreTypes from '@wtilde/core-types';
import { expect, test } from 'vitest';
import * as dispatch from '../src/index.js';

const packages = {
  '@wtilde/backend-loops': loops,
  '@wtilde/backend-reference': reference,
  '@wtilde/core-types': coreTypes,
  '@wtilde/dispatch': dispatch,
};

test("the app's first lines in the README run and print what they say", async () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const [, example = ''] = /```ts\n([\s\S]*?)```/.exec(readme) ?? [];
  const body = example.replace(/import (\{.*\}) from ('.*');/g, 'const $1 = packages[$2];');
  const told: unknown[] = [];
  const printed: unknown[] = [];
  const console = { warn: (line: unknown) => told.push(line), log: (...values: unknown[]) => printed.push(...values) };
  await new Function('packages', 'console', `return (async () => {${body}})()`)(packages, console);
  expect(printed).toEqual([Float64Array.of(5, 2), Float64Array.of(5, 2), 'loops']);
  expect(told).toEqual([
    expect.stringMatching(
      /^dataVectorFrom: runs on loops \(float64, method \w+\); the default, being the first of the backends$/,
    ),
    expect.stringMatching(/^dataVectorFrom: runs on reference \(float64, method \w+\); asked for in the call$/),
  ]);
});
