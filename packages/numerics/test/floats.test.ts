import { describe, expect, it } from 'vitest';
import { exponentOf, fromFloats, toFloats } from '../src/index.js';

describe('float32 numbers that share a power of two', () => {
  it.each([1e-300, 1e-30, 1, 1e30, 1e300])('keep 24 bits of numbers around %f', (unit) => {
    const values = Float64Array.of(1, -0.3, 1e-3, 0).map((value) => value * unit);
    const { data, exponent } = toFloats(values);
    const back = fromFloats(data, exponent);
    for (const [i, value] of values.entries()) {
      expect(Math.abs(back[i] - value)).toBeLessThanOrEqual(2 ** -24 * Math.abs(value));
    }
  });
});

it('zeros, and what is not finite, stay as they are', () => {
  expect([[], [0, 0], [1, Number.POSITIVE_INFINITY]].map((values) => exponentOf(Float64Array.from(values)))).toEqual([
    0, 0, 0,
  ]);
});
