import { isWtildeError } from '@wtilde/core-types';
import { CompensatedSum, chiSquared0, noiseNormalization } from '@wtilde/numerics';
import { describe, expect, it } from 'vitest';
import { randomArray } from './random.js';

const relative = (actual: number, expected: number) => Math.abs(actual / expected - 1);

/** A sum without rounding worth mentioning. */
function carefulSum(terms: Iterable<number>): number {
  const sum = new CompensatedSum();
  for (const term of terms) sum.add(term);
  return sum.value;
}

const logTerm = (noise: number) => Math.log(2 * Math.PI) + 2 * Math.log(Math.abs(noise));

describe('a compensated sum', () => {
  it('keeps what single additions lose', () => {
    expect(carefulSum([1, 1e100, 1, -1e100])).toBe(2);
    expect(carefulSum(new Array<number>(1e6).fill(0.1))).toBe(1e5);
    expect(carefulSum([])).toBe(0);
  });

  it('becomes infinite or NaN as a plain sum does', () => {
    expect(carefulSum([1, Infinity, 2])).toBe(Infinity);
    expect(carefulSum([Infinity, -Infinity])).toBeNaN();
    expect(carefulSum([1, NaN])).toBeNaN();
  });
});

describe('the noise normalization', () => {
  it.each([0, 1, 2, 3, 17, 190, 5000])('of %i visibilities agrees with its definition', (count) => {
    for (const scale of [1e-40, 1e-3, 1, 100, 1e31]) {
      const noise = randomArray(2 * count, count).map((value) => scale * (2 + value));
      expect(noiseNormalization(noise)).toBeCloseTo(carefulSum(noise.map(logTerm)), 9);
    }
  });

  it('is right to 1e-12 for very many visibilities of equal noise', () => {
    for (const noise of [0.3, 100, 1e-5]) {
      const count = 2e6;
      const expected = 2 * count * logTerm(noise);
      expect(relative(noiseNormalization(new Float64Array(2 * count).fill(noise)), expected)).toBeLessThan(1e-13);
    }
  });

  it('neither overflows nor underflows, and takes negative noise by its square', () => {
    const noise = Float64Array.of(1e-300, 1e300, -5e-324, 1.7e308, -3, 1e29, 1e-29, 1e-29);
    expect(relative(noiseNormalization(noise), carefulSum(noise.map(logTerm)))).toBeLessThan(1e-14);
  });

  it('cancels only where its terms do', () => {
    // 2 pi n^2 is near 1, so every term is small.
    const noise = randomArray(2000, 1).map((value) => (1 + 1e-3 * value) / Math.sqrt(2 * Math.PI));
    const terms = noise.map((value) => Math.log1p((value * Math.sqrt(2 * Math.PI)) ** 2 - 1));
    expect(Math.abs(noiseNormalization(noise) - carefulSum(terms))).toBeLessThan(1e-12);
  });

  it.each([0, 1, 6])('refuses a zero at number %i', (at) => {
    const noise = new Float64Array(8).fill(2).with(at, 0);
    expect(() => noiseNormalization(noise)).toThrow(
      expect.toSatisfy((error: unknown) => isWtildeError(error, 'InvalidValue')),
    );
  });

  it('lets NaN and infinity through', () => {
    expect(noiseNormalization(Float64Array.of(1, NaN))).toBeNaN();
    expect(noiseNormalization(Float64Array.of(1, Infinity))).toBe(Infinity);
  });
});

describe('chi-squared of an empty source', () => {
  it.each([0, 1, 2, 3, 17, 255, 256, 257, 5000])('of %i visibilities agrees with its definition', (count) => {
    const data = randomArray(2 * count, 1);
    const noise = randomArray(2 * count, 2).map((value) => 2 + value);
    const expected = carefulSum(data.map((value, i) => (value / noise[i]) ** 2));
    expect(Math.abs(chiSquared0(data, noise) - expected)).toBeLessThanOrEqual(3e-14 * expected);
  });

  it('is right to 1e-12 for very many equal visibilities', () => {
    const count = 2e6;
    const data = new Float64Array(2 * count).fill(0.1);
    const noise = new Float64Array(2 * count).fill(1);
    expect(relative(chiSquared0(data, noise), 2 * count * 0.1 * 0.1)).toBeLessThan(1e-13);
  });

  it('does not square what it can divide first', () => {
    expect(chiSquared0(Float64Array.of(1e200, 3), Float64Array.of(1e200, 1))).toBe(10);
  });
});
