import { createLoopsBackend } from '@wtilde/backend-loops';
import { createReferenceBackend } from '@wtilde/backend-reference';
import { type AsyncBackend, type Backend, defineAsyncBackend, type NdArray, real } from '@wtilde/core-types';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createDispatcher } from '../src/index.js';
import { createWorkerPool, serveBackend } from '../src/worker.js';
import { likeReference } from './support/backends.js';
import { rejectionOf } from './support/errors.js';
import { args, expected } from './support/example.js';
import { makeScene, type Scene } from './support/scene.js';
import { closeAll, newChannel, typesOf } from './support/workers.js';

const { mappingMatrix, dirtyImage } = args;

afterEach(closeAll);

/** A pool of workers with these backends, and what each of them was sent. */
async function poolOf(backends: readonly Backend[]) {
  const channels = backends.map(() => newChannel());
  const sent: unknown[][] = backends.map(() => []);
  const ports = channels.map(({ port1 }, i) => ({
    postMessage(message: unknown, transfer: readonly ArrayBuffer[] = []) {
      sent[i].push(...typesOf([{ message }]));
      port1.postMessage(message, transfer);
    },
    on: port1.on.bind(port1),
    off: port1.off.bind(port1),
  }));
  backends.forEach((backend, i) => {
    serveBackend(backend, channels[i].port2);
  });
  return { pool: await createWorkerPool(ports), sent, channels };
}

function dataVectorOf({ kernels: { dataVectorFrom } }: AsyncBackend) {
  if (dataVectorFrom === undefined) throw new Error('not implemented');
  return dataVectorFrom;
}

/** Backends whose calls end when they are let go, with the number of the worker as their result. */
function waiting(count: number) {
  const held: { readonly worker: number; letGo(): void }[] = [];
  const backends = Array.from({ length: count }, (_, worker) =>
    defineAsyncBackend({
      id: 'waiting',
      precision: 'float64',
      info: { summary: '', deviceMemory: false },
      implementations: {
        dataVectorFrom: {
          methods: {
            only: {
              cost: () => ({ flops: 1, bytes: 0 }),
              async run() {
                await new Promise<void>((letGo) => held.push({ worker, letGo }));
                return real([worker]);
              },
            },
          },
        },
      },
    }),
  );
  const letGo = (worker: number) => {
    for (const each of held) if (each.worker === worker) each.letGo();
  };
  return { backends, held, letGo };
}

const numberIn = ({ data }: NdArray<'real'>) => data[0];

