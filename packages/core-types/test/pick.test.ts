import { describe, expect, test } from 'vitest';
import { type Cost, type MethodFacts, pick } from '../src/index.js';
import { errorOf } from './support/errors.js';

const costs = (flops: number, time?: number): MethodFacts => ({
  cost: (): Cost => ({ flops, bytes: 0, ...(time === undefined ? {} : { time }) }),
});
const refuses = (reason: string): MethodFacts => ({ ...costs(0), canRun: () => reason });
const kernelOf = (methods: Readonly<Record<string, MethodFacts>>) => ({ descriptor: { name: 'someKernel' }, methods });

describe('pick', () => {
  test('takes the method that is asked for, whatever it costs', () => {
    const kernel = kernelOf({ slow: costs(9), fast: costs(1) });
    expect(pick(kernel, {}, { method: 'slow' })).toEqual({
      method: 'slow',
      why: 'asked for',
      rejected: { fast: 'slow was asked for' },
    });
  });

  test('takes the cheapest for auto, and says how much slower the others are', () => {
    const kernel = kernelOf({ slow: costs(9), fast: costs(2), unable: refuses('too large') });
    for (const options of [{}, { method: 'auto' }, { method: undefined }]) {
      expect(pick(kernel, {}, options)).toEqual({
        method: 'fast',
        why: 'least estimated time',
        rejected: { slow: 'estimated 4.50 times slower', unable: 'too large' },
      });
    }
  });

  test('compares times: where a method gives none, a nanosecond for each operation', () => {
    const timed: MethodFacts = { cost: () => ({ bytes: 0, time: 7 }) };
    expect(pick(kernelOf({ a: costs(1, 50), b: costs(9, 5) }), {}).method).toBe('b');
    expect(pick(kernelOf({ a: costs(1, 50), b: costs(9) }), {}).method).toBe('b');
    expect(pick(kernelOf({ a: timed, b: costs(9), c: costs(1, 8) }), {}).method).toBe('a');
    expect(pick(kernelOf({ a: timed, b: costs(6) }), {}).method).toBe('b');
    // One that cannot run does not spoil the times of the others.
    expect(pick(kernelOf({ a: costs(1, 50), b: costs(9, 5), c: refuses('no') }), {}).method).toBe('b');
  });

  test('takes the first listed among equals', () => {
    expect(pick(kernelOf({ b: costs(1), a: costs(1) }), {}).method).toBe('b');
    expect(pick(kernelOf({ b: costs(0), a: costs(0) }), {}).rejected).toEqual({ a: 'estimated 1.00 times slower' });
  });

  test('passes sizes and options on', () => {
    const method: MethodFacts = {
      cost: ({ M }, options) => ({ flops: options?.tolerance === undefined ? M : 1, bytes: 0 }),
      canRun: ({ M }) => M < 10 || `M = ${M} is not below 10`,
    };
    const kernel = kernelOf({ a: method, b: costs(5) });
    expect(pick(kernel, { M: 3 }).method).toBe('a');
    expect(pick(kernel, { M: 6 }).method).toBe('b');
    expect(pick(kernel, { M: 6 }, { tolerance: 1e-3 }).method).toBe('a');
    expect(pick(kernel, { M: 12 }).rejected).toEqual({ a: 'M = 12 is not below 10' });
  });

  test('a kernel of one method does not price it', () => {
    const cost = () => {
      throw new Error('not needed');
    };
    expect(pick(kernelOf({ only: { cost } }), {})).toEqual({ method: 'only', why: 'the only method', rejected: {} });
  });

  test('refuses with the reason of every method', () => {
    const error = errorOf(
      () => pick(kernelOf({ a: refuses('too large'), b: refuses('too small') }), {}),
      'MethodRefused',
    );
    expect(error.message).toContain('a: too large; b: too small');
    expect(error.where).toBe('someKernel');
    const asked = errorOf(
      () => pick(kernelOf({ a: refuses('too large'), b: costs(1) }), {}, { method: 'a' }),
      'MethodRefused',
    );
    expect(asked.message).toContain('a: too large');
  });

  test('an unknown method lists the known ones', () => {
    const kernel = kernelOf({ direct: costs(1), fft: costs(1) });
    const error = errorOf(() => pick(kernel, {}, { method: 'nufft' }), 'UnknownMethod');
    expect(error.message).toContain('expected auto, direct, fft, got nufft');
    errorOf(() => pick(kernel, {}, { method: 'toString' }), 'UnknownMethod');
  });
});
