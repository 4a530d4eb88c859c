import { isWtildeError } from '@wtilde/core-types';
import { describe, expect, it } from 'vitest';
import { constantGraph } from '../../src/evidence/constantRegularization.js';
import { evidenceTerms } from '../../src/evidence/evidenceTerms.js';
import { factorEvidence } from '../../src/evidence/factorEvidence.js';
import { regularizationOfGraph, regularizationOfMatrix } from '../../src/evidence/regularizationForm.js';
import type { NeighborGraph } from '../../src/neighborGraph.js';
import { product, transpose } from '../dense.js';
import { randomArray } from '../random.js';
import { exactLogEvidence } from './exactEvidence.js';

/** A rectangle of source pixels, each joined to those beside, above and below it; two of them make two components. */
function rectangles(rows: number, columns: number, count = 1): NeighborGraph {
  const order = rows * columns * count;
  const neighbors = new Int32Array(4 * order).fill(-1);
  const sizes = new Int32Array(order);
  const join = (a: number, b: number) => {
    neighbors[4 * a + sizes[a]++] = b;
    neighbors[4 * b + sizes[b]++] = a;
  };
  for (let part = 0; part < count; part++) {
    for (let i = 0; i < rows * columns; i++) {
      const at = part * rows * columns + i;
      if ((i + 1) % columns !== 0) join(at, at + 1);
      if (i + columns < rows * columns) join(at, at + columns);
    }
  }
  return { order, neighbors, sizes };
}

function matrixOf({ order, neighbors, sizes }: NeighborGraph, coefficient: number): Float64Array {
  const matrix = new Float64Array(order * order);
  for (let i = 0; i < order; i++) {
    matrix[i * order + i] = 1e-8 + coefficient * coefficient * sizes[i];
    for (const j of neighbors.subarray(4 * i, 4 * i + sizes[i])) matrix[i * order + j] = -coefficient * coefficient;
  }
  return matrix;
}

/** F of fewer measurements than source pixels, as real data have them, so that H decides the rest. */
function scene(order: number, size: number) {
  const rank = Math.ceil(order / 2);
  const g = randomArray(order * rank, order).map((value) => value * Math.sqrt(size));
  const curvatureMatrix = product(g, transpose(g, order, rank), order, rank, order);
  const truth = randomArray(order, 7);
  const dataVector = product(curvatureMatrix, truth, order, order, 1);
  // That of visibilities without noise, so that what remains at the solution is small beside what cancels.
  const [chiSquared0] = product(truth, dataVector, 1, order, 1);
  return { curvatureMatrix, dataVector, chiSquared0, noiseNormalization: -12.5 };
}

const coefficients = Array.from({ length: 13 }, (_, i) => 10 ** (2 * i - 12));

describe.each([
  ['one mesh', rectangles(4, 5), 1],
  ['two meshes apart', rectangles(3, 3, 2), 1],
  // Nothing but the ridge regularizes these, so no coefficient helps where F is large.
  ['single source pixels', rectangles(1, 1, 6), Number.POSITIVE_INFINITY],
] as const)('log evidences of %s', (_, graph, leastForLargeF) => {
  it.each([
    [1e-3, 1e-12],
    [1, 1e-12],
    [1e6, leastForLargeF],
  ])('agree with exact integers, F of size %f and coefficients from %f to 1e12', (size, least) => {
    const { order } = graph;
    const { curvatureMatrix, ...data } = scene(order, size);
    for (const coefficient of coefficients.filter((each) => each >= least)) {
      const exact = exactLogEvidence(
        curvatureMatrix,
        data.dataVector,
        coefficient,
        graph,
        data.chiSquared0,
        data.noiseNormalization,
      );
      const logDetRegularizationMatrix = 0;
      const forms = [
        regularizationOfGraph(constantGraph(coefficient, graph)),
        regularizationOfMatrix(order, matrixOf(graph, coefficient)),
      ];
      const logDet = (form: (typeof forms)[number]) => {
        // Of H alone: an evidence without data.
        const nothing = { dataVector: new Float64Array(order), chiSquared0: 0, noiseNormalization: 0 };
        return evidenceTerms(
          { ...nothing, logDetRegularizationMatrix: 0 },
          factorEvidence(new Float64Array(order * order), form),
        ).logDetCurvatureRegMatrix;
      };
      const terms = forms.map((form) =>
        evidenceTerms({ ...data, logDetRegularizationMatrix }, factorEvidence(curvatureMatrix, form)),
      );
      const [byGraph, byMatrix] = terms.map((each) => each.logEvidence + logDet(forms[0]) / 2);
      const allowed = 1e-9 * (1 + Math.abs(exact)) + 1e-14 * data.chiSquared0;
      expect(Math.abs(byGraph - exact), `graph, c = ${coefficient}`).toBeLessThan(allowed);
      expect(Math.abs(byMatrix - exact), `matrix, c = ${coefficient}`).toBeLessThan(allowed);
      for (const each of terms) expect(each.regularizationTerm).toBeGreaterThanOrEqual(0);
    }
  });
});

describe('an F + H that rounding makes singular', () => {
  it('is refused, naming the remedy: F without a regularization that could be seen beside it', () => {
    const graph = rectangles(4, 5);
    const { curvatureMatrix, ...data } = scene(graph.order, 1e8);
    const run = () =>
      evidenceTerms(
        { ...data, logDetRegularizationMatrix: 0 },
        factorEvidence(curvatureMatrix, regularizationOfGraph(constantGraph(1e-3, graph))),
      );
    expect(run).toThrow(
      expect.toSatisfy(
        (error: unknown) => isWtildeError(error, 'NumericalFailure') && /larger regularization/.test(error.remedy),
      ),
    );
  });
});
