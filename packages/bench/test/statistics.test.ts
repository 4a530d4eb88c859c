import { expect, it } from 'vitest';
import { growthExponentOf, medianBand, medianOf, ratioOf, summaryOf } from '../src/statistics.js';

it('summarises samples', () => {
  expect(summaryOf([4, 1, 3, 2])).toEqual({ min: 1, mean: 2.5, median: 2.5, stddev: Math.sqrt(5 / 3), rounds: 4 });
  expect(summaryOf([7])).toMatchObject({ median: 7, stddev: 0 });
  expect(medianOf([9, 1, 5])).toBe(5);
});

it('finds the exponent of a power law, certain where points and bands are', () => {
  const points = [1, 2, 4, 8].map((x) => [x, 3 * x ** 1.7, 3 * x ** 1.7, 3 * x ** 1.7] as const);
  const { value, error } = growthExponentOf(points);
  expect(value).toBeCloseTo(1.7, 12);
  expect(error).toBeLessThan(1e-12);
});

it('an exponent is as uncertain as its points: three of four hold the truth within one deviation', () => {
  const random = uniform(9);
  const trials = Array.from({ length: 400 }, () => {
    const points = [1, 2, 4, 8, 16, 32].map((x) => {
      // Normal enough, of standard deviation 0.05.
      const off = Math.exp(0.05 * 2 * (random() + random() + random() - 1.5));
      const y = x ** 1.5 * off;
      return [x, y, y * Math.exp(-0.098), y * Math.exp(0.098)] as const;
    });
    const { value, error } = growthExponentOf(points);
    return Math.abs(value - 1.5) <= error;
  });
  const held = trials.filter(Boolean).length / trials.length;
  expect(held).toBeGreaterThan(0.6);
  expect(held).toBeLessThan(0.9);
});

it('two points have the uncertainty of their bands', () => {
  const { value, error } = growthExponentOf([
    [1, 1, 0.9, 1.1],
    [2, 2, 1.8, 2.2],
  ]);
  expect(value).toBeCloseTo(1, 12);
  expect(error).toBeCloseTo((Math.SQRT2 * Math.log(1.1 / 0.9)) / 3.92 / Math.LN2, 12);
});

it('the band of a median holds it 95 times of 100, and is never outside of the samples', () => {
  expect(medianBand([5])).toEqual([5, 5]);
  expect(medianBand([3, 1, 2])).toEqual([1, 3]);
  const random = uniform(4);
  const held = Array.from({ length: 500 }, () => {
    const [low, high] = medianBand(Array.from({ length: 40 }, random));
    return low <= 0.5 && high >= 0.5;
  }).filter(Boolean).length;
  expect(held).toBeGreaterThan(465);
  expect(held).toBeLessThan(500);
});

function uniform(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 22695477) + 1) >>> 0;
    return state / 2 ** 32;
  };
}

/** Normal enough: sums of three numbers in 0 .. 1 around a centre. */
function noisy(centre: number, seed: number): readonly number[] {
  const random = uniform(seed);
  return Array.from({ length: 60 }, () => centre + 0.1 * (random() + random() + random() - 1.5));
}

it('the band of a ratio holds the truth, and excludes 1 where times differ', () => {
  const ratio = ratioOf(noisy(1, 1), noisy(1.3, 2));
  expect(ratio.low).toBeLessThan(1.3);
  expect(ratio.high).toBeGreaterThan(1.3);
  expect(ratio.low).toBeGreaterThan(1);
});

it('the band of two runs of the same holds 1 in most cases', () => {
  const wrong = Array.from({ length: 100 }, (_, i) => ratioOf(noisy(1, 2 * i + 1), noisy(1, 2 * i + 2)));
  expect(wrong.filter(({ low, high }) => low > 1 || high < 1).length).toBeLessThan(15);
});