describe('a pool of workers', () => {
  test('is one backend with the facts of its workers', async () => {
    const { pool } = await poolOf([createReferenceBackend(), createReferenceBackend()]);
    expect(pool).toMatchObject({ id: 'reference', precision: 'float64', mode: 'async', contract: 1 });
    expect(pool.info).toMatchObject({ worker: true, workers: 2, deviceMemory: false });
    expect(Object.keys(pool.kernels)).toEqual(Object.keys(createReferenceBackend().kernels));
  });

  test('sends a call to the worker that waits for the fewest answers', async () => {
    const { backends, held, letGo } = waiting(3);
    const { pool } = await poolOf(backends);
    const dataVectorFrom = dataVectorOf(pool);
    const calls = Array.from({ length: 6 }, () => dataVectorFrom(args));
    await expect.poll(() => held.length).toBe(6);
    expect(held.map(({ worker }) => worker).sort()).toEqual([0, 0, 1, 1, 2, 2]);
    letGo(1);
    expect(numberIn(await calls[1])).toBe(1);
    expect(numberIn(await calls[4])).toBe(1);
    const next = [dataVectorFrom(args), dataVectorFrom(args)];
    await expect.poll(() => held.length).toBe(8);
    for (const worker of [0, 1, 2]) letGo(worker);
    expect((await Promise.all(next)).map(numberIn)).toEqual([1, 1]);
    await Promise.all(calls);
  });

  test('spreads what is bound, and leaves it where it was bound', async () => {
    const { backends, held, letGo } = waiting(2);
    const { pool, sent } = await poolOf(backends);
    const bounds = [0, 1, 2, 3].map(() => dataVectorOf(pool).bind({ mappingMatrix }));
    // However busy its worker is.
    const calls = [0, 0, 0, 1, 2, 3].map((which) => bounds[which]({ dirtyImage }));
    await expect.poll(() => held.length).toBe(6);
    letGo(0);
    letGo(1);
    expect((await Promise.all(calls)).map(numberIn)).toEqual([0, 0, 0, 1, 0, 1]);
    for (const bound of bounds) bound.dispose();
    expect(sent.map((types) => types.filter((type) => type === 'bind').length)).toEqual([2, 2]);
    expect(sent.map((types) => types.filter((type) => type === 'release').length)).toEqual([2, 2]);
  });

  test('goes on without a worker that has ended', async () => {
    const { backends, held, letGo } = waiting(2);
    const { pool, channels } = await poolOf(backends);
    const dataVectorFrom = dataVectorOf(pool);
    const bound = dataVectorFrom.bind({ mappingMatrix });
    const lost = [bound({ dirtyImage }), dataVectorFrom(args)];
    await expect.poll(() => held.length).toBe(2);
    channels[0].port2.close();
    await rejectionOf(lost[0], 'BackendUnavailable');
    await rejectionOf(bound({ dirtyImage }), 'BackendUnavailable');
    const calls = [dataVectorFrom(args), dataVectorFrom(args)];
    await expect.poll(() => held.length).toBe(4);
    letGo(1);
    expect((await Promise.all([lost[1], ...calls])).map(numberIn)).toEqual([1, 1, 1]);
    channels[1].port2.close();
    await expect.poll(() => dataVectorFrom(args).then(String, ({ code }) => code)).toBe('BackendUnavailable');
  });

  test('is disposed of as a whole', async () => {
    const { pool, sent } = await poolOf([createReferenceBackend(), createReferenceBackend()]);
    const dataVectorFrom = dataVectorOf(pool);
    const bound = dataVectorFrom.bind({ mappingMatrix });
    const calls = [bound({ dirtyImage }), dataVectorFrom(args)];
    pool.dispose?.();
    for (const call of [...calls, bound({ dirtyImage }), dataVectorFrom(args)]) await rejectionOf(call, 'Disposed');
    await rejectionOf(dataVectorFrom.appraise({ M: 2, S: 2 }), 'Disposed');
    expect(sent.map((types) => types.at(-1))).toEqual(['dispose', 'dispose']);
  });

  test('must have workers, equal ones', async () => {
    await rejectionOf(createWorkerPool([]), 'InvalidOption');
    const reference = createReferenceBackend();
    const without = likeReference({ id: 'reference', without: ['dataVectorFrom'] });
    const rounded = likeReference({ id: 'reference', precision: 'float32' });
    const otherBits = { ...reference, info: { ...reference.info, simd: 'simd128' } };
    for (const other of [without, rounded, otherBits, createLoopsBackend()]) {
      const error = await rejectionOf(poolOf([reference, other]), 'InvalidOption');
      expect(error.expected).toContain('reference, float64');
      expect(error.remedy).toBe('start all of them with one script');
    }
    const { port1 } = newChannel();
    const silent = createWorkerPool([port1], { timeout: 5 });
    await rejectionOf(silent, 'BackendUnavailable');
  });
});

describe('the bits of one worker', () => {
  let scene: Scene;
  beforeAll(() => {
    scene = makeScene(7);
  });

  test('come from any of them', async () => {
    const { pool } = await poolOf([createLoopsBackend(), createLoopsBackend(), createLoopsBackend()]);
    const d = createDispatcher({ backends: [pool] });
    const { kernels } = createLoopsBackend();
    const one = kernels.logLikelihoodFunctionViaWCompactFrom(scene.evidence);
    const calls = Array.from({ length: 7 }, () => d.logLikelihoodFunctionViaWCompactFrom(scene.evidence));
    for (const each of await Promise.all(calls)) expect(each).toBe(one);
    const table = kernels.wCompactCurvatureInterferometerFrom(scene.baselines);
    const tables = [1, 2, 3].map(() => d.wCompactCurvatureInterferometerFrom(scene.baselines));
    for (const each of await Promise.all(tables)) expect(each).toEqual(table);
    expect(await d.dataVectorFrom(args)).toEqual(expected);
  });
});
