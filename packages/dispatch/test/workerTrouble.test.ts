import { getEventListeners } from 'node:events';
import { createReferenceBackend } from '@wtilde/backend-reference';
import { type Backend, defineAsyncBackend, real } from '@wtilde/core-types';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createWorkerBackend, serveBackend } from '../src/worker.js';
import { likeReference, likeReferenceAsync } from './support/backends.js';
import { errorOf, rejectionOf } from './support/errors.js';
import { args, expected } from './support/example.js';
import { closeAll, newChannel, pair, remoteKernel, typesOf } from './support/workers.js';

const { mappingMatrix, dirtyImage } = args;

afterEach(closeAll);

describe('arguments', () => {
  test('may be changed once a call, or a bind, has returned', async () => {
    const { dataVectorFrom } = await remoteKernel(createReferenceBackend());
    const matrix = real(mappingMatrix.data.slice(), mappingMatrix.shape);
    const image = real(dirtyImage.data.slice());
    const call = dataVectorFrom({ mappingMatrix: matrix, dirtyImage: image });
    const bound = dataVectorFrom.bind({ mappingMatrix: matrix });
    const boundCall = bound({ dirtyImage: image });
    matrix.data.fill(Number.NaN);
    image.data.fill(Number.NaN);
    expect(await call).toEqual(expected);
    expect(await boundCall).toEqual(expected);
    // What is bound is not looked at here again.
    expect(await bound({ dirtyImage })).toEqual(expected);
    await rejectionOf(bound({ dirtyImage: image }), 'InvalidValue');
  });

  test('that share memory are copied, too', async () => {
    const { dataVectorFrom } = await remoteKernel(createReferenceBackend());
    const shared = new Float64Array(new SharedArrayBuffer(8 * mappingMatrix.data.length));
    shared.set(mappingMatrix.data);
    const call = dataVectorFrom({ mappingMatrix: { ...mappingMatrix, data: shared }, dirtyImage });
    shared.fill(0);
    expect(await call).toEqual(expected);
  });

  test('that are views are sent without what is around them', async () => {
    const { dataVectorFrom, sent } = await remoteKernel(createReferenceBackend());
    const around = new Float64Array(100_000);
    around.set(dirtyImage.data, 50);
    const view = real(around.subarray(50, 52));
    expect(await dataVectorFrom({ mappingMatrix, dirtyImage: view })).toEqual(expected);
    const bound = dataVectorFrom.bind({ dirtyImage: view });
    expect(await bound({ mappingMatrix })).toEqual(expected);
    expect(around.length).toBe(100_000);
    // Buffers that have moved are empty here; what was cloned would still be whole.
    const left = sent
      .flatMap(({ transfer }) => transfer)
      .map((buffer) => buffer instanceof ArrayBuffer && buffer.byteLength);
    expect(new Set(left)).toEqual(new Set([0]));
    expect(bytesIn(sent.map(({ message }) => message))).toBe(0);
  });

  test('may be instances of classes', async () => {
    const { dataVectorFrom } = await remoteKernel(createReferenceBackend());
    class Matrix {
      readonly dtype = 'real';
      get shape() {
        return mappingMatrix.shape;
      }
      get data() {
        return mappingMatrix.data;
      }
    }
    class Problem {
      get mappingMatrix() {
        return new Matrix();
      }
      get dirtyImage() {
        return { ...dirtyImage, note: () => 'functions cannot be sent' };
      }
    }
    expect(await dataVectorFrom(new Problem())).toEqual(expected);
  });
});

/** Bytes of the arrays in messages. */
function bytesIn(value: unknown): number {
  if (ArrayBuffer.isView(value)) return value.buffer.byteLength;
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce((sum: number, each: unknown) => sum + bytesIn(each), 0);
}

/** Reports progress once, then waits to be told to go on. */
function reporting(goOn: Promise<void>, log: string[] = []): Backend {
  return defineAsyncBackend({
    id: 'reporting',
    precision: 'float64',
    info: { summary: '', deviceMemory: false },
    implementations: {
      dataVectorFrom: {
        methods: {
          only: {
            cost: () => ({ flops: 1, bytes: 0 }),
            async run(_, { options: { onProgress, signal } }) {
              onProgress?.(1, 2);
              await goOn;
              if (signal?.aborted) log.push('told to stop');
              return real([...expected.data]);
            },
          },
        },
      },
    },
  });
}

