import { createReferenceBackend } from '@wtilde/backend-reference';
import { allKernels, kernelOf, type LooseArgs } from '@wtilde/core-types';
import { createOracle, defaultDatasets } from '@wtilde/testkit';
import { afterAll, describe, expect, test } from 'vitest';
import { createTfjsBackend } from '../src/index.js';

const backend = await createTfjsBackend({ engine: 'wasm' });
afterAll(() => backend.dispose?.());
const oracle = createOracle(createReferenceBackend());
const [dataset] = defaultDatasets().filter(({ name }) => name === 'sma-like');

/** Numbers that enter linearly or as powers; coordinates have a scale of their own. */
const places = /uv|grid|scale/i;

function scaled(args: LooseArgs, name: string, factor: number): LooseArgs {
  const value = args[name];
  if (typeof value !== 'object' || !('data' in value)) return args;
  return { ...args, [name]: { ...value, data: value.data.map((number) => number * factor) } };
}

describe.each(allKernels().filter(({ name }) => kernelOf(backend, name) !== undefined))('$name', (kernel) => {
  const numbers = Object.entries(kernel.params).filter(
    ([name, param]) => param.kind === 'array' && /real|complex/.test(param.dtype) && !places.test(name),
  );
  test.each(numbers.flatMap(([name]) => [1e-40, 1e40].map((factor) => ({ name, factor }))))(
    '$name times $factor, beyond float32',
    async ({ name, factor }) => {
      const args = scaled(oracle.argumentsOf(dataset, kernel), name, factor);
      const result = await kernelOf(backend, kernel.name)?.(args);
      if (result === undefined) throw new Error('no result');
      const { ok, message } = oracle.judge(kernel, args, oracle.call(kernel.name, args), result, 'float32');
      expect(ok, message).toBe(true);
    },
  );
});
