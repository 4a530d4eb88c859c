import { type KernelName, real } from '@wtilde/core-types';
import { describe, expect, test } from 'vitest';
import { createSyncDispatcher, type DispatchEvent } from '../src/index.js';
import { likeReference } from './support/backends.js';
import { errorOf } from './support/errors.js';
import { args, expected } from './support/example.js';

const kernel = 'dataVectorFrom' satisfies KernelName;

/** Three backends that note what they run: all, none, and all again. */
function trio() {
  const calls: string[] = [];
  const noting = (id: string, shape: object = {}) =>
    likeReference({
      id,
      ...shape,
      run: (given, run) => {
        calls.push(id);
        return run(given);
      },
    });
  return {
    calls,
    a: noting('a'),
    lacking: noting('lacking', { only: [] }),
    c: noting('c'),
    f32: noting('f32', { precision: 'float32' }),
    noting,
  };
}

describe('which backend runs', () => {
  test('the default', () => {
    const { a, c, calls } = trio();
    expect(createSyncDispatcher({ backends: [a, c] })[kernel](args)).toEqual(expected);
    expect(createSyncDispatcher({ backends: [a, c], default: 'c' })[kernel](args, { check: 'shapes' })).toEqual(
      expected,
    );
    expect(calls).toEqual(['a', 'c']);
  });

  test('the one named in the call, in fallback or not', () => {
    const { a, lacking, c, calls } = trio();
    const d = createSyncDispatcher({ backends: [a, lacking, c] });
    expect(d[kernel](args, { backend: 'c' })).toEqual(expected);
    expect(d[kernel](args, { backend: 'a', check: 'shapes' })).toEqual(expected);
    expect(calls).toEqual(['c', 'a']);
  });

  test('fallbacks in their order', () => {
    const { a, lacking, c, calls } = trio();
    const d = createSyncDispatcher({ backends: [lacking, a, c], fallback: ['c', 'a'] });
    expect(d[kernel](args)).toEqual(expected);
    expect(calls).toEqual(['c']);
  });

  test('nothing falls back without being told to', () => {
    const { a, lacking, calls } = trio();
    const d = createSyncDispatcher({ backends: [lacking, a] });
    const error = errorOf(() => d[kernel](args), 'UnsupportedKernel');
    expect(error.message).toBe(
      'dataVectorFrom: no backend may run this kernel: lacking: does not implement the kernel; no fallback is set; ' +
        "add 'a' to the option fallback, or name it in the call",
    );
    expect(calls).toEqual([]);
  });

  test('a backend named in a call is strict, and the message says so', () => {
    const { a, lacking, calls } = trio();
    const d = createSyncDispatcher({ backends: [a, lacking], fallback: ['a'] });
    const error = errorOf(() => d[kernel](args, { backend: 'lacking' }), 'UnsupportedKernel');
    expect(error.message).toBe(
      'dataVectorFrom: the backend asked for cannot run this kernel: lacking: does not implement the kernel; ' +
        'no other backend was tried, because one that is named in a call is strict; ' +
        "name 'a' instead, or leave the choice to the dispatcher",
    );
    const unknown = errorOf(() => d[kernel](args, { backend: 'b' }), 'UnknownBackend');
    expect(unknown.message).toContain(
      'dataVectorFrom option backend: the dispatcher has no backend of this name (expected one of a, lacking, got "b")',
    );
    expect(calls).toEqual([]);
  });

  test('nobody at all', () => {
    const { lacking } = trio();
    const d = createSyncDispatcher({ backends: [lacking] });
    expect(errorOf(() => d[kernel](args), 'UnsupportedKernel').remedy).toBe(
      'pass a backend that implements it to the dispatcher',
    );
  });
});