test('an error of onProgress is the error of the call, which is told to stop', async () => {
  let goOn = () => {};
  const log: string[] = [];
  const { dataVectorFrom, sent } = await remoteKernel(
    reporting(
      new Promise((resolve) => {
        goOn = resolve;
      }),
      log,
    ),
  );
  const oops = new Error('of the application');
  const onProgress = () => {
    throw oops;
  };
  await expect(dataVectorFrom(args, { onProgress })).rejects.toBe(oops);
  expect(typesOf(sent).at(-1)).toBe('abort');
  await new Promise((resolve) => setImmediate(resolve));
  goOn();
  await expect.poll(() => log).toEqual(['told to stop']);
  expect(await dataVectorFrom(args)).toEqual(expected);
});

test('one signal over many calls has one listener, and none after them', async () => {
  const { dataVectorFrom } = await remoteKernel(likeReferenceAsync({ id: 'far' }));
  const { signal } = new AbortController();
  const calls = Array.from({ length: 20 }, () => dataVectorFrom(args, { signal }));
  expect(getEventListeners(signal, 'abort')).toHaveLength(1);
  await Promise.all(calls);
  expect(getEventListeners(signal, 'abort')).toHaveLength(0);
});

test('one signal stops all of its calls', async () => {
  const { dataVectorFrom } = await remoteKernel(likeReferenceAsync({ id: 'far' }));
  const controller = new AbortController();
  const calls = [1, 2, 3].map(() => dataVectorFrom(args, { signal: controller.signal }));
  controller.abort();
  for (const call of calls) await rejectionOf(call, 'Aborted');
  expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
});

test('two backends on one port get their own results', async () => {
  const { port1, port2 } = newChannel();
  serveBackend(createReferenceBackend(), port2);
  const [one, two] = [await createWorkerBackend(port1), await createWorkerBackend(port1)];
  const tenfold = real(dirtyImage.data.map((value) => 10 * value));
  const results = await Promise.all([
    one.kernels.dataVectorFrom?.(args),
    two.kernels.dataVectorFrom?.({ mappingMatrix, dirtyImage: tenfold }),
    one.kernels.dataVectorFrom?.bind({ mappingMatrix })({ dirtyImage }),
    two.kernels.dataVectorFrom?.bind({ dirtyImage: tenfold })({ mappingMatrix }),
  ]);
  const ten = real(expected.data.map((value) => 10 * value));
  expect(results).toEqual([expected, ten, expected, ten]);
});

describe('a worker that does not answer', () => {
  test('is unavailable after a while', async () => {
    const { port1 } = newChannel();
    const error = await rejectionOf(createWorkerBackend(port1, { timeout: 5 }), 'BackendUnavailable');
    expect(error.actual).toBe('nobody has answered within 5 ms');
  });

  describe('as a worker that takes long', () => {
    beforeEach(() => {
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    });
    afterEach(() => {
      vi.useRealTimers();
    });

    test('is waited for once it has said that it is there', async () => {
      const { port1, port2 } = newChannel();
      let serve = (_: Backend) => {};
      serveBackend(
        new Promise((resolve) => {
          serve = resolve;
        }),
        port2,
      );
      let heard = 0;
      port1.on('message', () => heard++);
      const creating = createWorkerBackend(port1);
      while (heard < 2) await new Promise((resolve) => setImmediate(resolve));
      vi.advanceTimersByTime(1e9);
      serve(createReferenceBackend());
      expect((await creating).id).toBe('reference');
    });

    test('or not at all, or for ever', async () => {
      const silent = createWorkerBackend(newChannel().port1);
      const patient = createWorkerBackend(newChannel().port1, { timeout: Number.POSITIVE_INFINITY });
      let settled = false;
      patient.then(
        () => {},
        () => {
          settled = true;
        },
      );
      vi.advanceTimersByTime(60_000);
      await rejectionOf(silent, 'BackendUnavailable');
      vi.advanceTimersByTime(1e12);
      await new Promise((resolve) => setImmediate(resolve));
      expect(settled).toBe(false);
      closeAll();
      await rejectionOf(patient, 'BackendUnavailable');
    });
  });

  test('one that gave up says so to whoever comes later', async () => {
    const { port1, port2 } = newChannel();
    serveBackend(Promise.reject(new Error('no adapter')), port2);
    await expect(createWorkerBackend(port1)).rejects.toThrow('no adapter');
    await expect(createWorkerBackend(port1)).rejects.toThrow('no adapter');
  });
});

