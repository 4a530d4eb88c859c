import { expect, it } from 'vitest';
import { exponentOf, medianOf, ratioOf, summaryOf } from '../src/statistics.js';

it('summarises samples', () => {
  expect(summaryOf([4, 1, 3, 2])).toEqual({ min: 1, mean: 2.5, median: 2.5, stddev: Math.sqrt(5 / 3), rounds: 4 });
  expect(summaryOf([7])).toMatchObject({ median: 7, stddev: 0 });
  expect(medianOf([9, 1, 5])).toBe(5);
});

it('finds the exponent of a power law', () => {
  const points = [1, 2, 4, 8].map((x) => [x, 3 * x ** 1.7] as const);
  expect(exponentOf(points)).toBeCloseTo(1.7, 12);
});

/** Normal enough: sums of three numbers in 0 .. 1 around a centre. */
function noisy(centre: number, seed: number): readonly number[] {
  let state = seed;
  const random = () => {
    state = (Math.imul(state, 22695477) + 1) >>> 0;
    return state / 2 ** 32;
  };
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