describe('precision', () => {
  test('float64 keeps float32 backends out', () => {
    const { f32, a, calls } = trio();
    const d = createSyncDispatcher({ backends: [f32, a], fallback: ['a'], precision: 'float64' });
    d[kernel](args);
    d.with({ precision: 'float32' })[kernel](args);
    d.with({ precision: undefined })[kernel](args);
    expect(calls).toEqual(['a', 'f32', 'f32']);
  });

  test('float64 demanded of a float32 backend by name', () => {
    const { f32, a, calls } = trio();
    const d = createSyncDispatcher({ backends: [a, f32], precision: 'float64' });
    const error = errorOf(() => d[kernel](args, { backend: 'f32' }), 'PrecisionTooLow');
    expect(error.message).toBe(
      'dataVectorFrom: the backend asked for cannot run this kernel: f32: computes in float32 where float64 is required ' +
        'by the option precision; no other backend was tried, because one that is named in a call is strict ' +
        "(expected float64, got float32); name 'a' instead, or leave the choice to the dispatcher",
    );
    expect(calls).toEqual([]);
  });

  test('by kernel: others need float64, unless otherwise says less', () => {
    const { f32, a, calls } = trio();
    const d = createSyncDispatcher({ backends: [f32, a], fallback: ['a'], precision: { dataVectorFrom: 'float32' } });
    d[kernel](args);
    d.sparseMappingMatrixTransposeMatmul(sparse);
    d.with({ precision: { dataVectorFrom: 'float64', otherwise: 'float32' } })[kernel](args);
    d.with({ precision: { dataVectorFrom: 'float64', otherwise: 'float32' } }).sparseMappingMatrixTransposeMatmul(
      sparse,
    );
    expect(calls).toEqual(['f32', 'a', 'a', 'f32']);
    const named = errorOf(
      () => d.with({ precision: { dataVectorFrom: 'float64' } })[kernel](args, { backend: 'f32' }),
      'PrecisionTooLow',
    );
    expect(named.message).toContain('where float64 is required of this kernel by the option precision');
  });

  test('float32 for a kernel asks for a float32 backend, wherever it stands', () => {
    const { f32, a, c, calls } = trio();
    const d = createSyncDispatcher({ backends: [a, c, f32], precision: { dataVectorFrom: 'float32' } });
    d[kernel](args);
    d.with({ backends: [a, c] })[kernel](args);
    expect(calls).toEqual(['f32', 'a']);
    expect(d.explain(kernel).why).toBe('float32 was asked for this kernel');
  });

  test('kernels that need float64 are not implemented in float32, and the reason is that', () => {
    const { f32 } = trio();
    const d = createSyncDispatcher({ backends: [f32] });
    expect(d.explain('chiSquared0From').why).toContain('f32: computes in float32 and the kernel needs float64');
  });
});

describe('refusals', () => {
  const limits = (most: number) => ({
    canRun: ({ M }: { readonly [size: string]: number }) => M <= most || `M = ${M} is above ${most}`,
  });

  test('of a size lead to the fallback before anything runs', () => {
    const { noting, calls } = trio();
    const [small, large] = [noting('small', { facts: limits(1) }), noting('large')];
    const d = createSyncDispatcher({ backends: [small, large], fallback: ['large'] });
    d[kernel](args);
    d[kernel]({ mappingMatrix: real([1], [1, 1]), dirtyImage: real([1]) });
    expect(calls).toEqual(['large', 'small']);
  });

  test('of all are an error with every reason', () => {
    const { noting, calls } = trio();
    const [small, smaller] = [noting('small', { facts: limits(1) }), noting('smaller', { facts: limits(0) })];
    const d = createSyncDispatcher({ backends: [small, smaller], fallback: ['smaller'] });
    const error = errorOf(() => d[kernel](args), 'MethodRefused');
    expect(error.message).toContain('small: no method can run at these sizes: direct: M = 2 is above 1; smaller: ');
    expect(error.remedy).toBe('change the sizes or options, or pass a backend that can to the dispatcher');
    const alone = errorOf(() => d.with({ fallback: [] })[kernel](args), 'MethodRefused');
    expect(alone.message).toContain('no fallback is set');
    const strict = errorOf(() => d[kernel](args, { backend: 'smaller' }), 'MethodRefused');
    expect(strict.message).toContain('one that is named in a call is strict');
    expect(calls).toEqual([]);
  });

  test('of a method that a backend does not have', () => {
    const { a, c, calls } = trio();
    const d = createSyncDispatcher({ backends: [a, c], fallback: ['c'] });
    expect(d[kernel](args, { method: 'direct' })).toEqual(expected);
    const error = errorOf(() => d[kernel](args, { method: 'fft' }), 'UnknownMethod');
    expect(error.message).toContain('a: has no method fft; c: has no method fft');
    expect(calls).toEqual(['a']);
  });

  test('an error half-way is the error of the call: nobody else is tried', () => {
    const calls: string[] = [];
    const failing = likeReference({
      id: 'failing',
      run: () => {
        calls.push('failing');
        throw new RangeError('out of memory');
      },
    });
    const { a } = trio();
    const d = createSyncDispatcher({ backends: [failing, a], fallback: ['a'] });
    expect(() => d[kernel](args)).toThrow(RangeError);
    expect(() => d.with({ onEvent: () => {} })[kernel](args)).toThrow(RangeError);
    expect(calls).toEqual(['failing', 'failing']);
  });

  test('errors of validation are those of the backend, whichever way the call takes', () => {
    const { a, lacking, noting } = trio();
    const bad = { ...args, dirtyImage: real([1, 2, 3]) };
    const nan = { ...args, dirtyImage: real([1, Number.NaN]) };
    const limited = noting('limited', { facts: limits(9) });
    for (const backends of [[a], [lacking, a], [limited, a]]) {
      const d = createSyncDispatcher({ backends, fallback: ['a'] });
      expect(errorOf(() => d[kernel](bad), 'ShapeMismatch').where).toBe('dataVectorFrom(dirtyImage)');
      errorOf(() => d[kernel](nan), 'InvalidValue');
      errorOf(() => d[kernel](args, { tolerance: 2 }), 'InvalidOption');
    }
  });
});

