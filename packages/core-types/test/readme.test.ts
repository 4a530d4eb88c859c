import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as coreTypes from '../src/index.js';

test('the example of the README runs and prints what it says', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const [, example = ''] = /```ts\n([\s\S]*?)```/.exec(readme) ?? [];
  const body = example.replace(/import (\{.*\}) from '@wtilde\/core-types';/, 'const $1 = coreTypes;');
  const printed: unknown[] = [];
  new Function('coreTypes', 'console', body)(coreTypes, { log: (value: unknown) => printed.push(value) });
  expect(printed).toEqual([Float64Array.of(5, 2), 'D = T^t dirtyImage']);
});
