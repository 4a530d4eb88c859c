import { Worker } from 'node:worker_threads';
import { createReferenceBackend } from '@wtilde/backend-reference';
import { defineAsyncBackend, index, isWtildeError, type NdArray, real, WtildeError } from '@wtilde/core-types';
import { afterEach, describe, expect, test } from 'vitest';
import { createDispatcher, type DispatchEvent } from '../src/index.js';
import { createWorkerBackend, serveBackend } from '../src/worker.js';
import { isHostArray, likeReference, likeReferenceAsync } from './support/backends.js';
import { errorOf, rejectionOf } from './support/errors.js';
import { args, expected, handleOf } from './support/example.js';
import { closeAll, newChannel, pair, remoteKernel, typesOf } from './support/workers.js';

const { mappingMatrix, dirtyImage } = args;

afterEach(closeAll);

describe('a backend in a worker', () => {
  test('is an asynchronous backend with the same facts', async () => {
    const { remote } = await pair(likeReference({ id: 'far', precision: 'float32' }));
    expect(remote).toMatchObject({ contract: 1, id: 'far', precision: 'float32', mode: 'async' });
    expect(remote.info).toEqual({ summary: 'a double', deviceMemory: false, worker: true });
    expect(remote.kernels.chiSquared0From).toBeUndefined();
    expect(Object.keys(remote.kernels.dataVectorFrom?.methods ?? {})).toEqual(['direct']);
    expect(remote.kernels.dataVectorFrom?.sizesOf(args)).toEqual({ M: 2, S: 2 });
  });

  test('may still be on its way, and may be served late', async () => {
    const promised = await pair(new Promise((resolve) => setTimeout(() => resolve(createReferenceBackend()), 5)));
    expect(promised.remote.id).toBe('reference');
    // A greeting that nobody hears: a worker loses what comes before it listens.
    const channel = newChannel();
    channel.port2.on('message', () => {});
    const late = createWorkerBackend(channel.port1);
    await new Promise((resolve) => setTimeout(resolve, 5));
    serveBackend(createReferenceBackend(), channel.port2);
    expect((await late).id).toBe('reference');
  });

  test('that cannot be created is the error of the page', async () => {
    const error = new WtildeError('BackendUnavailable', { what: 'no adapter', where: 'there', remedy: 'a driver' });
    await expect(pair(Promise.reject(error))).rejects.toMatchObject({ code: 'BackendUnavailable', what: 'no adapter' });
  });

  test('gives the results of the backend: arrays, numbers and records', async () => {
    const { remote } = await pair(createReferenceBackend());
    const { kernels } = createReferenceBackend();
    expect(await remote.kernels.dataVectorFrom?.(args)).toEqual(expected);
    const noise = { noiseMap: { dtype: 'complex', shape: [1], data: Float64Array.of(1, 2) } } as const;
    expect(await remote.kernels.noiseNormalizationComplexFrom?.(noise)).toBe(
      kernels.noiseNormalizationComplexFrom(noise),
    );
    const evidence = {
      curvatureMatrix: real([2, 0, 0, 2], [2, 2]),
      regularizationMatrix: real([1, 0, 0, 1], [2, 2]),
      dataVector: real([1, 2]),
      logDetRegularizationMatrix: 0,
      chiSquared0: 1,
      noiseNormalization: 1,
    };
    expect(await remote.kernels.evidenceTermsFrom?.(evidence)).toEqual(kernels.evidenceTermsFrom(evidence));
  });

  test('moves results, and copies of arguments', async () => {
    const { dataVectorFrom, sent } = await remoteKernel(createReferenceBackend());
    const result = await dataVectorFrom(args);
    expect(sent.map(({ transfer }) => transfer.length).filter((buffers) => buffers > 0)).toEqual([2, 1]);
    expect(result.data.length).toBe(2);
    expect([mappingMatrix.data.length, dirtyImage.data.length]).toEqual([4, 2]);
  });

  test('moves a copy of what is not the result alone', async () => {
    // A backend that hands its argument back, and one that hands out a view of something larger.
    const echo = likeReference({ id: 'echo', run: (given) => arrayOf(given.dirtyImage) });
    const memory = new Float64Array(8);
    const view = likeReference({ id: 'view', run: () => real(memory.subarray(2, 4)) });
    for (const backend of [echo, view]) {
      const { dataVectorFrom, sent } = await remoteKernel(backend);
      const bound = dataVectorFrom.bind({ dirtyImage });
      for (let i = 0; i < 2; i++) {
        for (const { data } of [await bound({ mappingMatrix }), await dataVectorFrom(args)]) {
          expect([data.length, data.buffer.byteLength]).toEqual([2, 16]);
        }
      }
      expect(typesOf(sent)).toContain('result');
    }
    expect(memory.length).toBe(8);
  });

  test('answers calls in flight each with its own result', async () => {
    const { dataVectorFrom } = await remoteKernel(likeReferenceAsync({ id: 'far' }));
    const calls = [1, 2, 3].map((scale) => dataVectorFrom({ mappingMatrix, dirtyImage: real([scale, 0]) }));
    expect((await Promise.all(calls)).map(({ data }) => data[0])).toEqual([1, 2, 3]);
  });

  test('runs the method asked for', async () => {
    const { dataVectorFrom } = await remoteKernel(createReferenceBackend());
    const [method] = Object.keys(dataVectorFrom.methods);
    expect(await dataVectorFrom(args, { method })).toEqual(expected);
    const error = await rejectionOf(dataVectorFrom(args, { method: 'nothing' }), 'UnknownMethod');
    expect(error.expected).toContain(method);
  });

  test('does not notice what else uses its port', async () => {
    const { dataVectorFrom, channel } = await remoteKernel(createReferenceBackend());
    for (const stray of [undefined, null, 'text', 7, { type: 'call' }, { wtilde: 2, type: 'call' }]) {
      channel.port1.postMessage(stray);
      channel.port2.postMessage(stray);
    }
    expect(await dataVectorFrom(args)).toEqual(expected);
  });

  test('speaks to ports with listeners of either kind', async () => {
    const { port1, port2 } = newChannel();
    serveBackend(createReferenceBackend(), port2);
    const remote = await createWorkerBackend(port1);
    expect(await remote.kernels.dataVectorFrom?.(args)).toEqual(expected);
  });
});

