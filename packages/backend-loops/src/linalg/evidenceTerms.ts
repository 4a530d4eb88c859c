import { choleskyOf, logDeterminant, solve } from './cholesky.js';
import { dot, quadraticForm } from './dot.js';

/** What an evidence is made of, all in float64. */
export interface EvidenceInputs {
  /** S, the number of source pixels. */
  readonly order: number;
  /** F (S, S), symmetric; the lower triangle is read. */
  readonly curvatureMatrix: Float64Array;
  /** D (S). */
  readonly dataVector: Float64Array;
  /** H (S, S), symmetric; the lower triangle is read. */
  readonly regularizationMatrix: Float64Array;
  readonly logDetRegularizationMatrix: number;
  /** chi^2 of an empty source. */
  readonly chiSquared0: number;
  readonly noiseNormalization: number;
}

/** The evidence and its terms. */
export interface EvidenceTerms {
  readonly logEvidence: number;
  readonly chiSquared: number;
  readonly regularizationTerm: number;
  readonly logDetCurvatureRegMatrix: number;
  readonly logDetRegularizationMatrix: number;
  readonly noiseNormalization: number;
  /** s (S). */
  readonly reconstruction: Float64Array;
}

/**
 * The evidence of a linear source inversion from one Cholesky factorization of F + H.
 *
 * s = (F + H)^-1 D, chi^2 = chi^2_0 - 2 s^t D + s^t F s,
 * log evidence = -1/2 [chi^2 + s^t H s + log det(F + H) - log det H + noise normalization].
 *
 * chi^2 + s^t H s also equals chi^2_0 - s^t D, but only for the exact s. As written it is a
 * quadratic function at its minimum: an error of the solution enters squared. Each term is evaluated
 * from its own matrix, so that none is a small difference of the others.
 *
 * Cost S^3 / 3 + 6 S^2 operations.
 *
 * @param workspace `packedLength(order)` numbers for the factor; new when left out
 * @throws NumericalFailure when F + H is not positive definite
 */
export function evidenceTerms(inputs: EvidenceInputs, workspace?: Float64Array): EvidenceTerms {
  const { order, curvatureMatrix, regularizationMatrix, dataVector } = inputs;
  const factor = choleskyOf(order, [curvatureMatrix, regularizationMatrix], workspace);
  const s = solve(factor, dataVector);
  const chiSquared = inputs.chiSquared0 - 2 * dot(s, dataVector) + quadraticForm(order, curvatureMatrix, s);
  const regularizationTerm = quadraticForm(order, regularizationMatrix, s);
  const logDetCurvatureRegMatrix = logDeterminant(factor);
  const { logDetRegularizationMatrix, noiseNormalization } = inputs;
  const logEvidence =
    -0.5 *
    (chiSquared + regularizationTerm + logDetCurvatureRegMatrix - logDetRegularizationMatrix + noiseNormalization);
  return {
    logEvidence,
    chiSquared,
    regularizationTerm,
    logDetCurvatureRegMatrix,
    logDetRegularizationMatrix,
    noiseNormalization,
    reconstruction: s,
  };
}
