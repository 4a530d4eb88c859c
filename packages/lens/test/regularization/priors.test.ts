import { index, isWtildeError, real } from '@wtilde/core-types';
import { choleskyOf, logDeterminant, matrixOfGraph } from '@wtilde/numerics';
import { describe, expect, test } from 'vitest';
import {
  type Mapped,
  priorOf,
  type Regularization,
  type RegularizedMesh,
  rectangularMapper,
  regularizationKinds,
  type SourcePrior,
} from '../../src/index.js';
import { crossDifferences } from '../../src/regularization/cross.js';
import { furthest } from '../mapper/denseOf.js';
import { thrownBy } from '../mesh/thrownBy.js';
import { adaptImage, examples, isWhole, mapped, natural, overlay, rectangular } from './scenes.js';

test('there is an example of every kind', () => {
  expect(examples.map(({ type }) => type)).toEqual(Object.keys(regularizationKinds));
});

const meshes: Readonly<Record<string, Mapped>> = {
  barycentric: mapped(overlay),
  natural: mapped(natural),
  rectangular: mapped(rectangular),
};

function matrixOf(prior: SourcePrior): Float64Array {
  return 'matrix' in prior ? prior.matrix : matrixOfGraph(prior.graph);
}

function isFor({ type }: Regularization, mesh: string): boolean {
  if (regularizationKinds[type].needs === 'natural neighbours') return mesh === 'natural';
  return !type.includes('Split') || mesh !== 'rectangular';
}

const cases = Object.keys(meshes).flatMap((mesh) =>
  examples.filter((each) => isFor(each, mesh)).map((regularization) => ({ mesh, regularization })),
);

describe.each(cases)('$regularization.type on a $mesh mesh', ({ mesh, regularization }) => {
  const place = meshes[mesh];
  const prior = priorOf(regularization, place);
  const order = place.mapper.pixels;
  const matrix = matrixOf(prior);

  test('H is symmetric and positive definite, and its log determinant that of a dense factorization', () => {
    for (let i = 0; i < order; i++) {
      for (let j = 0; j < i; j++) expect(matrix[i * order + j]).toBe(matrix[j * order + i]);
    }
    if (regularization.type === 'brightnessZeroth') {
      expect(Math.min(...Array.from({ length: order }, (_, i) => matrix[i * order + i]))).toBe(0);
      return;
    }
    const factor = choleskyOf(order, [matrix]);
    if ('matrix' in prior) {
      // A ridge of 1e-8 below couplings of some tens is all that a dense factorization has of the level.
      expect(Math.abs(logDeterminant(factor) - prior.logDet)).toBeLessThan(1e-6);
    }
  });

  test('its derivatives by every parameter', () => {
    for (const [name, value] of Object.entries(parametersOf(regularization))) {
      if (isWhole(regularization, name)) continue;
      const step = 1e-5 * value;
      const change = (to: number) => priorOf(withParameter(regularization, name, to), place);
      const difference = (formOf(change(value + step)) - formOf(change(value - step))) / (2 * step);
      const derivative = derivativesOf(prior).parameters[name];
      expect(Math.abs(derivative - difference), name).toBeLessThan(1e-6 * (Math.abs(difference) + 1e-3));
    }
  });

  test('its derivatives by places and by the mapping', () => {
    const { vertices, mapping } = derivativesOf(prior);
    if (regularization.type === 'gradient') return expect(vertices).toBeUndefined();
    const moved = meshAlong(place, 1e-6);
    const back = meshAlong(place, -1e-6);
    const difference = (formOf(priorOf(regularization, moved)) - formOf(priorOf(regularization, back))) / 2e-6;
    const { vertices: alongPlaces, mapping: alongMapping } = directions(place);
    const dot = (a: Float64Array | undefined, b: Float64Array) => (a ? a.reduce((sum, v, i) => sum + v * b[i], 0) : 0);
    const derivative = dot(vertices, alongPlaces) + dot(mapping, alongMapping);
    expect(Math.abs(derivative - difference)).toBeLessThan(2e-6 * (Math.abs(difference) + 1));
    if (regularization.type.startsWith('adapt')) expect(Math.abs(dot(mapping, alongMapping))).toBeGreaterThan(1e-3);
  });
});

/** A number that all of H goes into: the sum of G_ij H_ij with G_ij = sin(i + j + 1) + [i = j]. */
function gainAt(i: number, j: number): number {
  return Math.sin(i + j + 1) + (i === j ? 1 : 0);
}

