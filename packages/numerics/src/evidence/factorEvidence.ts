import { type CholeskyFactor, solve } from '../cholesky/cholesky.js';
import { factorPacked } from '../cholesky/factorPacked.js';
import { packedIndex, packedLength, packLowerTriangle } from '../cholesky/packedTriangle.js';
import { freshMemory, type Scratch } from '../scratch.js';
import { STRIP, stripCount } from '../strips/stripProduct.js';
import type { FactoredEvidence } from './evidenceTerms.js';
import { quadraticForm } from './quadraticForm.js';
import type { RegularizationForm } from './regularizationForm.js';
import { sourceBasis } from './sourceBasis.js';

/**
 * Factors F + H, in the basis in which neither drowns the other. S^3 / 3 operations.
 *
 * @param curvatureMatrix F (S, S), symmetric; the lower triangle is read
 * @param scratch what the factor lives in
 * @throws NumericalFailure when F + H is not positive definite
 */
export function factorEvidence(
  curvatureMatrix: Float64Array,
  regularization: RegularizationForm,
  scratch: Scratch = freshMemory,
): FactoredEvidence & { readonly factor: CholeskyFactor } {
  const { order } = regularization;
  const basis = sourceBasis(curvatureMatrix, regularization);
  const packed = packLowerTriangle(order, [curvatureMatrix], scratch.f64(packedLength(order)));
  const padded = scratch.f64(STRIP * stripCount(order));
  regularization.visitLower((row, column, value) => {
    packed[packedIndex(row, column)] += value;
  });
  basis.visitRoots(curvatureMatrix, (row, column, value) => {
    packed[packedIndex(row, column)] = value;
  });
  const diagonalOf = (element: (i: number) => number) => {
    const diagonal = scratch.f64(order);
    for (let i = 0; i < order; i++) diagonal[i] = element(i);
    return diagonal;
  };
  const diagonal = diagonalOf((i) => packed[packedIndex(i, i)]);
  factorPacked(packed, order);
  const factor = { order, packed };
  return {
    basis,
    regularization,
    diagonal,
    factor,
    factorDiagonal: diagonalOf((i) => packed[packedIndex(i, i)]),
    curvatureDiagonal: diagonalOf((i) => curvatureMatrix[i * order + i]),
    solve: (b, out) => solve(factor, b, out, padded),
    curvatureForm: (s) => quadraticForm(order, curvatureMatrix, s),
  };
}
