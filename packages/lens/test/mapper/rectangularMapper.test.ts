import { isWtildeError, real } from '@wtilde/core-types';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rectangularMapper } from '../../src/index.js';
import { gridOf } from '../mesh/pointSets.js';
import { thrownBy } from '../mesh/thrownBy.js';
import { denseOf, furthest } from './denseOf.js';
import { logEvidenceOf, sevenGrid } from './seven.js';

describe('the 3x3 mesh of the seven visibilities, as PyAutoLens has it', () => {
  const mapper = rectangularMapper({ shape: [3, 3], grid: sevenGrid });

  test('the mapping matrix', () => {
    const a = 1.5 / (1 + 1e-8);
    const axis = [
      [a, 1 - a, 0],
      [0, 1, 0],
      [0, 1 - a, a],
    ];
    const expected = axis.flatMap((y) =>
      axis.flatMap((x) => y.flatMap((ofRow) => x.map((ofColumn) => ofRow * ofColumn))),
    );
    expect(furthest(denseOf(mapper), expected)).toBeLessThan(1e-15);
  });

  test('the neighbours and the centres', () => {
    expect(mapper.neighbors.shape).toEqual([9, 4]);
    expect([...mapper.neighborsSizes.data]).toEqual([2, 3, 2, 3, 4, 3, 2, 3, 2]);
    expect([...mapper.neighbors.data.subarray(0, 4)]).toEqual([1, 3, -1, -1]);
    expect([...mapper.neighbors.data.subarray(16, 20)]).toEqual([1, 3, 5, 7]);
    const edge = (2 / 3) * (1 + 1e-8);
    const ys = [edge, 0, -edge];
    const expected = ys.flatMap((y) => [-edge, 0, edge].flatMap((x) => [y, x]));
    expect(furthest(mapper.vertices.data, expected)).toBeLessThan(1e-15);
  });

  test('the evidence, its terms and the source', () => {
    const evidence = logEvidenceOf(mapper, 0.01);
    expect(Math.abs(evidence.logEvidence + 71.7704487241)).toBeLessThan(1e-9);
    expect(Math.abs(evidence.chiSquared - 1.08586464814)).toBeLessThan(1e-9);
    expect(Math.abs(evidence.regularizationTerm - 0.000242767584)).toBeLessThan(1e-9);
    expect(Math.abs(evidence.logDetCurvatureRegMatrix - 12.6680895971)).toBeLessThan(1e-9);
    expect(Math.abs(evidence.logDetRegularizationMatrix + 84.6483004502)).toBeLessThan(1e-9);
    expect(Math.abs(evidence.noiseNormalization - 45.1383999854)).toBeLessThan(1e-9);
    const source = [
      -0.095563110502, 0.139286389265, 0.175592195238, 0.26217325858, 0.999708506498, 0.404503235646, 0.046576526891,
      0.527254948645, 0.317847326617,
    ];
    expect(furthest(evidence.reconstruction.data, source)).toBeLessThan(1e-9);
  });
});

describe('any rectangular mesh', () => {
  const coordinate = fc.double({ min: -3, max: 3, noNaN: true });
  const extent = fc.integer({ min: 2, max: 7 });
  const problem = fc.record({
    places: fc.array(fc.tuple(coordinate, coordinate), { minLength: 1, maxLength: 20 }),
    shape: fc.tuple(extent, extent),
  });

  test('reproduces functions that are linear in y and in x, extrapolated ones too', () => {
    fc.assert(
      fc.property(problem, ({ places, shape }) => {
        const { pixels, vertices, ...mapper } = rectangularMapper({ shape, grid: gridOf(places) });
        const matrix = denseOf({ pixels, ...mapper });
        const bilinear = (y: number, x: number) => 1 + 2 * y - 3 * x + 0.5 * x * y;
        places.forEach(([y, x], row) => {
          let [value, sum] = [0, 0];
          for (let pixel = 0; pixel < pixels; pixel++) {
            const weight = matrix[row * pixels + pixel];
            sum += weight;
            value += weight * bilinear(vertices.data[2 * pixel], vertices.data[2 * pixel + 1]);
          }
          expect(Math.abs(sum - 1)).toBeLessThan(1e-13);
          expect(Math.abs(value - bilinear(y, x))).toBeLessThan(1e-12);
        });
      }),
    );
  });

  test('divides the extent of the points and a margin into equal cells', () => {
    const grid = gridOf([
      [-1, 5],
      [2, 3],
      [0, 4.5],
    ]);
    const { vertices } = rectangularMapper({ shape: [3, 4], grid });
    expect(furthest(vertices.data.subarray(0, 4), [1.5, 3.25, 1.5, 3.75])).toBeLessThan(2e-8);
    expect(furthest(vertices.data.subarray(20, 24), [-0.5, 4.25, -0.5, 4.75])).toBeLessThan(2e-8);
  });

  test('a single point is a mesh of the margin', () => {
    const mapper = rectangularMapper({ shape: [3, 3], grid: gridOf([[0.5, 0.25]]) });
    expect(furthest(denseOf(mapper), [0, 0, 0, 0, 1, 0, 0, 0, 0])).toBeLessThan(1e-6);
  });
});

describe('what is no mesh', () => {
  test('less than two rows or columns, or no points', () => {
    const grid = gridOf([[0, 0]]);
    for (const shape of [
      [1, 3],
      [3, 1],
      [2.5, 3],
    ] as const) {
      expect(
        isWtildeError(
          thrownBy(() => rectangularMapper({ shape, grid })),
          'InvalidValue',
        ),
      ).toBe(true);
    }
    const error = thrownBy(() => rectangularMapper({ shape: [3, 3], grid: gridOf([]) }));
    expect(isWtildeError(error, 'InvalidValue')).toBe(true);
  });

  test('points that are not finite', () => {
    const grid = real([0, Number.NaN], [1, 2]);
    expect(
      isWtildeError(
        thrownBy(() => rectangularMapper({ shape: [3, 3], grid })),
        'InvalidValue',
      ),
    ).toBe(true);
  });
});
