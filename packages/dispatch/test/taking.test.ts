import { describe, expect, test } from 'vitest';
import { createDispatcher, createSyncDispatcher } from '../src/index.js';
import { likeReference, likeReferenceAsync } from './support/backends.js';
import { errorOf, rejectionOf } from './support/errors.js';
import { args, expected, handleOf } from './support/example.js';
import { makeScene } from './support/scene.js';

const { mappingMatrix, dirtyImage } = args;
const whole = likeReference({ id: 'whole' });
const inSteps = likeReference({ id: 'steps', without: ['logLikelihoodFunctionViaWCompactFrom'] });

describe('an asynchronous dispatcher takes what it needs when it is called', () => {
  test('the arguments of a composite, which its steps read one after the other', async () => {
    const { evidence } = makeScene(3);
    const right = createSyncDispatcher({ backends: [inSteps] }).logLikelihoodFunctionViaWCompactFrom(evidence);
    for (const backend of [
      inSteps,
      likeReferenceAsync({ id: 'later', without: ['logLikelihoodFunctionViaWCompactFrom'] }),
    ]) {
      const copy = structuredClone(evidence);
      const call = createDispatcher({ backends: [backend] }).logLikelihoodFunctionViaWCompactFrom(copy);
      for (const value of Object.values(copy)) if (typeof value === 'object') value.data.fill(0);
      expect(await call).toBe(right);
    }
  });

  test('host arrays beside a handle that is fetched first', async () => {
    const copy = structuredClone(mappingMatrix);
    const dispatcher = createDispatcher({ backends: [whole] });
    const call = dispatcher.dataVectorFrom({ mappingMatrix: copy, dirtyImage: handleOf('gpu', dirtyImage) });
    copy.data.fill(0);
    expect(await call).toEqual(expected);
  });
});

describe('arguments as instances of classes', () => {
  class Image {
    get dirtyImage() {
      return dirtyImage;
    }
  }
  class Problem extends Image {
    get mappingMatrix() {
      return mappingMatrix;
    }
  }

  test.each([{}, { onEvent: () => {} }])('called, bound and recorded %#', async (options) => {
    const d = createDispatcher({ backends: [whole], ...options });
    expect(await d.dataVectorFrom(new Problem())).toEqual(expected);
    expect(await d.dataVectorFrom.bind(new Problem())({})).toEqual(expected);
    expect(await d.dataVectorFrom.bind({ mappingMatrix })(new Image())).toEqual(expected);
    expect((await d.record('dataVectorFrom', new Problem())).result).toEqual(expected);
  });

  test('of a composite in steps', () => {
    const { evidence } = makeScene(3);
    class Evidence {}
    for (const [name, value] of Object.entries(evidence)) {
      Object.defineProperty(Evidence.prototype, name, { get: () => value });
    }
    const { logLikelihoodFunctionViaWCompactFrom } = createSyncDispatcher({ backends: [inSteps] });
    expect(Reflect.apply(logLikelihoodFunctionViaWCompactFrom, undefined, [new Evidence()])).toBe(
      logLikelihoodFunctionViaWCompactFrom(evidence),
    );
  });
});

test('options that mean nothing are InvalidOption, wherever they are given', async () => {
  const sync = createSyncDispatcher({ backends: [whole] });
  const later = createDispatcher({ backends: [whole] });
  for (const options of [
    null,
    'whole',
    Symbol('s'),
    { backend: Symbol('s') },
    { backend: 3 },
    { tolerance: '1e-3' },
    { backends: 'whole' },
  ]) {
    const withThem = (method: unknown, ...rest: unknown[]) => {
      if (typeof method !== 'function') throw new Error('no function');
      return Reflect.apply(method, undefined, [...rest, options]);
    };
    errorOf(() => withThem(sync.dataVectorFrom, args), 'InvalidOption');
    errorOf(() => withThem(sync.dataVectorFrom.bind({ mappingMatrix }), { dirtyImage }), 'InvalidOption');
    errorOf(() => withThem(sync.record, 'dataVectorFrom', args), 'InvalidOption');
    errorOf(() => withThem(sync.explain, 'dataVectorFrom', {}), 'InvalidOption');
    await rejectionOf(withThem(later.dataVectorFrom, args), 'InvalidOption');
    await rejectionOf(withThem(later.dataVectorFrom.bind({ mappingMatrix }), { dirtyImage }), 'InvalidOption');
    await rejectionOf(withThem(later.record, 'dataVectorFrom', args), 'InvalidOption');
  }
});
