import { describe, expect, test } from 'vitest';
import { type Lattice, latticeOf, radiansPerPixel, real } from '../src/index.js';
import { seeded } from './support/random.js';

const pixel = radiansPerPixel(0.05);

/** Pixel centres of a square image, y up, those that `keep` says, moved by an offset. */
function gridOf(side: number, pitch: number, keep: (row: number, column: number) => boolean, y0 = 0, x0 = 0) {
  const points: number[] = [];
  const kept: [number, number][] = [];
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      if (!keep(row, column)) continue;
      points.push(y0 - (row - (side - 1) / 2) * pitch, x0 + (column - (side - 1) / 2) * pitch);
      kept.push([row, column]);
    }
  }
  return { grid: real(points, [kept.length, 2]), kept };
}

/** Where the lattice says that point i is. */
function pointOf(lattice: Lattice, i: number): readonly [number, number] {
  return [lattice.y0 - lattice.row[i] * lattice.pitchY, lattice.x0 + lattice.column[i] * lattice.pitchX];
}

function expectToFit(lattice: Lattice | undefined, grid: { readonly data: Float64Array }): void {
  if (lattice === undefined) throw new Error('no lattice was found');
  const extent = Math.max(lattice.rows * lattice.pitchY, lattice.columns * lattice.pitchX);
  for (let i = 0; i < lattice.row.length; i++) {
    const [y, x] = pointOf(lattice, i);
    expect(Math.abs(y - grid.data[2 * i])).toBeLessThanOrEqual(1e-14 * extent);
    expect(Math.abs(x - grid.data[2 * i + 1])).toBeLessThanOrEqual(1e-14 * extent);
  }
}

describe('lattices', () => {
  test.each([30, 70, 80, 81, 300])('a circle in a square image of side %i', (side) => {
    const inside = (row: number, column: number) =>
      Math.hypot(row - (side - 1) / 2, column - (side - 1) / 2) < side / 2;
    const { grid, kept } = gridOf(side, pixel, inside);
    const lattice = latticeOf(grid);
    expectToFit(lattice, grid);
    expect([lattice?.rows, lattice?.columns]).toEqual([side, side]);
    expect(Array.from(lattice?.row ?? [])).toEqual(kept.map(([row]) => row));
    expect(Array.from(lattice?.column ?? [])).toEqual(kept.map(([, column]) => column));
    expect(lattice?.pitchY).toBeCloseTo(pixel, 18);
  });

  test('rows and columns count from the top left point that is there', () => {
    const { grid } = gridOf(8, pixel, (row, column) => row >= 3 && column >= 2);
    const lattice = latticeOf(grid);
    expect([lattice?.rows, lattice?.columns, lattice?.row[0], lattice?.column[0]]).toEqual([5, 6, 0, 0]);
    expectToFit(lattice, grid);
  });

  test('a ring, and pixels at random as long as two of them are neighbours', () => {
    const ring = gridOf(40, pixel, (row, column) => Math.abs(Math.hypot(row - 19.5, column - 19.5) - 15) < 3);
    expectToFit(latticeOf(ring.grid), ring.grid);
    const random = seeded(5);
    const scattered = gridOf(40, pixel, () => random() < 0.3);
    expectToFit(latticeOf(scattered.grid), scattered.grid);
  });

  test('any order of the points', () => {
    const { grid } = gridOf(9, pixel, () => true);
    const reversed = real([...grid.data].reverse(), grid.shape);
    const lattice = latticeOf(reversed);
    expectToFit(lattice, reversed);
    expect([lattice?.rows, lattice?.columns]).toEqual([9, 9]);
  });

  test('an offset of a few images, and oblong pixels', () => {
    const { grid } = gridOf(50, pixel, () => true, 3 * pixel, -40 * pixel);
    expectToFit(latticeOf(grid), grid);
    const oblong = real(
      grid.data.map((value, i) => (i % 2 === 0 ? 3 * value : value)),
      grid.shape,
    );
    const lattice = latticeOf(oblong);
    expectToFit(lattice, oblong);
    expect((lattice?.pitchY ?? 0) / (lattice?.pitchX ?? 1)).toBeCloseTo(3, 10);
  });

  test('a point, a row, a column', () => {
    const point = latticeOf(real([0.5, -0.25], [1, 2]));
    expect(point).toMatchObject({ rows: 1, columns: 1, pitchY: 0, pitchX: 0, y0: 0.5, x0: -0.25 });
    expect(latticeOf(real([1, 0, 1, 1, 1, 2], [3, 2]))).toMatchObject({ rows: 1, columns: 3, pitchX: 1 });
    expect(latticeOf(real([2, 0, 1, 0, 0, 0], [3, 2]))).toMatchObject({ rows: 3, columns: 1, pitchY: 1, y0: 2 });
  });

  test('repeated points share a place', () => {
    expect(Array.from(latticeOf(real([0, 0, 0, 0, 0, 1], [3, 2]))?.column ?? [])).toEqual([0, 0, 1]);
  });
});

describe('no lattices', () => {
  test('no points', () => {
    expect(latticeOf(real([], [0, 2]))).toBeUndefined();
  });

  test('points at random', () => {
    const random = seeded(3);
    expect(latticeOf(real(Float64Array.from({ length: 60 }, random), [30, 2]))).toBeUndefined();
  });

  test('one point that is a millionth of a pixel off', () => {
    const { grid } = gridOf(30, pixel, () => true);
    const moved = Float64Array.from(grid.data);
    moved[100] += 1e-6 * pixel;
    expect(latticeOf(real(moved, grid.shape))).toBeUndefined();
  });

  test('a rotated grid', () => {
    const { grid } = gridOf(12, pixel, () => true);
    const [c, s] = [Math.cos(0.3), Math.sin(0.3)];
    const turned = Float64Array.from(grid.data, (value, i) =>
      i % 2 === 0 ? c * value + s * grid.data[i + 1] : c * value - s * grid.data[i - 1],
    );
    expect(latticeOf(real(turned, grid.shape))).toBeUndefined();
  });

  test('rounding to float32', () => {
    const { grid } = gridOf(30, pixel, () => true);
    expect(latticeOf(real(grid.data.map(Math.fround), grid.shape))).toBeUndefined();
  });

  test('values that are no numbers, when nobody has checked them', () => {
    expect(latticeOf(real([0, 0, 1, Number.NaN], [2, 2]))).toBeUndefined();
    expect(latticeOf(real([0, 0, 1, Number.POSITIVE_INFINITY], [2, 2]))).toBeUndefined();
  });
});
