import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWebgpuBackend, type WebgpuBackend } from '../src/index.js';
import { argumentsOf, changed, everyKernel, looseKernel, oracle } from './everyKernel.js';
import { onDevice } from './onDevice.js';

/** Numbers that enter linearly or as powers; coordinates have a scale of their own. */
const places = /uv|grid|scale/i;

await onDevice(() => {
  let backend: WebgpuBackend;
  beforeAll(async () => {
    backend = await createWebgpuBackend();
  });
  afterAll(() => backend.dispose?.());

  describe.each(everyKernel)('$name', (kernel) => {
    const numbers = Object.entries(kernel.params).filter(
      ([name, param]) => param.kind === 'array' && /real|complex/.test(param.dtype) && !places.test(name),
    );
    it.each(numbers.flatMap(([name]) => [1e-40, 1e40].map((factor) => ({ name, factor }))))(
      'holds with $name times $factor, beyond float32',
      async ({ name, factor }) => {
        const args = changed(argumentsOf(kernel), (value, each) => (each === name ? value * factor : value));
        const result = await looseKernel(backend, kernel.name)(args);
        const { ok, message } = oracle.judge(kernel, args, oracle.call(kernel.name, args), result, 'float32');
        expect(ok, message).toBe(true);
      },
    );
  });
});
