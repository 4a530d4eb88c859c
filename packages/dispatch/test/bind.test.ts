import { real } from '@wtilde/core-types';
import { describe, expect, test } from 'vitest';
import { createDispatcher, createSyncDispatcher } from '../src/index.js';
import { likeReference, likeReferenceAsync } from './support/backends.js';
import { errorOf, rejectionOf } from './support/errors.js';
import { args, expected } from './support/example.js';

const { mappingMatrix, dirtyImage } = args;
const a = likeReference({ id: 'a' });
const limited = likeReference({ id: 'limited', facts: { canRun: ({ M }) => M === 1 || `M = ${M} is not 1` } });

describe('bind', () => {
  test('equals the call, whichever arguments are bound', () => {
    for (const options of [{}, { onEvent: () => {} }]) {
      const d = createSyncDispatcher({ backends: [a, limited], ...options });
      expect(d.dataVectorFrom.bind({})(args)).toEqual(expected);
      expect(d.dataVectorFrom.bind({ mappingMatrix })({ dirtyImage })).toEqual(expected);
      expect(d.dataVectorFrom.bind({ dirtyImage })({ mappingMatrix }, { backend: 'a' })).toEqual(expected);
      expect(d.dataVectorFrom.bind(args)({})).toEqual(expected);
    }
  });

  test('chooses in every call', () => {
    const seen: string[] = [];
    const d = createSyncDispatcher({
      backends: [limited, a],
      fallback: ['a'],
      onEvent: (event) => seen.push('backend' in event ? event.backend : ''),
    });
    const bound = d.dataVectorFrom.bind({});
    bound(args);
    bound({ mappingMatrix: real([1], [1, 1]), dirtyImage: real([1]) });
    bound(args, { backend: 'a' });
    expect(seen).toEqual(['a', 'limited', 'a']);
  });

  test('checks fixed arguments when binding', () => {
    const d = createSyncDispatcher({ backends: [a] });
    errorOf(() => d.dataVectorFrom.bind({ dirtyImage: real([Number.NaN]) }), 'InvalidValue');
    errorOf(() => d.dataVectorFrom.bind({ mappingMatrix: real([1]) }), 'ShapeMismatch');
  });

  test('checks the rest in every call', () => {
    for (const options of [{}, { onEvent: () => {} }]) {
      const bound = createSyncDispatcher({ backends: [a], ...options }).dataVectorFrom.bind({ mappingMatrix });
      errorOf(() => bound({ dirtyImage: real([1]) }), 'ShapeMismatch');
      const again = errorOf(() => bound(args), 'UnknownArgument');
      expect(again.message).toContain('dataVectorFrom(mappingMatrix): the argument has been bound');
      errorOf(() => bound({ dirtyImage }, { backend: 'nobody' }), 'UnknownBackend');
    }
  });

  test('cannot be called once disposed of', async () => {
    const bound = createSyncDispatcher({ backends: [a] }).dataVectorFrom.bind({ mappingMatrix });
    bound({ dirtyImage });
    bound.dispose();
    bound.dispose();
    errorOf(() => bound({ dirtyImage }), 'Disposed');
    const later = createDispatcher({ backends: [likeReferenceAsync({ id: 'device' })] }).dataVectorFrom.bind(args);
    expect(await later({})).toEqual(expected);
    later.dispose();
    await rejectionOf(later({}), 'Disposed');
  });
});
