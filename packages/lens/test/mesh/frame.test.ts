import { real } from '@wtilde/core-types';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { frameAround, framePlaces, pullFrame, writePlaces } from '../../src/mesh/frame.js';
import { scattered, seeded } from '../mapper/scatter.js';
import { gridOf, type Places } from './pointSets.js';

const placesOf = (vertices: Places): Float64Array => {
  const points = new Float64Array(2 * framePlaces);
  writePlaces(frameAround(gridOf(vertices)), points, 0);
  return points;
};

describe('a frame', () => {
  test('of two vertices, by hand: three times their distance from the middle', () => {
    const { centre, radius } = frameAround(
      gridOf([
        [1, 1],
        [1, 5],
      ]),
    );
    expect(centre).toEqual([1, 3]);
    expect(radius).toBe(6);
  });

  test('of unequal distances, by hand', () => {
    const { radius } = frameAround(
      gridOf([
        [-1, 0],
        [1, 0],
        [0, 2],
        [0, -2],
      ]),
    );
    expect(radius).toBeCloseTo(3 * Math.sqrt((2 + 2 * 4 ** 5) / (2 + 2 * 4 ** 4)), 14);
  });

  test('has 24 places, turned by 15 degrees and mirrored into themselves', () => {
    const points = placesOf([
      [1, 0],
      [-1, 0],
    ]);
    expect(points.length).toBe(48);
    expect([...points.subarray(0, 2)]).toEqual([0, 3]);
    expect([...points.subarray(12, 14)]).toEqual([3, 0]);
    for (let place = 0; place < 24; place++) {
      expect(points[2 * place]).toBe(0 - points[2 * ((24 - place) % 24)]);
      expect(Math.hypot(points[2 * place], points[2 * place + 1])).toBeCloseTo(3, 14);
      expect(Math.atan2(points[2 * place], points[2 * place + 1])).toBeCloseTo(
        (place > 12 ? place - 24 : place) * (Math.PI / 12),
        14,
      );
    }
  });

  test('holds any vertices, however far some are from the others', () => {
    const exponent = fc.double({ min: -12, max: 12, noNaN: true });
    const place = fc
      .tuple(exponent, fc.integer({ min: 0, max: 100 }))
      .map(([size, angle]) => [10 ** size * Math.sin(angle), 10 ** size * Math.cos(angle)] as const);
    fc.assert(
      fc.property(fc.array(place, { minLength: 2, maxLength: 300 }), (vertices) => {
        fc.pre(vertices.some(([y, x]) => Math.hypot(y - vertices[0][0], x - vertices[0][1]) > 1e-9 * Math.hypot(y, x)));
        const { centre, radius } = frameAround(gridOf(vertices));
        const furthest = Math.max(...vertices.map(([y, x]) => Math.hypot(y - centre[0], x - centre[1])));
        expect(furthest).toBeLessThan(0.8 * radius);
      }),
    );
  });

  test('holds the worst of 2^16 vertices: one far out, all others at 0.38 of its distance', () => {
    const count = 2 ** 16;
    const others = 0.38 * Math.sqrt(2);
    const vertices = new Float64Array(2 * count);
    for (let vertex = 2; vertex < count; vertex++) {
      vertices[2 * vertex] = 0.38 * Math.sin(vertex);
      vertices[2 * vertex + 1] = 0.38 * Math.cos(vertex);
    }
    vertices[0] = 1;
    vertices[2] = others - 1;
    const { centre, radius } = frameAround(real(vertices, [count, 2]));
    expect((1 - centre[0]) / radius).toBeLessThan(0.82);
    expect((1 - centre[0]) / radius).toBeGreaterThan(0.75);
  });

  test('follows its vertices: derivatives agree with differences', () => {
    const vertices = scattered(30, seeded(21)).concat([[3, -2]]);
    const count = vertices.length;
    const weights = Array.from({ length: 2 * framePlaces }, (_, at) => Math.sin(3 * at + 1));
    const valueAt = (all: Places) => placesOf(all).reduce((sum, each, at) => sum + each * weights[at], 0);
    const sums = Float64Array.from([...new Float64Array(2 * count), ...weights]);
    pullFrame(frameAround(gridOf(vertices)), gridOf(vertices), sums);
    const step = 1e-4;
    for (let at = 0; at < 2 * count; at++) {
      const moved = (steps: number) =>
        valueAt(
          vertices.map(
            ([y, x], vertex) =>
              [y + (at === 2 * vertex ? steps * step : 0), x + (at === 2 * vertex + 1 ? steps * step : 0)] as const,
          ),
        );
      const difference = (8 * (moved(1) - moved(-1)) - (moved(2) - moved(-2))) / (12 * step);
      expect(Math.abs(sums[at] - difference)).toBeLessThan(1e-9);
    }
  });
});
