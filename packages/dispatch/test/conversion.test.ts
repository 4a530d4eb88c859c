import { isHandle, real } from '@wtilde/core-types';
import { describe, expect, test } from 'vitest';
import { createDispatcher } from '../src/index.js';
import { likeReference, likeReferenceAsync } from './support/backends.js';
import { rejectionOf } from './support/errors.js';
import { args, expected, handleOf } from './support/example.js';
import { makeScene } from './support/scene.js';

const device = likeReferenceAsync({ id: 'device' });
const other = likeReferenceAsync({ id: 'other' });
const loops = likeReference({ id: 'loops' });
const backends = [device, other, loops];

describe('always-host, the default', () => {
  const d = createDispatcher({ backends });

  test('fetches handles of others, leaves own ones where they are', async () => {
    const [own, foreign] = [handleOf('device', args.mappingMatrix), handleOf('other', args.dirtyImage)];
    expect(await d.dataVectorFrom({ mappingMatrix: own, dirtyImage: foreign })).toEqual(expected);
    expect(foreign.fetched).toBe(1);
    // The double itself fetches what it is given: once.
    expect(own.fetched).toBe(1);
  });

  test('fetches every handle for a synchronous backend', async () => {
    const foreign = handleOf('device', args.dirtyImage);
    const onLoops = { ...args, dirtyImage: foreign };
    expect(await d.dataVectorFrom(onLoops, { backend: 'loops' })).toEqual(expected);
    expect(foreign.fetched).toBe(1);
  });

  test('brings results to the host, unless told to keep them', async () => {
    expect(await d.dataVectorFrom(args)).toEqual(expected);
    const kept = await d.dataVectorFrom(args, { keep: 'device' });
    if (!isHandle(kept)) throw new Error('not kept');
    expect(kept.backend).toBe('device');
    expect(await kept.toHost()).toEqual(expected);
  });

  test('a handle that cannot be fetched is the error of the call', async () => {
    const lost = { ...handleOf('other', args.dirtyImage), toHost: () => Promise.reject(new Error('device lost')) };
    await expect(d.dataVectorFrom({ ...args, dirtyImage: lost })).rejects.toThrow('device lost');
  });
});

describe('always-device', () => {
  const d = createDispatcher({ backends, arrayConversion: 'always-device' });

  test('leaves results on the device, unless told to bring them', async () => {
    const kept = await d.dataVectorFrom(args);
    expect(isHandle(kept)).toBe(true);
    expect(await d.dataVectorFrom(args, { keep: 'host' })).toEqual(expected);
    expect(isHandle((await d.record('dataVectorFrom', args)).result)).toBe(true);
  });

  test('feeds handles on, and fetches those of others', async () => {
    const mappingMatrix = real([2], [1, 1]);
    const first = await d.dataVectorFrom({ mappingMatrix, dirtyImage: real([3]) });
    const second = await d.dataVectorFrom({ mappingMatrix, dirtyImage: first }, { backend: 'other' });
    if (!isHandle(second)) throw new Error('not kept');
    expect([second.backend, (await second.toHost()).data]).toEqual(['other', Float64Array.of(12)]);
  });

  test('has nothing to leave on a backend without memory of its own', async () => {
    expect(await d.dataVectorFrom(args, { backend: 'loops' })).toEqual(expected);
  });

  test('a composed number is a number', async () => {
    const kernel = 'logLikelihoodFunctionViaWCompactFrom';
    const stepwise = likeReferenceAsync({ id: 'stepwise', without: [kernel] });
    const composing = createDispatcher({ backends: [stepwise], arrayConversion: 'always-device' });
    expect(await composing[kernel](makeScene(1).evidence)).toBeTypeOf('number');
  });
});

describe('never', () => {
  const d = createDispatcher({ backends, arrayConversion: 'never' });

  test('refuses a handle of another backend, and says how to go on', async () => {
    const foreign = handleOf('other', args.dirtyImage);
    const error = await rejectionOf(d.dataVectorFrom({ ...args, dirtyImage: foreign }), 'ForeignHandle');
    expect(error.message).toBe(
      "dataVectorFrom(dirtyImage): the array lives on another backend, and arrayConversion is 'never' " +
        '(expected a host array or a handle of device, got a handle of other); ' +
        "pass await handle.toHost(), ask for { backend: 'other' }, or set arrayConversion to 'always-host'",
    );
    expect(foreign.fetched).toBe(0);
    await rejectionOf(d.dataVectorFrom({ ...args, dirtyImage: foreign }, { backend: 'loops' }), 'ForeignHandle');
    await rejectionOf(
      d.dataVectorFrom.bind({ dirtyImage: foreign })({ mappingMatrix: args.mappingMatrix }),
      'ForeignHandle',
    );
  });

  test('takes host arrays and handles of the backend that runs', async () => {
    expect(await d.dataVectorFrom(args)).toEqual(expected);
    expect(await d.dataVectorFrom({ ...args, dirtyImage: handleOf('device', args.dirtyImage) })).toEqual(expected);
    expect(
      await d.dataVectorFrom({ ...args, dirtyImage: handleOf('other', args.dirtyImage) }, { backend: 'other' }),
    ).toEqual(expected);
  });

  test('refuses what a route would have to reshape on the host', async () => {
    const kernel = 'logLikelihoodFunctionViaWCompactFrom';
    const stepwise = likeReferenceAsync({ id: 'stepwise', without: [kernel] });
    const { evidence } = makeScene(1);
    const onDevice = { ...evidence, dirtyImage: handleOf('stepwise', evidence.dirtyImage) };
    const composing = createDispatcher({ backends: [stepwise], arrayConversion: 'never' });
    const error = await rejectionOf(composing[kernel](onDevice), 'ForeignHandle');
    expect(error.expected).toBe('a host array, which the route of the kernel needs');
    const wherever = { ...onDevice, wCompact: handleOf('stepwise', evidence.wCompact) };
    expect(await composing.with({ arrayConversion: 'always-host' })[kernel](wherever)).toBeTypeOf('number');
  });
});

describe('bound arguments', () => {
  test('are fetched once for a backend', async () => {
    const d = createDispatcher({ backends: [loops] });
    const foreign = handleOf('device', args.mappingMatrix);
    const bound = d.dataVectorFrom.bind({ mappingMatrix: foreign });
    const { dirtyImage } = args;
    expect(await bound({ dirtyImage })).toEqual(expected);
    expect(await bound({ dirtyImage })).toEqual(expected);
    expect(foreign.fetched).toBe(1);
  });

  test('are bound once by calls at the same time', async () => {
    const d = createDispatcher({ backends: [loops] });
    const bound = d.dataVectorFrom.bind({ mappingMatrix: handleOf('device', args.mappingMatrix) });
    const { dirtyImage } = args;
    expect(await Promise.all([bound({ dirtyImage }), bound({ dirtyImage })])).toEqual([expected, expected]);
  });
});
