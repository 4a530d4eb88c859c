import { createReferenceBackend } from '@wtilde/backend-reference';
import {
  type AccumulatorSpec,
  type Arguments,
  type AsyncBackend,
  createKernelAccumulator,
  kernelNames,
  kernelOf,
  type LooseOptions,
  type SyncBackend,
  type VisibilityAccumulator,
  type VisibilityChunk,
} from '@wtilde/core-types';
import { expect, it } from 'vitest';
import { createMemoryRunner, crossingDatasets, defaultDatasets, equivalenceSuite } from '../src/index.js';
import { createDeviceBackend } from './support/deviceBackend.js';

const datasets = defaultDatasets().filter(({ name }) => /^(tiny|sub-pixels|rim)/.test(name));
const crossing = crossingDatasets().filter(({ symbol }) => symbol === 'K');

/** A good backend that looks at its arguments only after the call has returned. */
function createLateBackend(): AsyncBackend;
function createLateBackend(): object {
  const good = createDeviceBackend();
  const kernels = kernelNames().map((name) => {
    const kernel = kernelOf(good, name);
    const late = async (args: Arguments, options?: LooseOptions) => {
      await undefined;
      return kernel?.(args, options);
    };
    return [name, Object.assign(late, { ...kernel })];
  });
  return { ...good, kernels: Object.fromEntries(kernels) };
}

it('a backend that reads its arguments after it has returned is told so, for every kernel that takes arrays', async () => {
  const runner = createMemoryRunner();
  await equivalenceSuite({ runner, backend: createLateBackend, datasets, crossing });
  const failed = (await runner.run()).filter(({ status }) => status === 'failed');
  const noticed = failed.filter(({ path }) => path.at(-1)?.includes('has taken what it needs'));
  const scalarsOnly = ['mask2dCentresFrom', 'mask2dCircularFrom'];
  expect(noticed.map(({ path }) => path[1].split(' ')[0])).toEqual(
    kernelNames().filter((name) => !scalarsOnly.includes(name)),
  );
  for (const { reason } of noticed) expect(reason).toContain('with its arguments overwritten right after the call');
  // Nothing else disturbs it.
  expect(failed).toHaveLength(noticed.length);
});

/** The reference with an accumulator that adds nothing up before it is asked. */
function createHoardingBackend(): SyncBackend {
  const backend = createReferenceBackend();
  const createAccumulator = (spec: AccumulatorSpec): VisibilityAccumulator => {
    const chunks: VisibilityChunk[] = [];
    const others: VisibilityAccumulator[] = [];
    return {
      add: (chunk) => chunks.push(chunk),
      merge: (other) => others.push(other),
      finish() {
        const good = createKernelAccumulator(backend.kernels, spec);
        for (const chunk of chunks) good.add(chunk);
        for (const other of others) good.merge(other);
        return good.finish();
      },
    };
  };
  return { ...backend, createAccumulator };
}

it('an accumulator that keeps chunks instead of what they hold is told so', async () => {
  const runner = createMemoryRunner();
  const small = datasets.filter(({ name }) => name.startsWith('tiny'));
  await equivalenceSuite({ runner, backend: createHoardingBackend, datasets: small, crossing: [] });
  const failed = (await runner.run()).filter(({ status }) => status === 'failed');
  expect(failed.map(({ path }) => path.slice(1))).toEqual([
    ['accumulators', 'chunks may be overwritten as soon as they are handed over'],
  ]);
});
