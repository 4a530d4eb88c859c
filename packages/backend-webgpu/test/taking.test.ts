import type { LooseArgs } from '@wtilde/core-types';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWebgpuBackend, type WebgpuBackend } from '../src/index.js';
import { argumentsOf, changed, everyKernel, looseKernel } from './everyKernel.js';
import { onDevice } from './onDevice.js';

/** What a caller does that reuses its arrays. */
function overwrite(args: LooseArgs): void {
  for (const value of Object.values(args)) if (typeof value === 'object' && 'data' in value) value.data.fill(0);
}

const copyOf = (args: LooseArgs) => changed(args, (value) => value);

await onDevice(() => {
  let backend: WebgpuBackend;
  beforeAll(async () => {
    backend = await createWebgpuBackend();
  });
  afterAll(() => backend.dispose?.());

  // Those that read late once, and cheap to compile; the generated suite looks at all.
  const some = [
    'curvatureMatrixViaWTildeFrom',
    'curvatureMatrixViaWTildeSparseMappingMatrixFrom',
    'visibilitiesFrom',
    'wCompactCurvatureInterferometerFrom',
  ];
  describe.each(everyKernel.filter(({ name }) => some.includes(name)))('arguments of $name', (descriptor) => {
    const given = argumentsOf(descriptor);
    const kernel = () => looseKernel(backend, descriptor.name);

    it('may be changed once a call has returned, whatever the method', async () => {
      for (const method of Object.keys(kernel().methods)) {
        const right = await kernel()(given, { method });
        const args = copyOf(given);
        const call = kernel()(args, { method });
        overwrite(args);
        expect(await call, method).toEqual(right);
      }
    });

    it('may be changed once they are bound', async () => {
      const right = await kernel()(given);
      const args = copyOf(given);
      const bound = kernel().bind(args);
      overwrite(args);
      expect(await bound({})).toEqual(right);
      expect(await bound({})).toEqual(right);
      bound.dispose();
    });
  });
});

it.each([
  { memoryBudget: '1e9' },
  { memoryBudget: Number.NaN },
  { budget: 1 },
  { onDeviceLost: true },
  { gpu: null },
  null,
  5,
])('options %j are refused by name', async (options) => {
  const creating: Promise<WebgpuBackend> = Reflect.apply(createWebgpuBackend, undefined, [options]);
  await expect(creating).rejects.toMatchObject({ code: 'InvalidOption' });
});
