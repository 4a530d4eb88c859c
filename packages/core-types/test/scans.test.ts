import { expect, test } from 'vitest';
import { allFinite, allNonZero, allWithin } from '../src/scans.js';
import { seeded } from './support/random.js';

test.each([0, 1, 3, 4, 5, 7, 8, 9, 17, 64])(
  '%i numbers: one that is not finite is seen wherever it stands',
  (length) => {
    const random = seeded(length);
    const values = Float64Array.from({ length }, () => random() - 0.5);
    expect(allFinite(values)).toBe(true);
    expect(allNonZero(values)).toBe(true);
    for (let at = 0; at < length; at++) {
      for (const wrong of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
        expect(allFinite(values.with(at, wrong))).toBe(false);
        expect(allNonZero(values.with(at, wrong))).toBe(false);
      }
      for (const zero of [0, -0]) {
        expect(allFinite(values.with(at, zero))).toBe(true);
        expect(allNonZero(values.with(at, zero))).toBe(false);
      }
    }
  },
);

test('infinities of both signs do not cancel', () => {
  const both = Float64Array.of(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY);
  expect([allFinite(both), allNonZero(both)]).toEqual([false, false]);
});

const ends = [-(2 ** 31), -(2 ** 31) + 1, -2, -1, 0, 1, 2, 6, 7, 8, 2 ** 31 - 2, 2 ** 31 - 1];

test.each([
  [-1, 7],
  [0, 7],
  [2, 7],
  [0, 0],
  [-1, 0],
  [0, 2 ** 31 - 1],
])('from %i and below %i', (from, below) => {
  for (const value of ends) {
    expect(allWithin(Int32Array.of(value), from, below), String(value)).toBe(value >= from && value < below);
  }
});
