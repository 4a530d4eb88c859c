import { isWtildeError } from '@wtilde/core-types';
import { describe, expect, it } from 'vitest';
import { type EvidenceData, evidenceTerms as termsOf } from '../../src/evidence/evidenceTerms.js';
import { factorEvidence } from '../../src/evidence/factorEvidence.js';
import { regularizationOfMatrix } from '../../src/evidence/regularizationForm.js';
import { lowerTriangleOnly, positiveDefinite, product } from '../dense.js';
import { randomArray } from '../random.js';

function evidenceTerms({
  order,
  curvatureMatrix,
  regularizationMatrix,
  ...data
}: EvidenceData & {
  readonly order: number;
  readonly curvatureMatrix: Float64Array;
  readonly regularizationMatrix: Float64Array;
}) {
  return termsOf(data, factorEvidence(curvatureMatrix, regularizationOfMatrix(order, regularizationMatrix)));
}

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);

describe('the terms of the evidence', () => {
  it('of two source pixels are those worked out by hand', () => {
    // F + H = [[4, 2], [2, 5]], so s = [1, 2] for D = [8, 12], and the determinant is 16.
    const terms = evidenceTerms({
      order: 2,
      curvatureMatrix: Float64Array.of(3, 2.5, 2.5, 4),
      dataVector: Float64Array.of(8, 12),
      regularizationMatrix: Float64Array.of(1, -0.5, -0.5, 1),
      logDetRegularizationMatrix: Math.log(0.75),
      chiSquared0: 100,
      noiseNormalization: 7,
    });
    expect(terms.reconstruction).toEqual(Float64Array.of(1, 2));
    // s^t F s = 3 + 10 + 16 = 29; s^t D = 32; s^t H s = 1 - 2 + 4 = 3.
    expect(terms.chiSquared).toBe(100 - 64 + 29);
    expect(terms.regularizationTerm).toBe(3);
    expect(terms.logDetCurvatureRegMatrix).toBeCloseTo(Math.log(16), 14);
    expect(terms.logDetRegularizationMatrix).toBe(Math.log(0.75));
    expect(terms.noiseNormalization).toBe(7);
    expect(terms.logEvidence).toBeCloseTo(-0.5 * (65 + 3 + Math.log(16) - Math.log(0.75) + 7), 12);
  });

  it.each([1, 3, 17, 65, 150])('of %i source pixels satisfy their definitions', (order) => {
    const curvatureMatrix = positiveDefinite(order, 0.1, order);
    const regularizationMatrix = positiveDefinite(order, 0.5, order + 1);
    const dataVector = randomArray(order, order + 2);
    const inputs = { order, dataVector, logDetRegularizationMatrix: 1.5, chiSquared0: 40, noiseNormalization: -3 };
    const terms = evidenceTerms({ ...inputs, curvatureMatrix, regularizationMatrix });
    const s = terms.reconstruction;
    const quadratic = (a: Float64Array) => sum(product(a, s, order, order, 1).map((value, i) => value * s[i]));
    const sD = sum(s.map((value, i) => value * dataVector[i]));
    expect(terms.regularizationTerm).toBeCloseTo(quadratic(regularizationMatrix), 10);
    expect(terms.chiSquared).toBeCloseTo(40 - 2 * sD + quadratic(curvatureMatrix), 10);
    // At the minimum the two terms together are chi^2_0 - s^t D.
    expect(terms.chiSquared + terms.regularizationTerm).toBeCloseTo(40 - sD, 10);
    const { chiSquared, regularizationTerm, logDetCurvatureRegMatrix } = terms;
    expect(terms.logEvidence).toBeCloseTo(
      -0.5 * (chiSquared + regularizationTerm + logDetCurvatureRegMatrix - 1.5 - 3),
      10,
    );
    expect(
      evidenceTerms({
        ...inputs,
        curvatureMatrix: lowerTriangleOnly(curvatureMatrix, order),
        regularizationMatrix: lowerTriangleOnly(regularizationMatrix, order),
      }),
    ).toEqual(terms);
  });

  it('are refused when F + H is not positive definite', () => {
    const order = 3;
    const inputs = {
      order,
      curvatureMatrix: new Float64Array(9),
      dataVector: new Float64Array(3),
      regularizationMatrix: new Float64Array(9),
      logDetRegularizationMatrix: 0,
      chiSquared0: 0,
      noiseNormalization: 0,
    };
    expect(() => evidenceTerms(inputs)).toThrow(
      expect.toSatisfy((error: unknown) => isWtildeError(error, 'NumericalFailure')),
    );
  });
});
