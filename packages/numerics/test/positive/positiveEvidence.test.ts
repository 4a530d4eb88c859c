import { createRandom } from '@wtilde/data';
import { describe, expect, it } from 'vitest';
import {
  choleskyOf,
  constantGraph,
  denseSystem,
  evidenceTerms,
  factorEvidence,
  logDeterminant,
  matrixOfGraph,
  type PositiveStart,
  positiveEvidence,
  positiveSolution,
  regularizationOfGraph,
  regularizationOfMatrix,
} from '../../src/index.js';
import { restrictedForm } from '../../src/positive/restrictedForm.js';

/** Source pixels in rows of `across`, each next to those beside and below it. */
function meshOf(order: number, across: number) {
  const lists = Array.from({ length: order }, (_, i) =>
    [i % across > 0 ? i - 1 : -1, (i + 1) % across > 0 ? i + 1 : -1, i - across, i + across].filter(
      (j) => j >= 0 && j < order,
    ),
  );
  return {
    order,
    neighbors: Int32Array.from(lists.flatMap((list) => [0, 1, 2, 3].map((slot) => list[slot] ?? -1))),
    sizes: Int32Array.from(lists, (list) => list.length),
  };
}

/** A mapping of 24 image pixels to 12 source pixels, W by displacement, and a dirty image of either sign. */
const scene = (() => {
  const random = createRandom('positive scene');
  const [side, order] = [5, 12];
  const native = Array.from({ length: 24 }, (_, i) => [Math.floor(i / side), i % side]);
  const width = 2 * side - 1;
  const values = Float64Array.from({ length: side * width }, (_, at) => {
    const [down, right] = [Math.floor(at / width), (at % width) - (side - 1)];
    return 3 * Math.exp(-(down ** 2 + right ** 2) / 3) + (down === 0 && right === 0 ? 0.2 : 0);
  });
  return {
    order,
    nativeIndex: Int32Array.from(native.flat()),
    table: { rows: side, columns: side, values },
    pixIndexes: Int32Array.from({ length: 48 }, () => random.integer(order)).map((pixel, at, all) =>
      at % 2 === 1 && pixel === all[at - 1] ? (pixel + 1) % order : pixel,
    ),
    pixWeights: Float64Array.from({ length: 48 }, () => 0.2 + random.uniform()),
    dirtyImage: Float64Array.from({ length: 24 }, () => 2 * random.normal()),
    graph: constantGraph(0.7, meshOf(order, 4)),
  };
})();

type Scene = typeof scene;

function partsOf({ order, table, nativeIndex, pixIndexes, pixWeights, dirtyImage, graph }: Scene) {
  const rows = dirtyImage.length;
  const T = new Float64Array(rows * order);
  pixIndexes.forEach((pixel, at) => {
    T[(at >> 1) * order + pixel] += pixWeights[at];
  });
  const w = (i: number, j: number) => {
    const [down, right] = [nativeIndex[2 * i] - nativeIndex[2 * j], nativeIndex[2 * i + 1] - nativeIndex[2 * j + 1]];
    const sign = down < 0 ? -1 : 1;
    return table.values[sign * down * (2 * table.columns - 1) + sign * right + table.columns - 1];
  };
  const F = new Float64Array(order * order);
  const D = new Float64Array(order);
  for (let i = 0; i < rows; i++) {
    for (let a = 0; a < order; a++) {
      D[a] += T[i * order + a] * dirtyImage[i];
      for (let j = 0; j < rows; j++) {
        for (let b = 0; b < order; b++) F[a * order + b] += T[i * order + a] * w(i, j) * T[j * order + b];
      }
    }
  }
  const regularization = regularizationOfGraph(graph);
  const factored = factorEvidence(F, regularization);
  const data = {
    dataVector: D,
    logDetRegularizationMatrix: logDeterminant(choleskyOf(order, [matrixOfGraph(graph)])),
    chiSquared0: 100,
    noiseNormalization: 5,
  };
  return { F, data, factored };
}

function evidenceOf(given: Scene, start: PositiveStart = {}) {
  const { F, data, factored } = partsOf(given);
  return positiveEvidence(data, factored, F, start);
}