describe('events', () => {
  function listening(events: DispatchEvent[], calls: string[]) {
    return (event: DispatchEvent) => {
      expect(calls).toEqual([]);
      events.push(event);
    };
  }

  test('chosen', () => {
    const { a, calls } = trio();
    const events: DispatchEvent[] = [];
    createSyncDispatcher({ backends: [a], onEvent: listening(events, calls) })[kernel](args);
    expect(events).toEqual([
      {
        type: 'chosen',
        kernel,
        backend: 'a',
        precision: 'float64',
        method: 'direct',
        why: 'the default, being the first of the backends',
      },
    ]);
  });

  test('fell-back, with who was passed over', () => {
    const { lacking, f32, a, calls } = trio();
    const events: DispatchEvent[] = [];
    const onEvent = listening(events, calls);
    createSyncDispatcher({ backends: [lacking, f32, a], fallback: ['f32', 'a'], precision: 'float64', onEvent })[
      kernel
    ](args);
    expect(events).toMatchObject([
      {
        type: 'fell-back',
        from: 'lacking',
        backend: 'a',
        skipped: [
          { backend: 'lacking', code: 'UnsupportedKernel' },
          { backend: 'f32', code: 'PrecisionTooLow' },
        ],
      },
    ]);
  });

  test('refused, with the error', () => {
    const { lacking, calls } = trio();
    const events: DispatchEvent[] = [];
    const d = createSyncDispatcher({ backends: [lacking], onEvent: listening(events, calls) });
    const error = errorOf(() => d[kernel](args), 'UnsupportedKernel');
    expect(events).toMatchObject([{ type: 'refused', kernel, error, skipped: [{ backend: 'lacking' }] }]);
  });

  test('an error of the listener is the error of the call, before anything runs', () => {
    const { a, calls } = trio();
    const onEvent = () => {
      throw new Error('not today');
    };
    expect(() => createSyncDispatcher({ backends: [a], onEvent })[kernel](args)).toThrow('not today');
    expect(calls).toEqual([]);
  });
});

describe('records', () => {
  test('tell the vector instructions, where a backend does', () => {
    const events: DispatchEvent[] = [];
    const wasm = likeReference({ id: 'wasm' });
    const withSimd = { ...wasm, info: { ...wasm.info, simd: 'simd128' } };
    const d = createSyncDispatcher({
      backends: [withSimd, likeReference({ id: 'b' })],
      onEvent: (e) => events.push(e),
    });
    expect(d.record(kernel, args).record).toMatchObject({ backend: 'wasm', simd: 'simd128' });
    expect(d.explain(kernel)).toMatchObject({ backend: 'wasm', simd: 'simd128' });
    expect(events[0]).toMatchObject({ type: 'chosen', backend: 'wasm', simd: 'simd128' });
    for (const told of [d.record(kernel, args, { backend: 'b' }).record, d.explain(kernel, {}, { backend: 'b' })]) {
      expect(told).not.toHaveProperty('simd');
    }
  });

  test('say what ran', () => {
    const { lacking, a } = trio();
    const d = createSyncDispatcher({ backends: [lacking, a], fallback: ['a'] });
    expect(d.record(kernel, args)).toEqual({
      result: expected,
      record: {
        kernel,
        ran: 'whole',
        backend: 'a',
        precision: 'float64',
        method: 'direct',
        why: 'lacking: does not implement the kernel',
        ms: expect.any(Number),
        skipped: [{ backend: 'lacking', code: 'UnsupportedKernel', why: 'does not implement the kernel' }],
      },
    });
    expect(d.record(kernel, args, { backend: 'a' }).record.why).toBe('asked for in the call');
  });

  test('by a name in either spelling', () => {
    const { a } = trio();
    const d = createSyncDispatcher({ backends: [a] });
    expect(d.runByName('data_vector_from', args).result).toEqual(expected);
    expect(d.runByName(kernel, args, { backend: 'a' }).record.kernel).toBe(kernel);
    errorOf(() => d.runByName('dataVector', args), 'UnknownKernel');
  });
});

const sparse = {
  matrix: real([1, 2], [2, 1]),
  pixIndexesForSubSlimIndex: { dtype: 'index', shape: [2, 1], data: Int32Array.of(0, 0) },
  pixWeightsForSubSlimIndex: real([1, 1], [2, 1]),
  pixels: 1,
} as const;