function formOf(prior: SourcePrior): number {
  const matrix = matrixOf(prior);
  const order = Math.sqrt(matrix.length);
  return matrix.reduce((sum, value, at) => sum + value * gainAt(Math.floor(at / order), at % order), 0);
}

function derivativesOf(prior: SourcePrior, byLogDet = 0) {
  if ('matrix' in prior) {
    const order = Math.sqrt(prior.matrix.length);
    return prior.pull(
      prior.matrix.map((_, at) => gainAt(Math.floor(at / order), at % order)),
      byLogDet,
    );
  }
  const { order, neighbors } = prior.graph;
  const slots = neighbors.length / order;
  const byWeights = Float64Array.from(neighbors, (neighbor, slot) => {
    const pixel = Math.floor(slot / slots);
    return neighbor < 0 ? 0 : gainAt(pixel, pixel) + gainAt(neighbor, neighbor) - 2 * gainAt(pixel, neighbor);
  });
  return prior.pull(
    byWeights,
    Float64Array.from({ length: order }, (_, pixel) => gainAt(pixel, pixel)),
  );
}

function parametersOf({ type, ...parameters }: Regularization): Record<string, number> {
  return parameters;
}

function withParameter(regularization: Regularization, name: string, value: number): Regularization {
  return { ...regularization, [name]: value };
}

/** Small moves of places and weights that keep every edge. */
function directions({ mapper, natural: framed }: Mapped) {
  const vertices = mapper.vertices.data.map((_, at) => Math.sin(3 * at + 1));
  // The frame of a natural mesh moves along; the adjoint of its mapper takes care of that for H of gradient.
  const mapping = mapper.pixWeightsForSubSlimIndex.data.map((_, at) =>
    mapper.pixIndexesForSubSlimIndex.data[at] < 0 ? 0 : Math.cos(at),
  );
  return { vertices: framed === undefined ? vertices : vertices.map(() => 0), mapping };
}

function meshAlong(place: Mapped, step: number): RegularizedMesh {
  const { vertices, mapping } = directions(place);
  const { mapper } = place;
  const along = (values: Float64Array, by: Float64Array) => values.map((value, at) => value + step * by[at]);
  return {
    ...place,
    mapper: {
      ...mapper,
      vertices: real(along(mapper.vertices.data, vertices), mapper.vertices.shape),
      pixWeightsForSubSlimIndex: real(
        along(mapper.pixWeightsForSubSlimIndex.data, mapping),
        mapper.pixWeightsForSubSlimIndex.shape,
      ),
    },
  };
}

test.each((['constantSplit', 'maternField'] as const).map((name) => examples.filter(({ type }) => type === name)[0]))(
  'the derivatives of $type by the lens, the frame moving along',
  (regularization) => {
    const step = 1e-6;
    const [before, at, after] = [-step, 0, step].map((by) => mapped(natural, 1.3 + by));
    const gain = (prior: SourcePrior) => formOf(prior) + 100 * ('matrix' in prior ? prior.logDet : 0);
    const difference = (gain(priorOf(regularization, after)) - gain(priorOf(regularization, before))) / (2 * step);
    const { vertices = new Float64Array(0) } = derivativesOf(priorOf(regularization, at), 100);
    const moves = after.mapper.vertices.data.map(
      (place, lane) => (place - before.mapper.vertices.data[lane]) / (2 * step),
    );
    const derivative = vertices.reduce((sum, each, lane) => sum + each * moves[lane], 0);
    expect(vertices).toHaveLength(moves.length);
    expect(Math.abs(derivative - difference)).toBeLessThan(1e-5 * Math.abs(difference));
  },
);

