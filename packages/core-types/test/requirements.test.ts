import { describe, expect, test } from 'vitest';
import { createValidator, findKernel, index, type KernelName, real } from '../src/index.js';
import { errorOf } from './support/errors.js';
import { exampleOf } from './support/examples.js';

const validate = (kernel: KernelName, changes: Readonly<Record<string, unknown>>) =>
  createValidator(findKernel(kernel)).validate(exampleOf(kernel, changes));

describe('neighbours', () => {
  const kernel = 'constantRegularizationMatrixFrom';
  const mesh = (lists: number[], counts: number[]) => ({
    neighbors: index(lists, [3, 2]),
    neighborsSizes: index(counts),
  });

  test('a path, no edges at all, and anything behind the counts', () => {
    expect(() => validate(kernel, mesh([1, -1, 0, 2, 1, -1], [1, 2, 1]))).not.toThrow();
    expect(() => validate(kernel, mesh([-1, -1, -1, -1, -1, -1], [0, 0, 0]))).not.toThrow();
    expect(() => validate(kernel, mesh([1, 99, 0, 0, -7, 2], [1, 1, 0]))).not.toThrow();
  });

  test('are mutual', () => {
    const error = errorOf(() => validate(kernel, mesh([1, -1, 2, -1, 1, -1], [1, 1, 1])), 'InvalidValue');
    expect(error.message).toContain('expected pixel 1 to name pixel 0 as well, got 1 at [0, 0]');
    expect(error.where).toBe(`${kernel}(neighbors)`);
  });

  test('are unique', () => {
    const error = errorOf(() => validate(kernel, mesh([1, 1, 0, 2, 1, -1], [2, 2, 1])), 'InvalidValue');
    expect(error.expected).toBe('each neighbour once');
  });

  test('are not the pixel itself', () => {
    const error = errorOf(() => validate(kernel, mesh([0, -1, 2, -1, 1, -1], [1, 1, 1])), 'InvalidValue');
    expect(error.expected).toBe('another pixel than itself');
  });

  test('are source pixels', () => {
    for (const stranger of [3, -1]) {
      errorOf(() => validate(kernel, mesh([stranger, -1, 2, -1, 1, -1], [1, 1, 1])), 'IndexOutOfRange');
    }
  });

  test('are as many as counted, and fit their slots', () => {
    errorOf(() => validate(kernel, mesh([1, -1, 0, 2, 1, -1], [3, 2, 1])), 'IndexOutOfRange');
    errorOf(() => validate(kernel, mesh([1, -1, 0, 2, 1, -1], [-1, 2, 1])), 'IndexOutOfRange');
  });
});

describe('padding of a sparse mapping', () => {
  const kernel = 'sparseMappingMatrixTransposeMatmul';

  test('weights in use are finite, those under a -1 are ignored', () => {
    const weights = (data: number[]) => ({ pixWeightsForSubSlimIndex: real(data, [4, 2]) });
    const nan = Number.NaN;
    expect(() => validate(kernel, weights([1, 1, 1, nan, nan, nan, -3, 7]))).not.toThrow();
    const error = errorOf(() => validate(kernel, weights([1, 1, nan, 1, 1, 1, 1, 1])), 'InvalidValue');
    expect(error.actual).toBe('NaN at [1, 0]');
  });

  test('rows may be all padding', () => {
    const empty = { pixIndexesForSubSlimIndex: index(new Int32Array(8).fill(-1), [4, 2]) };
    expect(() => validate(kernel, empty)).not.toThrow();
  });
});

