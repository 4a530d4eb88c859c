import { isWtildeError, real } from '@wtilde/core-types';
import { describe, expect, test } from 'vitest';
import { adaptiveRectangularAdjoint, adaptiveRectangularMapper } from '../../src/index.js';
import { thrownBy } from '../mesh/thrownBy.js';

const points = 80;
const grid = real(
  Float64Array.from({ length: 2 * points }, (_, at) => Math.sin(5 * at + 2) + 0.2 * Math.cos(at * at)),
  [points, 2],
);
const weights = real(Float64Array.from({ length: points }, (_, at) => 1.1 + Math.sin(at)));

describe.each(['kernel', 'rank'] as const)('a rectangle by %s', (cdf) => {
  const mapper = adaptiveRectangularMapper({ shape: [7, 9], grid, weights, cdf });

  test('holds every pixel with weights from 0 to 1 that add up to 1, between its nodes', () => {
    for (let row = 0; row < points; row++) {
      const of = (values: ArrayLike<number>) => [0, 1, 2, 3].map((slot) => values[4 * row + slot]);
      const found = of(mapper.pixWeightsForSubSlimIndex.data);
      expect(Math.abs(found.reduce((sum, each) => sum + each, 0) - 1)).toBeLessThan(1e-14);
      expect(Math.min(...found)).toBeGreaterThanOrEqual(0);
      const nodes = of(mapper.pixIndexesForSubSlimIndex.data).map((pixel) => [
        mapper.vertices.data[2 * pixel],
        mapper.vertices.data[2 * pixel + 1],
      ]);
      for (const lane of [0, 1]) {
        const places = nodes.map((node) => node[lane]);
        const place = grid.data[2 * row + lane];
        expect(place).toBeGreaterThan(Math.min(...places) - 1e-9);
        expect(place).toBeLessThan(Math.max(...places) + 1e-9);
      }
    }
  });

  test('rows fall and columns rise', () => {
    const { data } = mapper.vertices;
    for (let pixel = 9; pixel < 63; pixel++) expect(data[2 * pixel]).toBeLessThan(data[2 * (pixel - 9)]);
    for (let column = 1; column < 9; column++) expect(data[2 * column + 1]).toBeGreaterThan(data[2 * column - 1]);
  });

  test('its rim is meant to be zero', () => {
    expect(mapper.zeroedPixels?.shape).toEqual([2 * 9 + 2 * 5]);
  });
});

test('by kernel nothing maps to the rim but its inner edge', () => {
  const mapper = adaptiveRectangularMapper({ shape: [7, 9], grid });
  const rim = new Set(mapper.zeroedPixels?.data);
  mapper.pixIndexesForSubSlimIndex.data.forEach((pixel, entry) => {
    if (rim.has(pixel)) expect(mapper.pixWeightsForSubSlimIndex.data[entry]).toBeLessThan(1e-12);
  });
});

test('by kernel the derivatives by every place', () => {
  const shape = [7, 9] as const;
  const { pixIndexesForSubSlimIndex: indexes } = adaptiveRectangularMapper({ shape, grid, weights });
  const gainOf = (row: number, pixel: number) => Math.sin(row + 2 * pixel);
  const byMapping = real(
    indexes.data.length === 4 * points ? Float64Array.from(indexes.data, (pixel, at) => gainOf(at >> 2, pixel)) : [],
    [points, 4],
  );
  const adjoint = adaptiveRectangularAdjoint({ shape, grid, weights, byMapping });
  for (let lane = 0; lane < 2 * points; lane++) {
    const along = (step: number) => {
      const moved = grid.data.slice();
      moved[lane] += step;
      const mapper = adaptiveRectangularMapper({ shape, grid: real(moved, grid.shape), weights });
      return mapper.pixWeightsForSubSlimIndex.data.reduce(
        (sum, weight, at) => sum + weight * gainOf(at >> 2, mapper.pixIndexesForSubSlimIndex.data[at]),
        0,
      );
    };
    const difference = (along(1e-6) - along(-1e-6)) / 2e-6;
    expect(Math.abs(adjoint.data[lane] - difference), `${lane}`).toBeLessThan(1e-6 * (1 + Math.abs(difference)));
  }
});

describe('what is refused', () => {
  test.each([
    ['too few rows', { shape: [3, 9], grid }, 'InvalidValue'],
    ['no points', { shape: [7, 9], grid: real([], [0, 2]) }, 'InvalidValue'],
    ['points on a line', { shape: [7, 9], grid: real([0, 1, 0, 2], [2, 2]) }, 'InvalidValue'],
    ['negative weights', { shape: [7, 9], grid, weights: real(weights.data.map((each) => -each)) }, 'InvalidValue'],
    ['weights of another length', { shape: [7, 9], grid, weights: real([1]) }, 'ShapeMismatch'],
    ['no bandwidth', { shape: [7, 9], grid, bandwidth: 0 }, 'InvalidValue'],
  ] as const)('%s', (_, given, code) => {
    expect(
      isWtildeError(
        thrownBy(() => adaptiveRectangularMapper(given)),
        code,
      ),
    ).toBe(true);
  });

  test('a derivative by ranks', () => {
    const given = {
      shape: [7, 9],
      grid,
      cdf: 'rank',
      byMapping: real(new Float64Array(4 * points), [points, 4]),
    } as const;
    expect(
      isWtildeError(
        thrownBy(() => adaptiveRectangularAdjoint(given)),
        'InvalidOption',
      ),
    ).toBe(true);
  });
});
