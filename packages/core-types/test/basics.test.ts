import { describe, expect, test } from 'vitest';
import {
  bool,
  complex,
  evaluate,
  index,
  isHandle,
  isRecord,
  isWtildeError,
  lanes,
  parseDim,
  real,
  sizeOf,
  solveExtent,
  throwIfAborted,
  WtildeError,
} from '../src/index.js';
import { errorOf } from './support/errors.js';

describe('arrays', () => {
  test('take typed arrays as they are and copy the rest', () => {
    const data = Float64Array.of(1, 2, 3, 4);
    expect(real(data).data).toBe(data);
    expect(complex(data)).toEqual({ dtype: 'complex', shape: [2], data });
    expect(real(new Float32Array([0.5])).data).toEqual(Float64Array.of(0.5));
    expect(index([1, -1], [2, 1])).toEqual({ dtype: 'index', shape: [2, 1], data: Int32Array.of(1, -1) });
    expect(bool([true, 0, 7, false]).data).toEqual(Uint8Array.of(1, 0, 1, 0));
    expect(real([3], []).shape).toEqual([]);
  });

  test('fill their shape', () => {
    const error = errorOf(() => real([1, 2, 3], [2, 2]), 'ShapeMismatch');
    expect(error.message).toContain('expected 4 elements for shape [2, 2], got 3');
    errorOf(() => complex([1, 2, 3]), 'ShapeMismatch');
    errorOf(() => complex([1, 2], [2]), 'ShapeMismatch');
  });

  test('know their size and their lanes', () => {
    expect([sizeOf([]), sizeOf([3, 4]), sizeOf([0, 9])]).toEqual([1, 12, 0]);
    expect([lanes('complex'), lanes('real'), lanes('index'), lanes('bool')]).toEqual([2, 1, 1, 1]);
  });

  test('handles and records are told apart', () => {
    const handle = {
      dtype: 'real' as const,
      shape: [],
      backend: 'b',
      toHost: () => Promise.resolve(real([1])),
      dispose() {},
    };
    expect([handle, real([1]), 3, null, undefined, 'x'].map(isHandle)).toEqual([
      true,
      false,
      false,
      false,
      false,
      false,
    ]);
    expect([{ sum: 1 }, handle, real([1]), 3].map(isRecord)).toEqual([true, false, false, false]);
  });
});

describe('errors', () => {
  const error = new WtildeError('InvalidValue', {
    what: 'it is wrong',
    where: 'here',
    expected: 'a',
    actual: 'b',
    remedy: 'put it right',
    cause: 'the cause',
  });

  test('say everything in one line and one by one', () => {
    expect(error.message).toBe('here: it is wrong (expected a, got b); put it right');
    expect({ ...error }).toMatchObject({
      code: 'InvalidValue',
      what: 'it is wrong',
      where: 'here',
      expected: 'a',
      actual: 'b',
    });
    expect([error.name, error.cause, error instanceof Error]).toEqual(['InvalidValue', 'the cause', true]);
  });

  test('leave out what is not known', () => {
    const facts = { what: 'no', where: 'here', remedy: 'do' };
    expect(new WtildeError('Aborted', facts).message).toBe('here: no; do');
    expect(new WtildeError('Aborted', { ...facts, actual: 'x' }).message).toBe('here: no (got x); do');
    expect('cause' in new WtildeError('Aborted', facts)).toBe(false);
  });

  test('are recognised by mark and code, whichever copy of the package threw them', () => {
    expect([isWtildeError(error), isWtildeError(error, 'InvalidValue'), isWtildeError(error, 'Aborted')]).toEqual([
      true,
      true,
      false,
    ]);
    for (const other of [new Error('x'), 'x', null, undefined, { code: 'InvalidValue' }])
      expect(isWtildeError(other)).toBe(false);
    const twin = Object.assign(new Error('x'), { [Symbol.for('wtilde.error')]: true, code: 'Aborted' });
    expect([twin instanceof WtildeError, isWtildeError(twin, 'Aborted')]).toEqual([false, true]);
  });

  test('an aborted signal throws with its reason', () => {
    expect(() => throwIfAborted(undefined, 'x')).not.toThrow();
    expect(() => throwIfAborted({ aborted: false }, 'x')).not.toThrow();
    expect(errorOf(() => throwIfAborted({ aborted: true, reason: 'late' }, 'x'), 'Aborted').cause).toBe('late');
  });
});

describe('extents', () => {
  test('are numbers, symbols and affine forms', () => {
    expect(parseDim(3)).toEqual({ symbol: undefined, factor: 0, offset: 3 });
    expect(parseDim('Msub')).toEqual({ symbol: 'Msub', factor: 1, offset: 0 });
    expect(parseDim('2N-1')).toEqual({ symbol: 'N', factor: 2, offset: -1 });
    expect(parseDim('P+1')).toEqual({ symbol: 'P', factor: 1, offset: 1 });
    expect(parseDim('S2')).toEqual({ symbol: 'S2', factor: 1, offset: 0 });
    for (const unreadable of ['', '2', 'N*2', 'N-', '-N', 'N M'])
      errorOf(() => parseDim(unreadable), 'InvalidContract');
  });

  test('are solved where they are evaluated', () => {
    for (const dim of ['N', '2N-1', '2Ny', 'P+1', '3K+2']) {
      const extent = parseDim(dim);
      for (let size = 0; size < 9; size++) {
        const value = evaluate(extent, { [extent.symbol ?? '']: size });
        if (value !== undefined && value >= 0) expect(solveExtent(extent, value)).toBe(size);
      }
    }
    expect([
      solveExtent(parseDim('2N-1'), 4),
      solveExtent(parseDim('2Ny'), 3),
      solveExtent(parseDim('P+1'), 0),
    ]).toEqual([undefined, undefined, undefined]);
    expect(evaluate(parseDim('2N-1'), {})).toBeUndefined();
    expect(evaluate(parseDim(5), {})).toBe(5);
  });
});

describe('what is wrapped as an array', () => {
  const wrapping = (wrap: (...given: never[]) => unknown, ...given: readonly unknown[]) => {
    return () => Reflect.apply(wrap, undefined, given);
  };

  test('holds numbers', () => {
    for (const wrap of [real, complex, index, bool]) {
      errorOf(wrapping(wrap, null), 'DTypeMismatch');
      if (wrap !== bool) errorOf(wrapping(wrap, [1n]), 'DTypeMismatch');
    }
  });

  test('has a shape of whole numbers', () => {
    for (const shape of ['2', [Number.NaN], [Symbol('s')], [0.5, 4], null]) {
      if (shape !== null) errorOf(wrapping(real, [1, 2], shape), 'ShapeMismatch');
    }
  });

  test('as indices, is not rounded and does not wrap around', () => {
    for (const number of [1.5, 2 ** 31, -(2 ** 31) - 1, Number.NaN, Number.POSITIVE_INFINITY]) {
      const { actual } = errorOf(wrapping(index, [0, number]), 'InvalidValue');
      expect(actual).toBe(`${number} at 1`);
    }
    expect(index({ length: 2 }).data).toEqual(Int32Array.of(0, 0));
    expect(index([-1, 0, 2 ** 31 - 1, -(2 ** 31)]).data).toEqual(Int32Array.of(-1, 0, 2 ** 31 - 1, -(2 ** 31)));
  });
});