describe('the evidence of a positive source', () => {
  it('is its formula, with the determinants of the whole matrices', () => {
    const { F, data } = partsOf(scene);
    const H = matrixOfGraph(scene.graph);
    const A = F.map((value, at) => value + H[at]);
    for (const zeroedPixels of [undefined, Uint8Array.from({ length: 12 }, (_, i) => (i < 2 ? 1 : 0))]) {
      const found = evidenceOf(scene, { zeroedPixels });
      const s = positiveSolution(denseSystem(A, data.dataVector), { zeroedPixels }).reconstruction;
      expect(found.reconstruction).toEqual(s);
      expect(s.filter((value) => value > 0).length).toBeGreaterThan(1);
      expect(s.filter((value) => value === 0).length).toBeGreaterThan(2);
      const form = (m: Float64Array) =>
        s.reduce((sum, a, i) => sum + s.reduce((row, b, j) => row + a * m[i * 12 + j] * b, 0), 0);
      const fit = s.reduce((sum, value, i) => sum + value * data.dataVector[i], 0);
      expect(found.chiSquared).toBeCloseTo(100 - 2 * fit + form(F), 10);
      expect(found.regularizationTerm).toBeCloseTo(form(H), 10);
      expect(found.logDetCurvatureRegMatrix).toBeCloseTo(logDeterminant(choleskyOf(12, [A])), 10);
      // By s_i w_i = 0, as without bounds.
      expect(found.chiSquared + found.regularizationTerm).toBeCloseTo(100 - fit, 10);
      const sum = 100 - fit + logDeterminant(choleskyOf(12, [A])) - data.logDetRegularizationMatrix + 5;
      expect(found.logEvidence).toBeCloseTo(-sum / 2, 10);
      expect(found.violation).toBeLessThan(1e-14);
    }
  });

  it('is the unrestricted one, bit for bit, where that is positive, and less where it is not', () => {
    const { F, data, factored } = partsOf(scene);
    const unrestricted = evidenceTerms(data, factored);
    expect(Math.min(...unrestricted.reconstruction)).toBeLessThan(0);
    expect(evidenceOf(scene).logEvidence).toBeLessThan(unrestricted.logEvidence);
    const H = matrixOfGraph(scene.graph);
    const dataVector = data.dataVector.map((_, i) =>
      data.dataVector.reduce((sum, _value, j) => sum + (F[i * 12 + j] + H[i * 12 + j]) * (1 + j / 12), 0),
    );
    const expected = evidenceTerms({ ...data, dataVector }, factored);
    const { violation, iterations, factorizations, ...terms } = positiveEvidence({ ...data, dataVector }, factored, F);
    expect(terms).toEqual(expected);
    expect([violation < 1e-14, iterations, factorizations]).toEqual([true, 1, 0]);
  });

  it('has the same bits from any start', () => {
    const expected = evidenceOf(scene);
    const random = createRandom('starts');
    for (let n = 0; n < 20; n++) {
      const found = evidenceOf(scene, { similar: expected.reconstruction.map(() => random.normal()) });
      expect(found.logEvidence).toBe(expected.logEvidence);
      expect(found.reconstruction).toEqual(expected.reconstruction);
    }
  });

  it.each([1e3, 1e6, 1e9, 1e12])(
    'knows one brightness for every mesh, and none below zero, at c = %d',
    (coefficient) => {
      // Two chains of six pixels, the first bright and the second dark.
      const order = 12;
      const lists = Array.from({ length: order }, (_, i) => [i - 1, i + 1].filter((j) => j >= 0 && isChained(i, j)));
      const graph = constantGraph(coefficient, {
        order,
        neighbors: Int32Array.from(lists.flatMap((list) => [list[0], list[1] ?? -1])),
        sizes: Int32Array.from(lists, (list) => list.length),
      });
      const { F, data } = partsOf(scene);
      const dataVector = Float64Array.from({ length: order }, (_, i) => (i < 6 ? 3 + (i % 2) : -2 - (i % 3)));
      const factored = factorEvidence(F, regularizationOfGraph(graph));
      const found = positiveEvidence({ ...data, dataVector }, factored, F);
      let total = 0;
      for (let i = 0; i < 6; i++) for (let j = 0; j < 6; j++) total += F[i * order + j];
      const level = 21 / (total + 6e-8);
      const allowed = Math.max(1e-11, 1e4 / coefficient ** 2) * level;
      found.reconstruction.forEach((value, i) => {
        expect(Math.abs(value - (i < 6 ? level : 0))).toBeLessThan(allowed);
      });
      expect(Math.abs(found.chiSquared + found.regularizationTerm - (100 - 21 * level))).toBeLessThan(
        21 * allowed + 1e-9,
      );
    },
  );

  it('is smooth where a pixel turns on or off', () => {
    // Along a line on which the support changes: the slope jumps nowhere.
    const along = (t: number) => ({
      ...scene,
      dirtyImage: scene.dirtyImage.map((value, i) => value + t * Math.sin(1 + 3 * i)),
    });
    const step = 0.01;
    const points = Array.from({ length: 401 }, (_, n) => evidenceOf(along(n * step)));
    const supports = new Set(
      points.map(({ reconstruction }) => Array.from(reconstruction, (value) => Number(value > 0)).join('')),
    );
    expect(supports.size).toBeGreaterThan(3);
    const slopes = points.slice(1).map(({ logEvidence }, n) => (logEvidence - points[n].logEvidence) / step);
    const jumps = slopes.slice(1).map((slope, n) => Math.abs(slope - slopes[n]));
    expect(Math.max(...jumps)).toBeLessThan(0.01);
  });

  it('restricts a regularization to some pixels', () => {
    const pixels = Int32Array.of(0, 1, 2, 5, 9, 11);
    const H = matrixOfGraph(scene.graph);
    const inner = Float64Array.from({ length: 36 }, (_, at) => H[pixels[Math.floor(at / 6)] * 12 + pixels[at % 6]]);
    const expected = regularizationOfMatrix(6, inner);
    const found = restrictedForm(regularizationOfGraph(scene.graph), pixels);
    const elements = new Float64Array(36);
    found.visitLower((row, column, value) => {
      elements[row * 6 + column] += value;
      if (row !== column) elements[column * 6 + row] += value;
    });
    elements.forEach((value, at) => {
      expect(value).toBeCloseTo(inner[at], 12);
    });
    expect(found.roots).toEqual(expected.roots);
    expect(found.trace).toBeCloseTo(expected.trace, 12);
    const s = Float64Array.of(1, 4, 2, -3, 0.5, 7);
    expect(found.roughness(s)).toBeCloseTo(expected.roughness(s), 10);
    found.excess.forEach((value, i) => {
      expect(value).toBeCloseTo(expected.excess[i], 7);
    });
  });
});

function isChained(i: number, j: number): boolean {
  return j < 12 && Math.floor(i / 6) === Math.floor(j / 6);
}
