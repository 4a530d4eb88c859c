import { createRandom } from '@wtilde/data';
import { describe, expect, it } from 'vitest';
import { denseSystem, positiveSolution } from '../../src/index.js';
import { leastSquares, type Problem, violation } from './problems.js';

const sourceOf = ({ matrix, dataVector }: Problem) => {
  const { reconstruction } = positiveSolution(denseSystem(matrix, dataVector));
  expect(violation({ matrix, dataVector }, reconstruction)).toBeLessThan(1e-10);
  return reconstruction;
};

/** A random design, and what it makes of a source of which every other pixel is dark. */
function halfDark(rows: number, columns: number) {
  const random = createRandom(`half dark ${rows} ${columns}`);
  const design = Float64Array.from({ length: rows * columns }, () => 20 * random.uniform() - 10);
  const source = Float64Array.from({ length: columns }, (_, i) => (i % 2 === 0 ? 0 : 0.1 + 2 * random.uniform()));
  const b = Float64Array.from({ length: rows }, (_, k) =>
    source.reduce((sum, value, i) => sum + design[k * columns + i] * value, 0),
  );
  return { source, design, b };
}

/** Photons and expected ones in 67 bins: fits of a rising ratio to them made an earlier solver go round in circles. */
const photons = [
  3, 2, 0, 1, 1, 1, 3, 8, 14, 16, 29, 23, 41, 47, 53, 57, 67, 76, 103, 89, 97, 94, 85, 95, 78, 78, 78, 77, 73, 50, 50,
  56, 68, 98, 95, 112, 134, 145, 158, 172, 213, 234, 222, 215, 216, 216, 206, 183, 135, 156, 110, 92, 63, 60, 52, 29,
  20, 16, 12, 5, 5, 5, 1, 2, 3, 0, 2,
];
const events = [
  ...new Array(20).fill(0),
  ...[1, 0, 2, 1, 4, 8, 8, 17, 21, 28, 38, 67, 66, 95, 136, 150, 188, 195, 256, 238, 285, 339, 297, 317, 322, 285, 240],
  ...[266, 225, 213, 154, 143, 120, 84, 60, 33, 34, 24, 16, 8, 7, 5, 0, 4, 0, 0, 0],
];

describe('what non-negative solvers have failed on', () => {
  it('the foot of a perpendicular beside the cone (scipy/scipy#25389)', () => {
    // Unrestricted (-1, 3); a solver returned (0.824, 0.394) as exact.
    const source = sourceOf(leastSquares([3, 2, 1, 1], [3, 2]));
    expect(source[0]).toBe(0);
    expect(source[1]).toBeCloseTo(1.6, 14);
    expect(Math.hypot(2 * source[1] - 3, source[1] - 2)).toBeCloseTo(Math.sqrt(0.2), 14);
  });

  it('numbers of 1e-21 (scipy/scipy#21630)', () => {
    const random = createRandom('tesla');
    const [rows, columns] = [60, 70];
    const design = Float64Array.from({ length: rows * columns }, () => 4e-21 * random.normal());
    const b = Float64Array.from({ length: rows }, () => 1e-8 * random.normal());
    const isLit = (scale: number) => {
      const problem = leastSquares(
        design.map((value) => scale * value),
        b.map((value) => scale * value),
      );
      return Array.from(sourceOf(problem), (value) => value > 0);
    };
    const tesla = isLit(1);
    expect(tesla.filter((lit) => lit).length).toBeGreaterThan(20);
    expect(isLit(1e9)).toEqual(tesla);
    expect(isLit(1e21)).toEqual(tesla);
  });

  it('an empty support (scipy/scipy#20302)', () => {
    expect(sourceOf(leastSquares([1, 2, 3, 4], [-1, -1]))).toEqual(Float64Array.of(0, 0));
    expect(sourceOf(leastSquares([1, 2, 3, 4], [0, 0]))).toEqual(Float64Array.of(0, 0));
  });

  it('no rows, rows of zeros, and columns of zeros (scipy/scipy#24861, #24866)', () => {
    expect(sourceOf(leastSquares([], []))).toEqual(new Float64Array(3));
    expect(sourceOf(leastSquares([0, 0, 0, 0, 2, 1], [5, 1, 3]))).toEqual(sourceOf(leastSquares([2, 1], [3])));
    expect(sourceOf(leastSquares([2, 0, 0, 0], [3, 1]))).toEqual(Float64Array.of(1.5, 0));
  });

  it('five columns from 1e5 to 1e9 (scipy/scipy#22884)', () => {
    const random = createRandom('spectra');
    const sizes = [1e5, 3e9, 6e6, 4e5, 2e7];
    const design = Float64Array.from({ length: 5 * 9 }, (_, at) => sizes[at % 5] * (0.1 + random.uniform()));
    const b = Float64Array.from({ length: 9 }, () => 1e7 * random.uniform());
    const source = sourceOf(leastSquares(design, b));
    expect(source.some((value) => value > 0)).toBe(true);
  });

  it('numbers that were rounded to float32, with more columns than rows (scipy/scipy#22727)', () => {
    const random = createRandom('vectors');
    const [rows, columns] = [96, 116];
    const design = Float64Array.from({ length: rows * columns }, () => Math.fround(0.05 * random.normal()));
    sourceOf(
      leastSquares(
        design,
        Float64Array.from({ length: rows }, () => Math.fround(0.05 * random.normal())),
      ),
    );
  });

  it('a ratio that rises over 67 bins (scipy/scipy#20168)', () => {
    const order = photons.length;
    const design = new Float64Array(order * order);
    const b = new Float64Array(order);
    photons.forEach((count, i) => {
      const weight = count === 0 ? 1 : Math.sqrt(count);
      for (let j = 0; j <= i; j++) design[i * order + j] = weight * count;
      if (count === 0) {
        design[i * order + i] = 1;
        design[i * order + Math.min(i + 1, order - 1)] = -1;
      }
      b[i] = count === 0 ? 0 : weight * events[i];
    });
    expect(sourceOf(leastSquares(design, b)).some((value) => value > 0)).toBe(true);
  });

  it.each([
    ['tall', 50, 10],
    ['wide', 100, 120],
  ])('a %s exact system, %d x %d', (_name, rows, columns) => {
    const { source, design, b } = halfDark(rows, columns);
    const found = sourceOf(leastSquares(design, b));
    const mapped = b.map((_, k) => found.reduce((sum, value, i) => sum + design[k * columns + i] * value, 0));
    expect(Math.max(...mapped.map((value, k) => Math.abs(value - b[k])))).toBeLessThan(1e-7);
    if (rows > columns) expect(Math.max(...found.map((value, i) => Math.abs(value - source[i])))).toBeLessThan(1e-10);
  });

  it('a singular one of whole numbers, 5 x 5', () => {
    const design = Float64Array.from({ length: 25 }, (_, at) => at);
    const b = Float64Array.from({ length: 5 }, (_, k) =>
      [0, 1, 2, 3, 4].reduce((sum, i) => sum + design[5 * k + i] * i, 0),
    );
    const found = sourceOf(leastSquares(design, b));
    const mapped = b.map((_, k) => found.reduce((sum, value, i) => sum + design[5 * k + i] * value, 0));
    expect(Math.max(...mapped.map((value, k) => Math.abs(value - b[k])))).toBeLessThan(1e-7);
  });
});
