import { isWtildeError, type NdArray, real } from '@wtilde/core-types';
import { describe, expect, test } from 'vitest';
import {
  delaunayAdjoint,
  delaunayMapper,
  type Mapper,
  naturalAdjoint,
  naturalMapper,
  rectangularAdjoint,
  rectangularMapper,
} from '../../src/index.js';
import { interpolationOf, rowsOf } from '../../src/mapper/naturalMapper.js';
import { gridOf } from '../mesh/pointSets.js';
import { thrownBy } from '../mesh/thrownBy.js';
import { scattered, seeded } from './scatter.js';

/** A coefficient from -1 to 1 for every pair of numbers. */
const coefficient = (i: number, j: number): number => Math.sin(12.9898 * i + 78.233 * j + 1);

const copied = ({ data, shape }: NdArray<'real'>) => real(data.slice(), shape);

/** The sum of all weights of a mapping times their coefficients; the coefficients, at the weights. */
function ofMapping({ pixIndexesForSubSlimIndex: indexes, pixWeightsForSubSlimIndex: weights }: Mapper) {
  const [, slots] = indexes.shape;
  const byMapping = weights.data.map((_, at) => {
    const vertex = indexes.data[at];
    // What is behind the end of a row must not be read.
    return vertex < 0 ? Number.NaN : coefficient(Math.floor(at / slots), vertex);
  });
  const value = weights.data.reduce((sum, weight, at) => sum + (indexes.data[at] < 0 ? 0 : weight * byMapping[at]), 0);
  return { value, byMapping: real(byMapping, weights.shape) };
}

type Term = 'mapping' | 'weights' | 'diagonal';

interface Problem {
  readonly vertices: NdArray<'real'>;
  readonly grid: NdArray<'real'>;
}

/** A function of the places, its derivatives, and what has to stay the same for a difference to show a derivative. */
interface Evaluated {
  readonly value: number;
  readonly derivatives: () => Float64Array;
  readonly joints: string;
}

function evaluateNatural(interpolation: 'natural' | 'laplace' | 'barycentric', terms: readonly Term[]) {
  return ({ vertices, grid }: Problem): Evaluated => {
    const mapper = naturalMapper({ vertices, grid, interpolation });
    const { graph, mesh, neighbors } = mapper;
    const withFrame = rowsOf(interpolationOf(mesh, interpolation), grid, mesh.points.shape[0]);
    const [, slots] = neighbors.shape;
    const mapping = ofMapping(mapper);
    const has = (term: Term) => terms.includes(term);
    const byMapping = has('mapping')
      ? mapping.byMapping
      : real(new Float64Array(mapping.byMapping.data.length), mapping.byMapping.shape);
    const byWeights = graph.weights.map((_, at) => {
      const [of, other] = [Math.floor(at / slots), neighbors.data[at]];
      return other < 0 ? Number.NaN : coefficient(-1 - of, -1 - other) + coefficient(-1 - other, -1 - of);
    });
    const byDiagonal = graph.diagonal.map((_, at) => coefficient(at, -7));
    const ofEdges =
      graph.weights.reduce((sum, weight, at) => sum + (neighbors.data[at] < 0 ? 0 : weight * byWeights[at]), 0) / 2;
    const ofDiagonal = graph.diagonal.reduce((sum, weight, at) => sum + weight * byDiagonal[at], 0);
    return {
      value: (has('mapping') ? mapping.value : 0) + (has('weights') ? ofEdges : 0) + (has('diagonal') ? ofDiagonal : 0),
      derivatives() {
        const made = naturalAdjoint({
          mapper,
          grid,
          byMapping,
          byWeights: has('weights') ? real(byWeights, neighbors.shape) : undefined,
          byDiagonal: has('diagonal') ? real(byDiagonal) : undefined,
        });
        return Float64Array.from([...made.vertices.data, ...made.grid.data]);
      },
      joints: `${mesh.triangulation.triangles.data} ${withFrame.indexes.data}`,
    };
  };
}

function evaluateDelaunay({ vertices, grid }: Problem): Evaluated {
  const mapper = delaunayMapper({ vertices, grid });
  const { value, byMapping } = ofMapping(mapper);
  return {
    value,
    derivatives() {
      const made = delaunayAdjoint({ mapper, grid, byMapping });
      return Float64Array.from([...made.vertices.data, ...made.grid.data]);
    },
    joints: String(mapper.pixIndexesForSubSlimIndex.data),
  };
}

function evaluateRectangular({ vertices, grid }: Problem): Evaluated {
  const shape = [6, 5] as const;
  const mapper = rectangularMapper({ shape, grid });
  const { value, byMapping } = ofMapping(mapper);
  return {
    value,
    derivatives: () =>
      Float64Array.from([...vertices.data.map(() => 0), ...rectangularAdjoint({ shape, grid, byMapping }).data]),
    joints: String(mapper.pixIndexesForSubSlimIndex.data),
  };
}

/**
 * How far derivatives are from differences, relative to the largest: central ones of fourth order in every coordinate
 * along which nothing changes its neighbours.
 */
