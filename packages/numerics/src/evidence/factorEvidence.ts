import { type CholeskyFactor, solve } from '../cholesky/cholesky.js';
import { factorPacked } from '../cholesky/factorPacked.js';
import { packedIndex, packLowerTriangle } from '../cholesky/packedTriangle.js';
import type { FactoredEvidence } from './evidenceTerms.js';
import { quadraticForm } from './quadraticForm.js';
import type { RegularizationForm } from './regularizationForm.js';
import { sourceBasis } from './sourceBasis.js';

/**
 * Factors F + H, in the basis in which neither drowns the other. S^3 / 3 operations.
 *
 * @param curvatureMatrix F (S, S), symmetric; the lower triangle is read
 * @param workspace `packedLength(S)` numbers for the factor; new when left out
 * @throws NumericalFailure when F + H is not positive definite
 */
export function factorEvidence(
  curvatureMatrix: Float64Array,
  regularization: RegularizationForm,
  workspace?: Float64Array,
): FactoredEvidence & { readonly factor: CholeskyFactor } {
  const { order } = regularization;
  const basis = sourceBasis(curvatureMatrix, regularization);
  const packed = packLowerTriangle(order, [curvatureMatrix], workspace);
  regularization.visitLower((row, column, value) => {
    packed[packedIndex(row, column)] += value;
  });
  basis.visitRoots(curvatureMatrix, (row, column, value) => {
    packed[packedIndex(row, column)] = value;
  });
  const diagonalOf = () => Float64Array.from({ length: order }, (_, i) => packed[packedIndex(i, i)]);
  const diagonal = diagonalOf();
  factorPacked(packed, order);
  const factor = { order, packed };
  return {
    basis,
    regularization,
    diagonal,
    factor,
    factorDiagonal: diagonalOf(),
    solve: (b) => solve(factor, b),
    curvatureForm: (s) => quadraticForm(order, curvatureMatrix, s),
  };
}
