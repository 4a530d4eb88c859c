import type { NdArray } from '@wtilde/core-types';
import { expect } from 'vitest';

/** The largest absolute difference of two arrays of one shape. */
export function largestDifference(actual: NdArray<'real'>, expected: NdArray<'real'>): number {
  expect(actual.shape).toEqual(expected.shape);
  return actual.data.reduce((most, value, at) => Math.max(most, Math.abs(value - expected.data[at])), 0);
}