describe('what is the same', () => {
  const place = meshes.barycentric;
  const even = { innerCoefficient: 1.7, outerCoefficient: 1.7 };
  test.each([
    ['adaptPower', 'constant'],
    ['adaptSplitPower', 'constantSplit'],
  ] as const)('%s with equal coefficients is %s', (type, plain) => {
    const ours = matrixOf(priorOf({ type, ...even }, place));
    expect(furthest(ours, matrixOf(priorOf({ type: plain, coefficient: 1.7 }, place)))).toBeLessThan(1e-13);
  });

  test('adapt with coefficients of 1 is twice constant', () => {
    const ours = matrixOf(priorOf({ type: 'adapt', innerCoefficient: 1, outerCoefficient: 1 }, place));
    const plain = matrixOf(priorOf({ type: 'constant', coefficient: Math.SQRT2 }, place));
    expect(furthest(ours, plain)).toBeLessThan(1e-13);
  });

  test('constantZeroth without the latter is constant', () => {
    const ours = priorOf({ type: 'constantZeroth', coefficientNeighbor: 1.7, coefficientZeroth: 0 }, place);
    expect(furthest(matrixOf(ours), matrixOf(priorOf({ type: 'constant', coefficient: 1.7 }, place)))).toBe(0);
  });

  test('maternKernel of a half is exponentialKernel', () => {
    const shared = { coefficient: 1.3, scale: 0.4 };
    const ours = matrixOf(priorOf({ type: 'maternKernel', ...shared, nu: 0.5 }, place));
    const plain = matrixOf(priorOf({ type: 'exponentialKernel', ...shared }, place));
    // The least distance that Matern knows is 1e-8, of which the diagonal of C has 2.5e-8.
    expect(furthest(ours, plain) / Math.max(...plain)).toBeLessThan(1e-6);
  });
});

describe('values of the unit tests of PyAutoArray', () => {
  const six = [0.1, 0.1, 1.1, 0.6, 2.1, 0.1, 0.4, 1.1, 1.1, 7.1, 2.1, 1.1];
  const mesh: RegularizedMesh = {
    triangulated: true,
    mapper: { ...meshes.barycentric.mapper, pixels: 6, vertices: real(six, [6, 2]) },
  };
  test.each([
    [{ type: 'exponentialKernel', coefficient: 1, scale: 2 }, 1.71521],
    [{ type: 'gaussianKernel', coefficient: 1, scale: 2 }, 8.6290664],
    [{ type: 'maternKernel', coefficient: 1, scale: 2, nu: 2 }, 3.540276762],
  ] as const)('%j', (regularization, expected) => {
    const [first] = matrixOf(priorOf(regularization, mesh));
    expect(Math.abs(first - expected)).toBeLessThan(1e-5);
  });
});

test('constant and zeroth of three pixels, as a unit test of PyAutoArray has them', () => {
  const three = {
    triangulated: false,
    mapper: {
      ...meshes.barycentric.mapper,
      pixels: 3,
      neighbors: index([1, 2, 0, -1, 0, -1], [3, 2]),
      neighborsSizes: index([2, 1, 1]),
    },
  };
  const H = matrixOf(priorOf({ type: 'constantZeroth', coefficientNeighbor: 2, coefficientZeroth: 0.5 }, three));
  expect(furthest(H, [8.25, -4, -4, -4, 4.25, 0, -4, 0, 4.25])).toBeLessThan(1.1e-8);
});

test('adapt on nine cells with signals 1 to 9: the weights of a unit test of PyAutoArray', () => {
  const mapper = rectangularMapper({ shape: [3, 3], grid: real([-1, -1, 1, 1], [2, 2]) });
  // One image pixel on each source pixel, as bright as its number: signals k / 9.
  const nine = {
    triangulated: false,
    adaptImage: Float64Array.from({ length: 9 }, (_, k) => k + 1),
    mapper: {
      ...mapper,
      pixIndexesForSubSlimIndex: index([0, 1, 2, 3, 4, 5, 6, 7, 8], [9, 1]),
      pixWeightsForSubSlimIndex: real(new Float64Array(9).fill(1), [9, 1]),
    },
  };
  const H = matrixOf(priorOf({ type: 'adapt', innerCoefficient: 1, outerCoefficient: 2 }, nine));
  const w = (k: number) => (k / 9 + 2 * (1 - k / 9)) ** 2;
  expect(Math.abs(H[0] - (2 * w(1) ** 2 + w(2) ** 2 + w(4) ** 2))).toBeLessThan(2e-8);
  expect(Math.abs(H[1] + w(1) ** 2 + w(2) ** 2)).toBeLessThan(1e-13);
});

