import { describe, expect, test } from 'vitest';
import {
  constantGraph,
  errorBound,
  evidenceTerms,
  factorEvidence,
  inverseOf,
  KeptMemory,
  regularizationOfGraph,
} from '../../src/index.js';

/** A path of S source pixels, each image pixel between two of them; F = T^t W T with W = w I. */
function problem(order: number, rowCount: number, coefficient: number, w = 3) {
  const neighbors = Int32Array.from({ length: 2 * order }, (_, at) => {
    const i = at >> 1;
    const near = [i - 1, i + 1].filter((j) => j >= 0 && j < order);
    return near[at % 2] ?? -1;
  });
  const sizes = Int32Array.from({ length: order }, (_, i) => (i === 0 || i === order - 1 ? 1 : 2));
  const pixIndexes = new Int32Array(2 * rowCount);
  const pixWeights = new Float64Array(2 * rowCount);
  for (let row = 0; row < rowCount; row++) {
    const at = ((order - 1.001) * row) / rowCount;
    pixIndexes.set([Math.floor(at), Math.floor(at) + 1], 2 * row);
    pixWeights.set([1 - (at % 1), at % 1], 2 * row);
  }
  const F = new Float64Array(order * order);
  const dataVector = new Float64Array(order);
  for (let row = 0; row < rowCount; row++) {
    for (let a = 2 * row; a < 2 * row + 2; a++) {
      dataVector[pixIndexes[a]] += pixWeights[a] * Math.sin(row);
      for (let b = 2 * row; b < 2 * row + 2; b++) {
        F[pixIndexes[a] * order + pixIndexes[b]] += w * pixWeights[a] * pixWeights[b];
      }
    }
  }
  const form = regularizationOfGraph(constantGraph(coefficient, { order, neighbors, sizes }));
  const factored = factorEvidence(F, form);
  const data = { dataVector, logDetRegularizationMatrix: 1, chiSquared0: 50, noiseNormalization: -20 };
  const mapping = { rowCount, pixIndexes, pixWeights };
  return { factored, data, mapping, terms: evidenceTerms(data, factored) };
}

const none = { rmsErrorOfW: 0, largestErrorOfW: 0, rmsErrorOfDirtyImage: 0, sumOfWeights: 0 };

/** tr B of B = T (F + H)^-1 T^t, from the whole inverse. */
function traceOf({ factored, mapping: { rowCount, pixIndexes, pixWeights } }: ReturnType<typeof problem>): number {
  const order = factored.factorDiagonal.length;
  const inverse = inverseOf(factored);
  let trace = 0;
  for (let row = 0; row < rowCount; row++) {
    for (let a = 2 * row; a < 2 * row + 2; a++) {
      for (let b = 2 * row; b < 2 * row + 2; b++) {
        trace += pixWeights[a] * inverse[pixIndexes[a] * order + pixIndexes[b]] * pixWeights[b];
      }
    }
  }
  return trace;
}

describe('the bound of an error', () => {
  test('of W where nothing is displaced is that error times the trace and the power of the image', () => {
    // 1e6 drowns the rounding; with few source pixels the trace is exact, with many it is hardly ever too small.
    for (const [order, rows, coefficient] of [
      [6, 40, 1],
      [8, 40, 1e5],
      [40, 300, 0.3],
      [60, 200, 30],
      [60, 200, 1e4],
    ]) {
      const p = problem(order, rows, coefficient);
      const { reconstruction: s } = p.terms;
      const { pixIndexes, pixWeights } = p.mapping;
      let power = 0;
      for (let row = 0; row < rows; row++) {
        const [a, b] = [2 * row, 2 * row + 1];
        power += (pixWeights[a] * s[pixIndexes[a]] + pixWeights[b] * s[pixIndexes[b]]) ** 2;
      }
      const exact = (1e6 * (power + traceOf(p))) / 2;
      const bound = errorBound({ ...p.data, ...none, largestErrorOfW: 1e6, mapping: p.mapping }, p.terms, p.factored);
      if (order <= 8) expect(bound / exact).toBeCloseTo(1, 9);
      expect(bound / exact).toBeGreaterThanOrEqual(1 - 1e-9);
      expect(bound / exact).toBeLessThan(3);
    }
  });

  test('grows with every error that is known, and is above 0 without any', () => {
    const { data, mapping, terms, factored } = problem(20, 100, 1);
    const of = (errors: Partial<typeof none>, mapped = true) =>
      errorBound({ ...data, ...none, ...errors, ...(mapped ? { mapping } : {}) }, terms, factored);
    const rounding = of({});
    expect(rounding).toBeGreaterThan(0);
    expect(rounding).toBeLessThan(1e-11);
    for (const name of ['rmsErrorOfW', 'largestErrorOfW', 'rmsErrorOfDirtyImage', 'sumOfWeights'] as const) {
      const size = name === 'sumOfWeights' ? 1e12 : 1e-3;
      expect(of({ [name]: size })).toBeGreaterThan(1e3 * rounding);
      // Without a mapping nobody knows what the errors do.
      expect(of({ [name]: size }, false)).toBe(rounding);
    }
  });

  test('is the same from memory that is kept', () => {
    const { data, mapping, terms, factored } = problem(20, 100, 1);
    const memory = new KeptMemory();
    const of = () => errorBound({ ...data, ...none, rmsErrorOfW: 1, mapping }, terms, factored, memory.restart());
    expect([of(), of()]).toEqual(
      Array(2).fill(errorBound({ ...data, ...none, rmsErrorOfW: 1, mapping }, terms, factored)),
    );
  });
});
