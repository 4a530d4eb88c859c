import { describe, expect, test } from 'vitest';
import { createRandom } from '../../src/index.js';
import { xoshiro128 } from '../../src/random/xoshiro128.js';

describe('xoshiro128**', () => {
  test("the sequence of the authors' definition from the state 1, 2, 3, 4", () => {
    const next = xoshiro128(Int32Array.of(1, 2, 3, 4));
    const first = Array.from({ length: 10 }, () => next() >>> 0);
    expect(first).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ]);
  });
});

describe('a seeded stream', () => {
  const take = (seed: string, count: number): number[] => {
    const random = createRandom(seed);
    return Array.from({ length: count }, () => random.uniform());
  };

  test('is the same for the same text and another for another', () => {
    expect(take('a/1', 100)).toEqual(take('a/1', 100));
    expect(take('a/1', 100)).not.toEqual(take('a/2', 100));
    expect(take('', 2)).not.toEqual([0, 0]);
  });

  test('is uniform on [0, 1) with 53 bits', () => {
    const values = take('uniform', 100_000);
    expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
    expect(values.every((value) => Number.isInteger(value * 2 ** 53))).toBe(true);
    expect(values.some((value) => !Number.isInteger(value * 2 ** 52))).toBe(true);
    const bins = new Array(10).fill(0);
    for (const value of values) bins[Math.floor(value * 10)]++;
    // 10,000 +- 95 each: within six standard deviations.
    for (const bin of bins) expect(Math.abs(bin - 10_000)).toBeLessThan(600);
  });

  test('gives every integer below a number', () => {
    const random = createRandom('integers');
    const seen = new Set(Array.from({ length: 200 }, () => random.integer(5)));
    expect([...seen].sort()).toEqual([0, 1, 2, 3, 4]);
  });

  test('is normal where asked to be', () => {
    const random = createRandom('normal');
    const values = Array.from({ length: 100_000 }, () => random.normal());
    const mean = values.reduce((a, b) => a + b) / values.length;
    const variance = values.reduce((sum, value) => sum + value ** 2, 0) / values.length;
    const fourth = values.reduce((sum, value) => sum + value ** 4, 0) / values.length;
    expect(Math.abs(mean)).toBeLessThan(0.02);
    expect(Math.abs(variance - 1)).toBeLessThan(0.03);
    expect(Math.abs(fourth - 3)).toBeLessThan(0.2);
  });
});