describe('sub-pixels', () => {
  const kernel = 'mappingMatrixFrom';
  const plain = {
    pixSizeForSubSlimIndex: undefined,
    totalMaskPixels: undefined,
    slimIndexForSubSlimIndex: undefined,
    subFraction: undefined,
  };

  test('may be more than the pixels only when it is said where they belong', () => {
    const error = errorOf(() => validate(kernel, { ...plain, totalMaskPixels: 3 }), 'MissingArgument');
    expect(error.where).toBe('mappingMatrixFrom(slimIndexForSubSlimIndex)');
    expect(() => validate(kernel, { ...plain, totalMaskPixels: 5 })).not.toThrow();
    expect(() =>
      validate(kernel, { ...plain, totalMaskPixels: 1, slimIndexForSubSlimIndex: index([0, 0, 0, 0]) }),
    ).not.toThrow();
  });

  test('belong to pixels that exist', () => {
    errorOf(() => validate(kernel, { slimIndexForSubSlimIndex: index([0, 0, 0, 4]) }), 'IndexOutOfRange');
  });

  test('without sizes -1 ends a row; with sizes they win', () => {
    const gap = { pixIndexesForSubSlimIndex: index([0, 1, -1, 1, -1, -1, 2, 2], [4, 2]) };
    errorOf(() => validate(kernel, { ...plain, ...gap }), 'IndexOutOfRange');
    errorOf(() => validate(kernel, { ...gap, pixSizeForSubSlimIndex: index([2, 2, 0, 2]) }), 'IndexOutOfRange');
    expect(() => validate(kernel, { ...gap, pixSizeForSubSlimIndex: index([2, 0, 0, 2]) })).not.toThrow();
    errorOf(() => validate(kernel, { pixSizeForSubSlimIndex: index([3, 1, 0, 2]) }), 'IndexOutOfRange');
  });

  test('indices lie below S and weights in use are finite', () => {
    const high = { pixIndexesForSubSlimIndex: index([0, 3, 1, -1, -1, -1, 2, 2], [4, 2]) };
    errorOf(() => validate(kernel, { ...plain, ...high }), 'IndexOutOfRange');
    const weights = { pixWeightsForSubSlimIndex: real([1, Number.NaN, 1, 1, 1, 1, 1, 1], [4, 2]) };
    errorOf(() => validate(kernel, { ...plain, ...weights }), 'InvalidValue');
    expect(() => validate(kernel, { ...weights, pixSizeForSubSlimIndex: index([1, 1, 0, 2]) })).not.toThrow();
  });
});

describe('the square grid of the preload table', () => {
  const kernel = 'wTildeCurvaturePreloadInterferometerFrom';
  const grid = (rows: number, columns: number, at: (row: number, column: number) => readonly [number, number]) => {
    const points: number[] = [];
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++) points.push(...at(row, column));
    return real(points, [rows, columns, 2]);
  };
  const spaced = (dy: number, dx: number) => grid(3, 4, (row, column) => [7 - row * dy, column * dx - 3]);

  test('has one spacing, up and right', () => {
    expect(() => validate(kernel, { gridRadians2d: spaced(0.5, 0.5) })).not.toThrow();
    for (const wrong of [spaced(0.5, 0.25), spaced(-0.5, 0.5), spaced(0.5, -0.5), spaced(0, 0)]) {
      const error = errorOf(() => validate(kernel, { gridRadians2d: wrong }), 'InvalidValue');
      expect(error.what).toBe('the grid has no single spacing');
    }
  });

  test('swapped columns are noticed', () => {
    const swapped = grid(3, 4, (row, column) => [column * 0.5, -row * 0.5]);
    errorOf(() => validate(kernel, { gridRadians2d: swapped }), 'InvalidValue');
  });

  test('a row or a column is enough, a point is only where nothing is spaced', () => {
    const row = grid(1, 3, (_, column) => [0, column]);
    const column = grid(3, 1, (r) => [-r, 0]);
    const point = grid(1, 1, () => [2, 3]);
    expect(() => validate(kernel, { gridRadians2d: row })).not.toThrow();
    expect(() => validate(kernel, { gridRadians2d: column })).not.toThrow();
    errorOf(() => validate(kernel, { gridRadians2d: point }), 'InvalidValue');
    expect(() => validate(kernel, { gridRadians2d: point, shapeMaskedPixels2d: [1, 1] })).not.toThrow();
  });
});

describe('tables of W', () => {
  test('a compact table is even in its first row', () => {
    const kernel = 'curvatureMatrixViaWCompactSparseMappingMatrixFrom';
    const error = errorOf(() => validate(kernel, { wCompact: real([5, 9, 6, 1, 2, 3], [2, 3]) }), 'InvalidValue');
    expect(error.what).toContain('W(-d) differs from W(d)');
    expect(() => validate(kernel, { wCompact: real([5, 9e9, 5.5, 1, 2, 3], [2, 3]) })).not.toThrow();
  });

  test('a preload table is even all over', () => {
    const kernel = 'curvatureMatrixViaWTildeCurvaturePreloadInterferometerFrom';
    const even = [9, 5, 0, 5, 1, 2, 0, 3, 0, 0, 0, 0, 1, 3, 0, 2];
    for (const at of [1, 4, 5, 7]) {
      const spoiled = even.map((value, i) => (i === at ? value + 1 : value));
      errorOf(() => validate(kernel, { curvaturePreload: real(spoiled, [4, 4]) }), 'InvalidValue');
    }
    // Row Ny and column Nx are never addressed.
    for (const at of [2, 6, 8, 11]) {
      const spoiled = even.map((value, i) => (i === at ? value + 1 : value));
      expect(() => validate(kernel, { curvaturePreload: real(spoiled, [4, 4]) })).not.toThrow();
    }
  });
});