test('a mapping of weight 0 counts for nothing on natural neighbours, where it comes and goes as the lens moves', () => {
  const adapt = { type: 'adapt', innerCoefficient: 1, outerCoefficient: 3 } as const;
  const changed = ({ mapper, ...place }: Mapped) => {
    const { pixIndexesForSubSlimIndex: indexes, pixWeightsForSubSlimIndex: weights, pixels } = mapper;
    const [rows, slots] = indexes.shape;
    /** The entries of every row, with one more behind the last that is used. */
    const wider = <T extends Int32Array | Float64Array>(from: T, into: T, last: (row: number) => number): T => {
      for (let row = 0; row < rows; row++) {
        const used = indexes.data.subarray(row * slots, (row + 1) * slots).filter((pixel) => pixel >= 0).length;
        into.set(from.subarray(row * slots, row * slots + used), row * (slots + 1));
        into[row * (slots + 1) + used] = last(row);
      }
      return into;
    };
    const pixIndexesForSubSlimIndex = index(
      wider(indexes.data, new Int32Array(rows * (slots + 1)).fill(-1), (row) => (7 * row) % pixels),
      [rows, slots + 1],
    );
    const pixWeightsForSubSlimIndex = real(
      wider(weights.data, new Float64Array(rows * (slots + 1)), () => 0),
      [rows, slots + 1],
    );
    return { ...place, mapper: { ...mapper, pixIndexesForSubSlimIndex, pixWeightsForSubSlimIndex } };
  };
  const away = (place: Mapped) => furthest(matrixOf(priorOf(adapt, changed(place))), matrixOf(priorOf(adapt, place)));
  expect(away(meshes.natural)).toBe(0);
  // Elsewhere mappings are counted, as PyAutoLens counts them.
  expect(away(meshes.barycentric)).toBeGreaterThan(1e-3);
});

test('the crosses of six points, as a unit test of PyAutoArray has them', () => {
  const six = real([0.1, 0.1, 1.1, 0.6, 2.1, 0.1, 0.4, 1.1, 1.1, 7.1, 2.1, 1.1], [6, 2]);
  const { mapper } = meshes.barycentric;
  const { rows } = crossDifferences({ triangulated: true, mapper: { ...mapper, pixels: 6, vertices: six } }, 'here');
  // Weights make up the place of a point: what a row says of places is how far the point is from its vertex.
  const away = ({ pixels, values }: (typeof rows)[number]) =>
    [0, 1].map((lane) => -pixels.reduce((sum, k, at) => sum + values[at] * six.data[2 * k + lane], 0));
  expect(furthest(away(rows[0]), [0.45059473 - 0.1, 0])).toBeLessThan(1e-8);
  expect(furthest(away(rows[23]), [0, 0.39142161 - 1.1])).toBeLessThan(1e-8);
  // The second one is outside of the mesh, where the nearest vertex, its own, has it.
  expect(Math.max(...rows[1].values.map(Math.abs))).toBe(0);
});

describe('the order in which points are listed means nothing', () => {
  const { imageMesh: points = real([], [0, 2]) } = meshes.barycentric;
  const count = points.shape[0];
  const swapped = real(
    Float64Array.from({ length: 2 * count }, (_, at) => points.data[2 * (count - 1 - (at >> 1)) + (at & 1)]),
    [count, 2],
  );
  const other = mapped({ type: 'points', points: swapped, interpolation: 'barycentric' });
  test.each(examples.filter((each) => isFor(each, 'barycentric')))('$type', (regularization) => {
    const one = matrixOf(priorOf(regularization, meshes.barycentric));
    const two = matrixOf(priorOf(regularization, other));
    const turned = one.map((_, at) => two[(count - 1 - Math.floor(at / count)) * count + count - 1 - (at % count)]);
    expect(furthest(one, turned)).toBeLessThan(1e-11 * Math.max(...one));
  });
});

describe('what is refused', () => {
  test.each([
    ['gradient without a frame', { type: 'gradient', coefficient: 1 }, meshes.barycentric, 'InvalidOption'],
    ['crosses without triangles', { type: 'constantSplit', coefficient: 1 }, meshes.rectangular, 'InvalidOption'],
    [
      'signals without an image',
      { type: 'adapt', innerCoefficient: 1, outerCoefficient: 1 },
      { ...meshes.barycentric, adaptImage: undefined },
      'MissingArgument',
    ],
    [
      'signals of a dark image',
      { type: 'adapt', innerCoefficient: 1, outerCoefficient: 1 },
      { ...meshes.barycentric, adaptImage: new Float64Array(adaptImage.data.length) },
      'InvalidValue',
    ],
  ] as const)('%s', (_, regularization, mesh, code) => {
    expect(
      isWtildeError(
        thrownBy(() => priorOf(regularization, mesh)),
        code,
      ),
    ).toBe(true);
  });

  test('a covariance that is singular in float64 has a condition that says so', () => {
    const prior = priorOf({ type: 'gaussianKernel', coefficient: 1, scale: 30 }, meshes.barycentric);
    expect('condition' in prior && prior.condition).toBeGreaterThan(1e9);
  });
});