describe('errors', () => {
  test('of arguments are found on the page, before anything is sent', async () => {
    const { dataVectorFrom, sent } = await remoteKernel(createReferenceBackend());
    const before = sent.length;
    await rejectionOf(dataVectorFrom({ mappingMatrix, dirtyImage: real([1]) }), 'ShapeMismatch');
    await rejectionOf(dataVectorFrom({ mappingMatrix, dirtyImage: real([1, Number.NaN]) }), 'InvalidValue');
    await rejectionOf(dataVectorFrom(args, { tolerance: 3 }), 'InvalidOption');
    await rejectionOf(dataVectorFrom(args, { signal: { aborted: true } }), 'Aborted');
    const foreign = await rejectionOf(
      dataVectorFrom({ mappingMatrix, dirtyImage: handleOf('gpu', dirtyImage) }),
      'ForeignHandle',
    );
    expect(foreign.expected).toBe('a host array: reference runs in a worker');
    expect(sent.length).toBe(before);
    expect(
      await dataVectorFrom({ mappingMatrix, dirtyImage: real([1, Number.NaN]) }, { check: 'shapes' }),
    ).toBeDefined();
  });

  test('of the kernel arrive with all their facts', async () => {
    const { remote } = await pair(createReferenceBackend());
    const hopeless = { dataVector: real([1]), curvatureRegMatrix: real([-1], [1, 1]) };
    const there = errorOf(
      () => createReferenceBackend().kernels.reconstructionPositiveNegativeFrom(hopeless),
      'NumericalFailure',
    );
    const here = await rejectionOf(
      Promise.resolve(remote.kernels.reconstructionPositiveNegativeFrom?.(hopeless)),
      'NumericalFailure',
    );
    const facts = ({ code, what, where, expected: wanted, actual, remedy, message }: typeof here) => ({
      code,
      what,
      where,
      wanted,
      actual,
      remedy,
      message,
    });
    expect(facts(here)).toEqual(facts(there));
  });

  test('that nobody foresaw keep their name, message and stack', async () => {
    const failing = likeReference({
      id: 'failing',
      run: () => {
        throw new RangeError('out of memory');
      },
    });
    const { dataVectorFrom } = await remoteKernel(failing);
    const error: unknown = await dataVectorFrom(args).catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      name: 'RangeError',
      message: 'out of memory',
      stack: expect.stringContaining('worker.test'),
    });
    expect(isWtildeError(error)).toBe(false);
  });

  test('of sending name the kernel', async () => {
    const port = newChannel();
    serveBackend(createReferenceBackend(), port.port2);
    const full = {
      postMessage(message: unknown) {
        if (typesOf([{ message }])[0] === 'call') throw new Error('out of memory');
        port.port1.postMessage(message);
      },
      on: port.port1.on.bind(port.port1),
      off: port.port1.off.bind(port.port1),
    };
    const remote = await createWorkerBackend(full);
    const error = await rejectionOf(Promise.resolve(remote.kernels.dataVectorFrom?.(args)), 'BackendUnavailable');
    expect(error.message).toContain('dataVectorFrom: the arguments cannot be sent to the worker');
  });
});

