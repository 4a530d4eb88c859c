import { goodSize } from '@wtilde/numerics';
import { describe, expect, it } from 'vitest';
import { createFftPlan, fftBatch } from '../../src/fourier/fft.js';
import { cosSinOfTurns, fractionOfTurns } from '../../src/fourier/turns.js';
import { compensatedSum } from './exact.js';
import { generator, uniform } from './random.js';

const lengths = [1, 2, 3, 4, 5, 6, 8, 9, 12, 15, 16, 20, 25, 27, 30, 45, 60, 64, 100, 125, 128, 180];

/** sum_j x[j, q] exp(-2 pi i f j / length), as a re, im pair. */
function transformAt(x: Float64Array, length: number, batch: number, f: number, q: number): [number, number] {
  const angle = (j: number): number => (-2 * Math.PI * ((f * j) % length)) / length;
  const at = (j: number): number => 2 * (batch * j + q);
  return [
    compensatedSum(length, (j) => x[at(j)] * Math.cos(angle(j)) - x[at(j) + 1] * Math.sin(angle(j))),
    compensatedSum(length, (j) => x[at(j)] * Math.sin(angle(j)) + x[at(j) + 1] * Math.cos(angle(j))),
  ];
}

describe('the fast Fourier transform', () => {
  it.each(lengths)('of length %i agrees with its definition for batches of 1 and 3', (length) => {
    for (const batch of [1, 3]) {
      const x = uniform(generator(length), 2 * length * batch, -1, 1);
      const y = fftBatch(createFftPlan(length), x.slice(), new Float64Array(x.length), batch);
      const size = Math.sqrt(length);
      for (let f = 0; f < length; f++) {
        for (let q = 0; q < batch; q++) {
          const [re, im] = transformAt(x, length, batch, f, q);
          expect(Math.abs(y[2 * (batch * f + q)] - re)).toBeLessThan(4e-15 * size);
          expect(Math.abs(y[2 * (batch * f + q) + 1] - im)).toBeLessThan(4e-15 * size);
        }
      }
    }
  });

  it.each([64, 75, 1440])('of length %i is undone by itself, read backwards', (length) => {
    const plan = createFftPlan(length);
    const x = uniform(generator(1), 2 * length, -1, 1);
    const once = fftBatch(plan, x.slice(), new Float64Array(x.length), 1);
    const twice = fftBatch(plan, once.slice(), new Float64Array(x.length), 1);
    for (let j = 0; j < length; j++) {
      const at = 2 * ((length - j) % length);
      expect(Math.abs(twice[at] / length - x[2 * j])).toBeLessThan(2e-15);
      expect(Math.abs(twice[at + 1] / length - x[2 * j + 1])).toBeLessThan(2e-15);
    }
  });

  it('has lengths with small factors near every length, and no others', () => {
    expect([1, 7, 11, 13, 59, 199, 559, 1399].map(goodSize)).toEqual([1, 8, 12, 15, 60, 200, 576, 1440]);
    expect(() => createFftPlan(7)).toThrow(RangeError);
    expect(() => createFftPlan(14)).toThrow(RangeError);
  });
});

describe('angles in turns', () => {
  it('have cosines and sines to 2 eps, and exact ones at quarter turns', () => {
    const turns = uniform(generator(7), 2000, -3, 3);
    const cos = new Float64Array(2000);
    const sin = new Float64Array(2000);
    cosSinOfTurns(turns, 2000, cos, sin);
    turns.forEach((turn, i) => {
      const angle = 2 * Math.PI * (turn - Math.round(turn));
      expect(Math.abs(cos[i] - Math.cos(angle))).toBeLessThan(2.5 * Number.EPSILON);
      expect(Math.abs(sin[i] - Math.sin(angle))).toBeLessThan(2.5 * Number.EPSILON);
    });
    const quarters = Float64Array.from({ length: 41 }, (_, i) => (i - 20) / 4);
    cosSinOfTurns(quarters, 41, cos, sin);
    quarters.forEach((turn, i) => {
      expect(cos[i]).toBeCloseTo([1, 0, -1, 0][(4 * turn + 40) % 4], 15);
      expect(sin[i]).toBeCloseTo([0, 1, 0, -1][(4 * turn + 40) % 4], 15);
    });
  });

  it('are reduced exactly', () => {
    for (const turns of [0, 0.5, -0.5, 0.75, 1e9 + 0.25, -1234567.125, 2 ** 51 + 0.5]) {
      expect(turns - fractionOfTurns(turns)).toBe(Math.round(turns - fractionOfTurns(turns)));
      expect(Math.abs(fractionOfTurns(turns))).toBeLessThanOrEqual(0.5);
    }
  });
});