function gradientError(evaluate: (problem: Problem) => Evaluated, problem: Problem) {
  const { derivatives, joints } = evaluate(problem);
  const exact = derivatives();
  const largest = exact.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const step = 4e-5;
  let [worst, tested] = [0, 0];
  exact.forEach((derivative, at) => {
    const moved = (steps: number) => {
      const places = { vertices: copied(problem.vertices), grid: copied(problem.grid) };
      const before = places.vertices.data.length;
      if (at < before) places.vertices.data[at] += steps * step;
      else places.grid.data[at - before] += steps * step;
      return evaluate(places);
    };
    const [a, b, c, d] = [moved(-2), moved(-1), moved(1), moved(2)];
    if ([a, b, c, d].some((each) => each.joints !== joints)) return;
    const difference = (8 * (c.value - b.value) - (d.value - a.value)) / (12 * step);
    worst = Math.max(worst, Math.abs(difference - derivative) / largest);
    tested++;
  });
  return { worst, tested, of: exact.length };
}

const random = seeded(11);
const problem: Problem = { vertices: gridOf(scattered(40, random)), grid: gridOf(scattered(80, random, 2.2)) };

describe('derivatives by places agree with differences to 1e-8 of the largest', () => {
  test.each([
    ["Sibson's weights", evaluateNatural('natural', ['mapping'])],
    ["Laplace's weights", evaluateNatural('laplace', ['mapping'])],
    ['barycentric weights with the frame', evaluateNatural('barycentric', ['mapping'])],
    ['edges', evaluateNatural('natural', ['weights'])],
    ['edges to the frame', evaluateNatural('natural', ['diagonal'])],
    ['all of it', evaluateNatural('natural', ['mapping', 'weights', 'diagonal'])],
    ['barycentric weights', evaluateDelaunay],
    ['bilinear weights', evaluateRectangular],
  ] as const)('%s', (_, evaluate) => {
    const { worst, tested, of } = gradientError(evaluate, problem);
    expect(tested).toBeGreaterThan(0.7 * of);
    expect(worst).toBeLessThan(1e-8);
  });

  test('a vertex far out, which moves the frame more than all others', () => {
    const vertices = gridOf([...scattered(20, seeded(12)), [5, 7]]);
    const { worst, tested } = gradientError(evaluateNatural('natural', ['mapping', 'weights', 'diagonal']), {
      ...problem,
      vertices,
    });
    expect(tested).toBeGreaterThan(100);
    expect(worst).toBeLessThan(1e-8);
  });
});

describe('where there is no derivative', () => {
  test('pixels on vertices, beyond the frame or outside the hull give zero, and so do vertices at the place of others', () => {
    const vertices = gridOf([...scattered(10, seeded(13)), ...scattered(1, seeded(13))]);
    const grid = real([...vertices.data, 1e3, 1e3], [12, 2]);
    const natural = naturalMapper({ vertices, grid });
    const { byMapping } = ofMapping(natural);
    const made = naturalAdjoint({ mapper: natural, grid, byMapping });
    expect([...made.grid.data, ...made.vertices.data].every((each) => Math.abs(each) === 0)).toBe(true);
    const outside = delaunayMapper({ vertices, grid: gridOf([[9, 9]]) });
    const none = delaunayAdjoint({ mapper: outside, grid: gridOf([[9, 9]]), byMapping: ofMapping(outside).byMapping });
    expect([...none.grid.data, ...none.vertices.data].every((each) => Math.abs(each) === 0)).toBe(true);
  });

  test('moving everything changes nothing: the derivatives add up to zero', () => {
    const { derivatives } = evaluateNatural('natural', ['mapping', 'weights', 'diagonal'])(problem);
    const all = derivatives();
    for (const axis of [0, 1]) {
      const sum = all.reduce((total, each, at) => total + (at % 2 === axis ? each : 0), 0);
      expect(Math.abs(sum)).toBeLessThan(1e-9);
    }
  });
});

describe('arguments', () => {
  const mapper = naturalMapper(problem);
  const { byMapping } = ofMapping(mapper);

  test.each([
    [
      'byMapping of another shape',
      'ShapeMismatch',
      () => naturalAdjoint({ mapper, grid: problem.grid, byMapping: problem.grid }),
    ],
    ['an unknown name', 'UnknownArgument', () => naturalAdjoint({ ...problem, mapper, byMapping })],
    ['no grid', 'MissingArgument', () => naturalAdjoint(JSON.parse('{ "mapper": {} }'))],
    ['another grid', 'ShapeMismatch', () => naturalAdjoint({ mapper, byMapping, grid: problem.vertices })],
    [
      'byDiagonal of another shape',
      'ShapeMismatch',
      () => naturalAdjoint({ mapper, byMapping, grid: problem.grid, byDiagonal: real([1]) }),
    ],
  ] as const)('%s', (_, code, call) => {
    expect(isWtildeError(thrownBy(call), code)).toBe(true);
  });
});