describe('bind', () => {
  test('sends what is bound once, and equals the call', async () => {
    const { dataVectorFrom, sent } = await remoteKernel(createReferenceBackend());
    const bound = dataVectorFrom.bind({ mappingMatrix });
    expect(await bound({ dirtyImage })).toEqual(expected);
    expect(await bound({ dirtyImage })).toEqual(expected);
    expect(typesOf(sent)).toEqual(['bind', 'callBound', 'result', 'callBound', 'result']);
    const calls = sent.filter(({ message }) => typesOf([{ message }])[0] === 'callBound');
    expect(calls).toHaveLength(2);
    expect(calls[0].message).not.toHaveProperty('rest.mappingMatrix');
  });

  test('checks what is bound at once, and the rest in every call', async () => {
    const { dataVectorFrom } = await remoteKernel(createReferenceBackend());
    errorOf(() => dataVectorFrom.bind({ mappingMatrix: real([1]) }), 'ShapeMismatch');
    errorOf(() => dataVectorFrom.bind({ dirtyImage: handleOf('gpu', dirtyImage) }), 'ForeignHandle');
    const bound = dataVectorFrom.bind({ mappingMatrix });
    await rejectionOf(bound({ dirtyImage: real([1]) }), 'ShapeMismatch');
    await rejectionOf(bound(args), 'UnknownArgument');
  });

  test('is undone by dispose, here and there', async () => {
    const { dataVectorFrom, sent } = await remoteKernel(createReferenceBackend());
    const bound = dataVectorFrom.bind({ mappingMatrix });
    await bound({ dirtyImage });
    bound.dispose();
    bound.dispose();
    await rejectionOf(bound({ dirtyImage }), 'Disposed');
    expect(typesOf(sent).filter((type) => type === 'release')).toHaveLength(1);
  });
});

describe('long work', () => {
  /** A kernel that reports progress and asks its signal until it is aborted, or done. */
  function slow(log: string[], turns: number) {
    return defineAsyncBackend({
      id: 'slow',
      precision: 'float64',
      info: { summary: '', deviceMemory: false },
      implementations: {
        dataVectorFrom: {
          methods: {
            slow: {
              cost: () => ({ flops: 1, bytes: 0 }),
              async run(_, { options: { signal, onProgress } }) {
                for (let turn = 1; turn <= turns; turn++) {
                  await new Promise((resolve) => setTimeout(resolve, 1));
                  if (signal?.aborted) {
                    log.push('aborted');
                    return real([5, 2]);
                  }
                  onProgress?.(turn, turns);
                }
                log.push('done');
                return real([5, 2]);
              },
            },
          },
        },
      },
    });
  }

  test('reports its progress', async () => {
    const { dataVectorFrom } = await remoteKernel(slow([], 3));
    const seen: string[] = [];
    await dataVectorFrom(args, { onProgress: (done, total) => seen.push(`${done}/${total}`) });
    expect(seen).toEqual(['1/3', '2/3', '3/3']);
  });

  test('is let go at once when it is aborted, and told to stop', async () => {
    const log: string[] = [];
    const { dataVectorFrom } = await remoteKernel(slow(log, 1000));
    const controller = new AbortController();
    const call = dataVectorFrom(args, { signal: controller.signal });
    setTimeout(() => controller.abort('enough'), 5);
    expect((await rejectionOf(call, 'Aborted')).cause).toBe('enough');
    await expect.poll(() => log).toEqual(['aborted']);
  });
});

