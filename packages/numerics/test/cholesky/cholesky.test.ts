import { isWtildeError } from '@wtilde/core-types';
import { describe, expect, it } from 'vitest';
import { choleskyOf, logDeterminant, lowerFactor, solve } from '../../src/cholesky/cholesky.js';
import { packedLength } from '../../src/cholesky/packedTriangle.js';
import { lowerTriangleOnly, norm, positiveDefinite, product, relativeError, transpose } from '../dense.js';
import { randomArray } from '../random.js';

const sizes = [1, 2, 3, 4, 5, 17, 64, 65, 96, 97, 98, 200, 300];

/** norm(A x - b) / (norm(A) norm(x) + norm(b)). */
function backwardError(a: Float64Array, x: Float64Array, b: Float64Array): number {
  const n = b.length;
  const residual = product(a, x, n, n, 1).map((value, i) => value - b[i]);
  return norm(residual) / (norm(a) * norm(x) + norm(b));
}

/** The plainest Cholesky, for its log determinant and its pivots. */
function naivePivots(a: Float64Array, n: number): number[] {
  const work = a.slice();
  const pivots: number[] = [];
  for (let k = 0; k < n; k++) {
    const pivot = work[k * n + k];
    pivots.push(pivot);
    for (let i = k + 1; i < n; i++) {
      for (let j = k + 1; j < n; j++) work[i * n + j] -= (work[i * n + k] * work[k * n + j]) / pivot;
    }
  }
  return pivots;
}

function failureOf(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('Cholesky factorization', () => {
  it.each(sizes)('of order %i reproduces the matrix, solves and gives its log determinant', (n) => {
    const a = positiveDefinite(n, 0.1 * n, n);
    const b = randomArray(n, n + 1);
    const factor = choleskyOf(n, [lowerTriangleOnly(a, n)]);
    const lower = lowerFactor(factor);
    expect(relativeError(product(lower, transpose(lower, n, n), n, n, n), a)).toBeLessThan(1e-15 * (n + 3));
    for (let i = 0; i < n; i++) {
      expect(lower.subarray(i * n + i + 1, (i + 1) * n).every((value) => value === 0)).toBe(true);
    }
    expect(backwardError(a, solve(factor, b), b)).toBeLessThan(1e-15 * (n + 3));
    const expected = naivePivots(a, n).reduce((sum, pivot) => sum + Math.log(pivot), 0);
    expect(Math.abs(logDeterminant(factor) - expected)).toBeLessThan(1e-13 * n * (1 + Math.abs(expected)));
  });

  it('stays backward stable when the matrix is nearly singular', () => {
    // The Hilbert matrix of order 10, condition 1.6e13.
    const n = 10;
    const hilbert = Float64Array.from({ length: n * n }, (_, i) => 1 / ((i % n) + Math.floor(i / n) + 1));
    const b = randomArray(n, 5);
    expect(backwardError(hilbert, solve(choleskyOf(n, [hilbert]), b), b)).toBeLessThan(1e-15);
  });

  it('solves a system whose solution is known exactly', () => {
    // L of small integers, so that A, b and every intermediate are exact.
    const n = 7;
    const lower = Float64Array.from({ length: n * n }, (_, i) => {
      const [row, column] = [Math.floor(i / n), i % n];
      return column > row ? 0 : column === row ? 1 + (row % 3) : (row + 2 * column) % 3;
    });
    const a = product(lower, transpose(lower, n, n), n, n, n);
    const x = Float64Array.from({ length: n }, (_, i) => i - 3);
    const factor = choleskyOf(n, [a]);
    expect(lowerFactor(factor)).toEqual(lower);
    expect(solve(factor, product(a, x, n, n, 1))).toEqual(x);
  });

  it('adds up its terms', () => {
    const n = 20;
    const f = positiveDefinite(n, 1, 1);
    const h = positiveDefinite(n, 1, 2);
    const sum = f.map((value, i) => value + h[i]);
    expect(choleskyOf(n, [f, h]).packed).toEqual(choleskyOf(n, [sum]).packed);
  });

  it('leaves its inputs alone and reuses a workspace', () => {
    const n = 65;
    const a = positiveDefinite(n, 1, 3);
    const b = randomArray(n, 4);
    const [a0, b0] = [a.slice(), b.slice()];
    const workspace = new Float64Array(packedLength(n)).fill(NaN);
    const factor = choleskyOf(n, [a], workspace);
    expect(factor.packed).toBe(workspace);
    const x = solve(factor, b);
    expect([a, b]).toEqual([a0, b0]);
    const again = choleskyOf(n, [a], workspace);
    expect(solve(again, b)).toEqual(x);
    expect(solve(again, b, b)).toBe(b);
    expect(b).toEqual(x);
    const out = new Float64Array(n * n).fill(NaN);
    expect(lowerFactor(again, out)).toBe(out);
    expect(out.every(Number.isFinite)).toBe(true);
  });

  it('survives scales near the ends of the range', () => {
    const n = 5;
    for (const scale of [1e-300, 1e300]) {
      const a = positiveDefinite(n, 1, 6).map((value) => value * scale);
      const expected = logDeterminant(choleskyOf(n, [positiveDefinite(n, 1, 6)])) + n * Math.log(scale);
      expect(logDeterminant(choleskyOf(n, [a]))).toBeCloseTo(expected, 8);
    }
  });

  it('of order 0 is empty', () => {
    const factor = choleskyOf(0, [new Float64Array(0)]);
    expect(solve(factor, new Float64Array(0))).toHaveLength(0);
    expect(logDeterminant(factor)).toBe(0);
  });
});

describe('a bad pivot', () => {
  // Of the identity with one diagonal element replaced, that element is the pivot.
  it.each(
    [1, 2, 3, 5, 17, 65, 100, 300].flatMap((n) =>
      [0, n >> 1, n - 1].flatMap((at) => [0, -2.5, NaN, Infinity].map((value) => [n, at, value] as const)),
    ),
  )('of order %i at %i with value %d is named', (n, at, value) => {
    const a = new Float64Array(n * n);
    for (let i = 0; i < n; i++) a[i * n + i] = i === at ? value : 1;
    const error = failureOf(() => choleskyOf(n, [a]));
    expect(isWtildeError(error, 'NumericalFailure') && [error.where, error.actual]).toEqual([
      `Cholesky pivot ${at}`,
      `${value}`,
    ]);
  });

  it.each([3, 17, 65, 200])('is found in an indefinite matrix of order %i', (n) => {
    // Positive definite up to the last row, which is made to fail by exactly 1.
    const a = positiveDefinite(n, n, n);
    const pivots = naivePivots(a, n);
    a[n * n - 1] -= pivots[n - 1] + 1;
    const error = failureOf(() => choleskyOf(n, [a]));
    expect(isWtildeError(error, 'NumericalFailure') && error.where).toBe(`Cholesky pivot ${n - 1}`);
    expect(isWtildeError(error) && Number(error.actual)).toBeCloseTo(-1, 9);
  });

  it('reports a NaN below the diagonal at the row that holds it', () => {
    const n = 70;
    const a = positiveDefinite(n, n, 1);
    a[50 * n + 3] = NaN;
    const error = failureOf(() => choleskyOf(n, [a]));
    expect(isWtildeError(error, 'NumericalFailure') && [error.where, error.actual]).toEqual([
      'Cholesky pivot 50',
      'NaN',
    ]);
  });
});
