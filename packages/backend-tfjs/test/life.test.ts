import * as tf from '@tensorflow/tfjs-core';
import { real } from '@wtilde/core-types';
import { beforeAll, describe, expect, test } from 'vitest';
import { createTfjsBackend, type TfjsBackend } from '../src/index.js';

const events = ['uncaughtException', 'unhandledRejection', 'newListener'];
const host: NodeJS.EventEmitter = process;
const listeners = () => events.map((event) => host.listeners(event));

// Twelve chunks.
const K = 3000;
const noiseMapReal = real(new Float64Array(K).fill(1));
const uvWavelengths = real(
  Float64Array.from({ length: 2 * K }, (_, i) => (i * 7919) % 100_000),
  [K, 2],
);
const short = (backend: TfjsBackend) =>
  backend.kernels.dataVectorFrom({ mappingMatrix: real([1, 2, 3, 4], [2, 2]), dirtyImage: real([1, 1]) });
const long = (backend: TfjsBackend, onProgress?: () => void) =>
  backend.kernels.wCompactCurvatureInterferometerFrom(
    { gridSize: 4, pixelScale: 0.1, noiseMapReal, uvWavelengths },
    { onProgress },
  );

describe.each(['wasm', 'cpu'] as const)('engine %s, beside an application on the CPU', (engine) => {
  beforeAll(async () => {
    await import('@tensorflow/tfjs-backend-cpu');
    await tf.setBackend('cpu');
  });

  // A rejection that nobody handles fails the file.
  test('disposed of while values are on their way: they arrive', async () => {
    const backend = await createTfjsBackend({ engine });
    const calls = [short(backend), short(backend)];
    // Past the wait for the application's backend, into the fetching of values.
    await Promise.resolve();
    await Promise.resolve();
    backend.dispose?.();
    for (const outcome of await Promise.allSettled(calls)) {
      if (outcome.status === 'fulfilled') expect(outcome.value).toEqual(real([4, 6]));
      else expect(outcome.reason).toMatchObject({ code: 'Disposed' });
    }
    expect(tf.getBackend()).toBe('cpu');
    expect(ours()).toEqual([]);
  });

  test.each(['at once', 'between two chunks'])('disposed of %s: long work ends as Disposed', async (when) => {
    const [backend, other] = [await createTfjsBackend({ engine }), await createTfjsBackend({ engine })];
    const tensors = tf.engine().state.numTensors;
    const right = await long(other);
    const dispose = () => backend.dispose?.();
    const calls = [1, 2, 3].map(() => long(backend, when === 'at once' ? undefined : dispose));
    if (when === 'at once') dispose();
    for (const outcome of await Promise.allSettled(calls)) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'Disposed' } });
    }
    await expect(short(backend)).rejects.toMatchObject({ code: 'Disposed' });
    expect(await long(other)).toEqual(right);
    expect(tf.engine().state.numTensors).toBe(tensors);
    other.dispose?.();
    expect(ours()).toEqual([]);
  });

  test('listeners that the application adds while it is created stay, and no others', async () => {
    const before = listeners();
    const mine = () => {};
    const add = () => process.on('uncaughtException', mine).on('unhandledRejection', mine);
    const creating = [createTfjsBackend({ engine }), createTfjsBackend({ engine })];
    add();
    queueMicrotask(add);
    setTimeout(add);
    const backends = await Promise.all(creating);
    await new Promise((resolve) => setTimeout(resolve));
    const added = [mine, mine, mine];
    expect(listeners()).toEqual([[...before[0], ...added], [...before[1], ...added], before[2]]);
    for (const event of events) for (let i = 0; i < 3; i++) host.removeListener(event, mine);
    for (const backend of backends) backend.dispose?.();
  });

  test('flags of the application stay, with several created at once', async () => {
    const flag = 'WASM_HAS_MULTITHREAD_SUPPORT';
    const before = await tf.env().getAsync(flag);
    tf.env().set(flag, true);
    const backends = await Promise.all([1, 2, 3].map(() => createTfjsBackend({ engine })));
    expect(tf.env().get(flag)).toBe(true);
    tf.env().set(flag, before);
    for (const backend of backends) backend.dispose?.();
  });
});

test('arguments may be changed once a call has returned', async () => {
  const backend = await createTfjsBackend({ engine: 'wasm' });
  const right = await long(backend);
  const [noise, uv] = [real(noiseMapReal.data.slice()), real(uvWavelengths.data.slice(), [K, 2])];
  const args = { gridSize: 4, pixelScale: 0.1, noiseMapReal: noise, uvWavelengths: uv };
  const call = backend.kernels.wCompactCurvatureInterferometerFrom(args);
  const bound = backend.kernels.wCompactCurvatureInterferometerFrom.bind(args);
  noise.data.fill(1e9);
  uv.data.fill(0);
  expect(await call).toEqual(right);
  expect(await bound({})).toEqual(right);
  backend.dispose?.();
});

test.each([{ engine: 'gpu' }, { engin: 'wasm' }, { wasmPaths: 3 }, { patchNodeUtil: 'yes' }, null, 'wasm'])(
  'options %j are refused by name',
  async (options) => {
    const creating: Promise<TfjsBackend> = Reflect.apply(createTfjsBackend, undefined, [options]);
    await expect(creating).rejects.toMatchObject({ code: 'InvalidOption' });
  },
);

function ours(): string[] {
  return tf
    .engine()
    .backendNames()
    .filter((name) => name.startsWith('wtilde-'));
}