describe('the end', () => {
  test('dispose ends the calls in flight, the connection and the backend behind it', async () => {
    let over = false;
    const dispose = () => {
      over = true;
    };
    const { dataVectorFrom, remote } = await remoteKernel({ ...likeReferenceAsync({ id: 'far' }), dispose });
    const bound = dataVectorFrom.bind({ mappingMatrix });
    const call = dataVectorFrom(args);
    remote.dispose?.();
    await rejectionOf(call, 'Disposed');
    await rejectionOf(dataVectorFrom(args), 'Disposed');
    await rejectionOf(bound({ dirtyImage }), 'Disposed');
    expect(() => bound.dispose()).not.toThrow();
    expect(() => remote.dispose?.()).not.toThrow();
    await expect.poll(() => over).toBe(true);
  });

  test('a port that closes ends the calls in flight', async () => {
    const { dataVectorFrom, channel } = await remoteKernel(likeReferenceAsync({ id: 'far' }));
    const call = dataVectorFrom(args);
    channel.port2.close();
    const error = await rejectionOf(
      Promise.all([call, dataVectorFrom(args), delayed(() => dataVectorFrom(args))]),
      'BackendUnavailable',
    );
    expect(error.remedy).toBe('start a new worker that calls serveBackend');
  });

  test.each([
    ['throws', 'throw new Error("no such module")', 'no such module'],
    ['ends', 'process.exit(0)', 'the worker has ended'],
  ])('a worker that %s instead of serving is unavailable', async (_, code, why) => {
    const worker = new Worker(code, { eval: true });
    const error = await rejectionOf(createWorkerBackend(worker), 'BackendUnavailable');
    expect(error.actual).toBe(why);
  });
});

