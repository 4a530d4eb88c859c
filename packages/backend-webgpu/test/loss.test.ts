import { createReferenceBackend } from '@wtilde/backend-reference';
import { real } from '@wtilde/core-types';
import { createDispatcher } from '@wtilde/dispatch';
import { expect, it } from 'vitest';
import { create } from 'webgpu';
import { createWebgpuBackend } from '../src/index.js';
import { onDevice } from './onDevice.js';

const K = 140_000;
const args = {
  gridSize: 4,
  pixelScale: 0.1,
  noiseMapReal: real(new Float64Array(K).fill(2)),
  uvWavelengths: real(new Float64Array(2 * K).fill(1e5), [K, 2]),
};

await onDevice(() => {
  it('a device that is lost rejects what is under way, and refuses what comes later', async () => {
    const gpu = create([]);
    const device = await (await gpu.requestAdapter())?.requestDevice();
    if (device === undefined) throw new Error('no device');
    const told: string[] = [];
    const backend = await createWebgpuBackend({ gpu, device, onDeviceLost: ({ code }) => told.push(code) });
    const kernel = backend.kernels.wCompactCurvatureInterferometerFrom;
    const kept = await kernel({ ...args, gridSize: 1 }, { keep: 'device' });
    const pending = [kernel(args, { onProgress: () => device.destroy() }), kernel(args)];
    for (const { status, ...rest } of await Promise.allSettled(pending)) {
      expect(status).toBe('rejected');
      expect(rest).toMatchObject({ reason: { code: 'DeviceLost' } });
    }
    expect(told).toEqual(['DeviceLost']);
    await expect(kernel(args)).rejects.toMatchObject({ code: 'MethodRefused', message: /lost.*create a new backend/ });
    if ('toHost' in kept) await expect(kept.toHost()).rejects.toMatchObject({ code: 'DeviceLost' });
    const again = await createWebgpuBackend();
    const { data } = await again.kernels.wCompactCurvatureInterferometerFrom(args);
    expect(data[3]).toBe(K / 4);
    again.dispose?.();
  });

  it('a dispatcher falls back once the device is lost', async () => {
    const gpu = create([]);
    const device = await (await gpu.requestAdapter())?.requestDevice();
    if (device === undefined) throw new Error('no device');
    const backend = await createWebgpuBackend({ gpu, device });
    const dispatcher = createDispatcher({ backends: [backend, createReferenceBackend()], fallback: ['reference'] });
    const given = { ...args, noiseMapReal: real([2]), uvWavelengths: real([1e5, 1e5], [1, 2]) };
    const ranOn = async () => {
      const { record } = await dispatcher.runByName('wCompactCurvatureInterferometerFrom', given);
      return record.ran === 'whole' ? record.backend : 'several';
    };
    expect(await ranOn()).toBe('webgpu');
    device.destroy();
    await device.lost;
    expect(await ranOn()).toBe('reference');
  });

  it('a signal stops the work between two chunks', async () => {
    const backend = await createWebgpuBackend();
    const signal = { aborted: false };
    const chunks: number[] = [];
    const onProgress = (done: number) => {
      chunks.push(done);
      signal.aborted = true;
    };
    const call = backend.kernels.wCompactCurvatureInterferometerFrom(args, { signal, onProgress });
    await expect(call).rejects.toMatchObject({ code: 'Aborted' });
    expect(chunks).toHaveLength(1);
    backend.dispose?.();
  });

  it('a device of the caller is left alone', async () => {
    const gpu = create([]);
    const device = await (await gpu.requestAdapter())?.requestDevice();
    if (device === undefined) throw new Error('no device');
    (await createWebgpuBackend({ gpu, device })).dispose?.();
    const backend = await createWebgpuBackend({ gpu, device });
    const { data } = await backend.kernels.wCompactCurvatureInterferometerFrom(args);
    expect(data[3]).toBe(K / 4);
    backend.dispose?.();
    device.destroy();
  });
});

it('the null adapter is no adapter', async () => {
  const gpu = create(['backend=null']);
  await expect(createWebgpuBackend({ gpu })).rejects.toMatchObject({
    code: 'BackendUnavailable',
    remedy: expect.stringContaining('Vulkan driver'),
  });
});
