import { describe, expect, it } from 'vitest';
import { constantGraph } from '../../src/evidence/constantRegularization.js';
import { factorEvidence } from '../../src/evidence/factorEvidence.js';
import { inverseOf } from '../../src/evidence/inverse.js';
import { regularizationOfGraph, regularizationOfMatrix } from '../../src/evidence/regularizationForm.js';
import { sourceVariances } from '../../src/evidence/sourceVariances.js';
import { positiveDefinite, product } from '../dense.js';

/** A path: every pixel beside the next. */
function path(order: number) {
  const neighbors = Int32Array.from({ length: 2 * order }, (_, at) => {
    const [i, slot] = [at >> 1, at & 1];
    const listed = [i - 1, i + 1].filter((j) => j >= 0 && j < order);
    return listed[slot] ?? -1;
  });
  const sizes = Int32Array.from({ length: order }, (_, i) => (i > 0 ? 1 : 0) + (i < order - 1 ? 1 : 0));
  return { order, neighbors, sizes };
}

describe('the inverse of F + H', () => {
  it.each([1, 2, 3, 4, 7, 50, 98])(
    'of %i source pixels times F + H is one, and its diagonal the variances',
    (order) => {
      const F = positiveDefinite(order, 0.1, order);
      const H = positiveDefinite(order, 0.5, order + 1);
      const factored = factorEvidence(F, regularizationOfMatrix(order, H));
      const inverse = inverseOf(factored);
      const A = F.map((value, at) => value + H[at]);
      product(inverse, A, order, order, order).forEach((value, at) => {
        expect(value).toBeCloseTo(at % (order + 1) === 0 ? 1 : 0, 9);
      });
      sourceVariances(factored).forEach((value, i) => {
        expect(value / inverse[i * order + i]).toBeCloseTo(1, 9);
      });
    },
  );

  it('stays that of the level where H outweighs F beyond measure', () => {
    const order = 20;
    const F = positiveDefinite(order, 0.1, 3);
    const inverse = inverseOf(factorEvidence(F, regularizationOfGraph(constantGraph(1e10, path(order)))));
    const total = F.reduce((sum, value) => sum + value, 0);
    for (const value of inverse) expect(value * total).toBeCloseTo(1, 6);
  });
});