describe('through a dispatcher', () => {
  test('it is a backend like any other', async () => {
    const { remote } = await pair(createReferenceBackend());
    const d = createDispatcher({ backends: [remote, likeReference({ id: 'here' })] });
    expect(await d.dataVectorFrom(args)).toEqual(expected);
    expect((await d.record('dataVectorFrom', args)).record).toMatchObject({
      backend: 'reference',
      precision: 'float64',
    });
    const handle = handleOf('gpu', dirtyImage);
    expect(await d.dataVectorFrom({ mappingMatrix, dirtyImage: handle })).toEqual(expected);
    const sparse = {
      pixIndexesForSubSlimIndex: index([0, 1], [2, 1]),
      pixWeightsForSubSlimIndex: real([1, 1], [2, 1]),
      pixels: 2,
    };
    const bound = d.sparseMappingMatrixTransposeMatmul.bind(sparse);
    expect((await bound({ matrix: real([3, 4], [2, 1]) })).data).toEqual(Float64Array.of(3, 4));
  });

  test('explain, records and events name the method that the worker will choose, and why', async () => {
    const { remote } = await pair(choosy(10));
    const events: DispatchEvent[] = [];
    const d = createDispatcher({ backends: [remote], onEvent: (event) => events.push(event) });
    const here = createDispatcher({ backends: [choosy(10)] });
    for (const sizes of [
      { M: 2, S: 2 },
      { M: 20, S: 2 },
    ]) {
      expect(await d.explain('dataVectorFrom', sizes)).toEqual(await here.explain('dataVectorFrom', sizes));
    }
    expect((await d.explain('dataVectorFrom', { M: 2, S: 2 })).method).toBe('small');
    expect((await d.explain('dataVectorFrom', { M: 20, S: 2 })).otherMethods).toEqual({ small: 'M = 20 is too large' });
    expect((await d.explain('dataVectorFrom', {}, { method: 'small' })).method).toBe('small');
    expect(await d.explain('dataVectorFrom', {})).toMatchObject({ missingSizes: ['M', 'S'] });
    expect((await d.record('dataVectorFrom', args)).record).toMatchObject({ backend: 'choosy', method: 'small' });
    expect(events).toMatchObject([{ type: 'chosen', method: 'small' }]);
    const facts = await remote.kernels.dataVectorFrom?.appraise({ M: 20, S: 2 }, { tolerance: 1e-3 });
    expect(facts).toEqual({
      small: { cost: { flops: 1e-3, bytes: 20 }, canRun: 'M = 20 is too large' },
      any: { cost: { flops: 40, bytes: 20 }, canRun: true },
    });
  });

  test('a refusal in the worker is a fallback, and the arguments are those of the call', async () => {
    const { remote } = await pair(likeReference({ id: 'narrow', facts: { canRun: ({ M }) => M < 2 || `M = ${M}` } }));
    const d = createDispatcher({ backends: [remote, createReferenceBackend()], fallback: ['reference'] });
    const matrix = real(mappingMatrix.data.slice(), mappingMatrix.shape);
    const image = real(dirtyImage.data.slice());
    const recorded = d.record('dataVectorFrom', { mappingMatrix: matrix, dirtyImage: image });
    const bound = d.dataVectorFrom.bind({ mappingMatrix });
    const calls = [d.dataVectorFrom({ mappingMatrix: matrix, dirtyImage: image }), bound({ dirtyImage: image })];
    matrix.data.fill(Number.NaN);
    image.data.fill(Number.NaN);
    const { result, record } = await recorded;
    expect(result).toEqual(expected);
    expect(await Promise.all(calls)).toEqual([expected, expected]);
    expect(record).toMatchObject({
      backend: 'reference',
      skipped: [{ backend: 'narrow', code: 'MethodRefused', why: expect.stringContaining('M = 2') }],
    });
    expect(await d.explain('dataVectorFrom', { M: 2, S: 2 })).toMatchObject({
      backend: 'reference',
      otherBackends: { narrow: expect.stringContaining('M = 2') },
    });
    const strict = await rejectionOf(d.dataVectorFrom(args, { backend: 'narrow' }), 'MethodRefused');
    expect(strict.remedy).toContain("name 'reference' instead");
  });

  test.each(['there', 'here'])(
    'a method that refuses %s is a fallback, and the arguments are those of the call',
    async (place) => {
      const backend = place === 'here' ? choosy(2) : (await pair(choosy(2))).remote;
      const d = createDispatcher({
        backends: [backend, likeReference({ id: 'small', method: 'small' })],
        fallback: ['small'],
      });
      const image = real(dirtyImage.data.slice());
      const matrix = real(mappingMatrix.data.slice(), mappingMatrix.shape);
      const bound = d.dataVectorFrom.bind({ mappingMatrix });
      const calls = [
        d.dataVectorFrom({ mappingMatrix: matrix, dirtyImage: image }, { method: 'small' }),
        bound({ dirtyImage: image }, { method: 'small' }),
      ];
      matrix.data.fill(Number.NaN);
      image.data.fill(Number.NaN);
      expect(await Promise.all(calls)).toEqual([expected, expected]);
    },
  );

  test('nobody is asked where sizes can decide nothing', async () => {
    const { remote, sent } = await pair(createReferenceBackend());
    const d = createDispatcher({ backends: [remote], onEvent() {} });
    await d.dataVectorFrom(args);
    expect(typesOf(sent)).toEqual(['call', 'result']);
  });
});

/** Two methods, of which the cheaper has limits. */
const choosy = (below: number) =>
  defineAsyncBackend({
    id: 'choosy',
    precision: 'float64',
    info: { summary: '', deviceMemory: false },
    implementations: {
      dataVectorFrom: {
        methods: {
          small: {
            cost: ({ M }, { tolerance = 1 } = {}) => ({ flops: tolerance, bytes: M }),
            canRun: ({ M }) => M < below || `M = ${M} is too large`,
            run: async () => real([5, 2]),
          },
          any: { cost: ({ M, S }) => ({ flops: M * S, bytes: M }), run: async () => real([5, 2]) },
        },
      },
    },
  });

function arrayOf(value: unknown): NdArray {
  if (!isHostArray(value)) throw new Error('no array');
  return value;
}

function delayed<T>(run: () => Promise<T>): Promise<T> {
  return new Promise<void>((resolve) => setTimeout(resolve, 20)).then(run);
}
