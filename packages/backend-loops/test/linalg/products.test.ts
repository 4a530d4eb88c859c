import { isWtildeError } from '@wtilde/core-types';
import { columnsOfDense, columnsOfMapping, dataVector } from '@wtilde/numerics';
import { describe, expect, it } from 'vitest';
import { curvatureFromDenseW } from '../../src/linalg/curvatureFromDenseW.js';
import { curvatureOfDenseMapping } from '../../src/linalg/curvatureOfDenseMapping.js';
import { matmulPacked, packColumns, packRows } from '../../src/linalg/matmul.js';
import { transposeMatmul } from '../../src/linalg/transposeMatmul.js';
import { denseMapping, product, randomArray, randomMapping, relativeError, transpose } from './naive.js';

/** Image pixels, source pixels, slots: around every strip width, wide and tall, and empty. */
const shapes = [
  [1, 1, 1],
  [2, 3, 1],
  [5, 2, 3],
  [17, 64, 3],
  [64, 17, 4],
  [65, 65, 3],
  [66, 8, 2],
  [200, 30, 5],
  [30, 300, 3],
  [300, 65, 3],
  [4, 0, 3],
  [0, 4, 3],
] as const;

/** T^t W T by the definition. */
function curvature(w: Float64Array, t: Float64Array, m: number, s: number): Float64Array {
  return product(transpose(t, m, s), product(w, t, m, m, s), s, m, s);
}

describe.each(shapes)('with %i image and %i source pixels, %i slots', (m, s, slots) => {
  const mapping = randomMapping(m, slots, s, m + 31 * s);
  const t = denseMapping(mapping, m, s);
  // Not symmetric: nothing may rely on that.
  const w = randomArray(m * m, m);
  const columns = columnsOfMapping(m, s, mapping.indexes, mapping.weights);

  it('T^t W T agrees with its definition by every route', () => {
    const expected = curvature(w, t, m, s);
    const stale = new Float64Array(s * s).fill(NaN);
    expect(relativeError(curvatureFromDenseW(w, columns), expected)).toBeLessThan(1e-14);
    expect(relativeError(curvatureFromDenseW(w, columns, stale), expected)).toBeLessThan(1e-14);
    const found = columnsOfDense(m, s, t);
    expect(relativeError(curvatureFromDenseW(w, found), expected)).toBeLessThan(1e-14);
    expect(relativeError(curvatureFromDenseW(w, found, stale.fill(NaN)), expected)).toBeLessThan(1e-14);
    expect(relativeError(curvatureOfDenseMapping(w, t, m, s), expected)).toBeLessThan(1e-14);
    expect(relativeError(curvatureOfDenseMapping(w, t, m, s, stale.fill(NaN)), expected)).toBeLessThan(1e-14);
    const full = randomArray(m * s, 9);
    const expectedFull = curvature(w, full, m, s);
    expect(relativeError(curvatureOfDenseMapping(w, full, m, s), expectedFull)).toBeLessThan(1e-13);
    expect(relativeError(curvatureFromDenseW(w, columnsOfDense(m, s, full)), expectedFull)).toBeLessThan(1e-13);
  });

  it.each([1, 2, 7, 65])('T^t X agrees with its definition for %i columns of X', (width) => {
    const x = randomArray(m * width, width);
    const expected = product(transpose(t, m, s), x, s, m, width);
    const stale = new Float64Array(s * width).fill(NaN);
    expect(relativeError(transposeMatmul(columns, x, width), expected)).toBeLessThan(1e-15);
    expect(relativeError(transposeMatmul(columns, x, width, stale), expected)).toBeLessThan(1e-15);
  });

  it('T^t d agrees with its definition', () => {
    const d = randomArray(m, 4);
    const expected = product(transpose(t, m, s), d, s, m, 1);
    expect(relativeError(dataVector(t, d, s), expected)).toBeLessThan(1e-15);
    expect(relativeError(dataVector(t, d, s, new Float64Array(s).fill(NaN)), expected)).toBeLessThan(1e-15);
  });

  it('the columns of the dense and of the sparse mapping are the same matrix', () => {
    const found = columnsOfDense(m, s, t);
    const dense = new Float64Array(m * s);
    for (let column = 0; column < s; column++) {
      for (let entry = columns.starts[column]; entry < columns.starts[column + 1]; entry++) {
        dense[columns.rows[entry] * s + column] += columns.values[entry];
      }
    }
    expect(dense).toEqual(t);
    expect(found.starts[s]).toBe(t.filter((value) => value !== 0).length);
    for (let column = 0; column < s; column++) {
      const rows = found.rows.subarray(found.starts[column], found.starts[column + 1]);
      expect(Array.from(rows)).toEqual([...rows].sort((a, b) => a - b));
    }
  });
});

describe('a sparse mapping', () => {
  it('adds duplicates up, keeps negative weights and ignores what follows a -1', () => {
    const indexes = Int32Array.of(0, 0, 1, 1, -1, 0, -1, -1, -1);
    const weights = Float64Array.of(1, 2, -3, 5, 7, 11, 13, 17, 19);
    const columns = columnsOfMapping(3, 2, indexes, weights);
    const x = Float64Array.of(1, 10, 100);
    expect(transposeMatmul(columns, x, 1)).toEqual(Float64Array.of(3, 47));
  });

  it.each([2, -2, 1000])('that points at pixel %i of two is refused', (bad) => {
    const indexes = Int32Array.of(0, 1, 1, bad);
    expect(() => columnsOfMapping(2, 2, indexes, new Float64Array(4))).toThrow(
      expect.toSatisfy((error: unknown) => isWtildeError(error, 'IndexOutOfRange')),
    );
  });

  it('is made of a matrix with thousands of elements', () => {
    const t = randomArray(3000, 1);
    const columns = columnsOfDense(3000, 1, t);
    expect(columns.values).toEqual(t);
    expect(columns.rows).toEqual(Int32Array.from({ length: 3000 }, (_, i) => i));
  });

  it('leaves out the zeros of a matrix', () => {
    const columns = columnsOfDense(2, 2, Float64Array.of(1, 0, 2, 3));
    expect(columns.values).toEqual(Float64Array.of(1, 2, 3));
    expect(columns.starts).toEqual(Int32Array.of(0, 2, 3));
  });

  it('has the entries of a column in the order in which its rows are visited', () => {
    const indexes = Int32Array.of(0, 1, 1, 0, 0, -1);
    const weights = Float64Array.of(1, 2, 3, 4, 5, 6);
    const columns = columnsOfMapping(3, 2, indexes, weights, Int32Array.of(2, 0, 1));
    expect(columns.starts).toEqual(Int32Array.of(0, 3, 5));
    expect(columns.rows).toEqual(Int32Array.of(2, 0, 1, 0, 1));
    expect(columns.values).toEqual(Float64Array.of(5, 1, 4, 2, 3));
  });
});

describe('the dense product', () => {
  it.each([
    [1, 1, 1],
    [3, 200, 3],
    [4, 191, 5],
    [65, 385, 200],
    [2, 3, 0],
  ])('of (%i, k = %i) and n = %i agrees with its definition', (m, k, n) => {
    const a = randomArray(m * k, 1);
    const b = randomArray(k * n, 2);
    const actual = matmulPacked(packRows(a, m, k), packColumns(b, k, n), m, n, k);
    expect(relativeError(actual, product(a, b, m, k, n))).toBeLessThan(1e-14);
  });
});