describe('messages that make no sense', () => {
  const error = { name: 'Error', message: 'm' };
  const facts = { code: 'Aborted', what: 'w', where: 'x', remedy: 'r' };
  test.each([
    { type: 'failure', id: 'x' },
    { type: 'failure', id: 'x', error: null },
    { type: 'failure', id: 'x', error: { ...error, stack: 5 } },
    { type: 'failure', id: 'x', error: { ...error, facts: { ...facts, remedy: undefined } } },
    { type: 'failure', id: 3, error },
    { type: 'unavailable' },
    { type: 'result', id: 'x' },
    { type: 'result', id: 'x', result: 'text' },
    { type: 'result', id: 'x', result: { dtype: 'real', shape: [1], data: [1] } },
    { type: 'progress', id: 'x' },
    { type: 'ready' },
    { type: 'ready', id: 'x', precision: 'float64', info: { summary: '', deviceMemory: false }, kernels: { a: 5 } },
  ])('%j ends the connection with the reason', async (reply) => {
    const { channel, remote } = await pair(likeReferenceAsync({ id: 'far' }));
    const call = remote.kernels.dataVectorFrom?.(args);
    channel.port2.postMessage({ wtilde: 1, ...reply });
    const { what, actual, remedy } = await rejectionOf(Promise.all([call, delayedForever()]), 'BackendUnavailable');
    expect({ what, actual, remedy }).toEqual({
      what: 'the worker sends what this side does not understand',
      actual: `a malformed message of type "${reply.type}"`,
      remedy: 'use one version of @wtilde/dispatch on both sides',
    });
  });

  test.each([{ type: 'ready' }, { type: 'unavailable' }])('%j instead of a greeting does, too', async (reply) => {
    const { port1, port2 } = newChannel();
    port2.postMessage({ wtilde: 1, ...reply });
    await rejectionOf(createWorkerBackend(port1), 'BackendUnavailable');
  });

  test.each([
    [{ type: 'call', id: 'mine' }, 'InvalidContract'],
    [{ type: 'callBound', id: 'mine', bound: 'b', rest: null, options: {}, progress: false }, 'InvalidContract'],
    [{ type: 'callBound', id: 'mine', bound: 'b', rest: {}, options: {}, progress: false }, 'Disposed'],
    [{ type: 'call', id: 'mine', kernel: '__proto__', args: {}, options: {}, progress: false }, 'UnsupportedKernel'],
    [
      { type: 'call', id: 'mine', kernel: 'dataVectorFrom', args: {}, options: { check: 1 }, progress: false },
      'InvalidOption',
    ],
  ])('%j is answered by the worker: %s', async (request, code) => {
    const { port1, port2 } = newChannel();
    serveBackend(likeReference({ id: 'far' }), port2);
    const replies: unknown[] = [];
    port1.on('message', (message) => replies.push(message));
    for (const stray of [
      null,
      3,
      { wtilde: 1 },
      { wtilde: 1, type: 'call' },
      { wtilde: 1, type: 'release' },
      { wtilde: 1, type: 'of the next version' },
    ]) {
      port1.postMessage(stray);
    }
    port1.postMessage({ wtilde: 1, ...request });
    await expect.poll(() => replies.length).toBe(2);
    expect(replies[1]).toMatchObject({ type: 'failure', id: 'mine', error: { facts: { code } } });
  });
});

test('what is no port is refused by name', async () => {
  for (const port of [null, undefined, {}, 'self']) {
    await rejectionOf(Reflect.apply(createWorkerBackend, undefined, [port]), 'InvalidOption');
    errorOf(() => Reflect.apply(serveBackend, undefined, [createReferenceBackend(), port]), 'InvalidOption');
  }
  const { port1 } = newChannel();
  for (const options of [null, { timeout: '5' }, { timeout: 0 }, { patience: 5 }]) {
    await rejectionOf(Reflect.apply(createWorkerBackend, undefined, [port1, options]), 'InvalidOption');
  }
});

test('a worker whose script does not load: the policy of the page is named as a cause', async () => {
  const port = Object.assign(new EventTarget(), { postMessage: () => {} });
  const creating = createWorkerBackend(port);
  // Of this kind in browsers: no ErrorEvent, no message.
  port.dispatchEvent(new Event('error'));
  expect((await rejectionOf(creating, 'BackendUnavailable')).actual).toMatch(
    /Content Security Policy.*worker-src.*blob:/,
  );
});

function delayedForever(): Promise<never> {
  return new Promise(() => {});
}
