import type { Engine } from '../engine/engine.js';
import { type CholeskyFactor, logDeterminant, solve } from './cholesky.js';

/** What an evidence is made of besides its matrices. */
export interface EvidenceScalars {
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
 * chi^2 + s^t H s also equals chi^2_0 - s^t D, but only for the exact s. As written it is a quadratic function at its
 * minimum: an error of the solution enters squared. Each term is evaluated from its own matrix, so that none is a
 * small difference of the others.
 *
 * @param factor of F + H
 * @param curvatureMatrix where F (S, S) stands in the memory; the lower triangle is read
 * @param regularizationForm s^t H s
 */
export function evidenceTerms(
  engine: Engine,
  factor: CholeskyFactor,
  curvatureMatrix: number,
  dataVector: Float64Array,
  regularizationForm: (s: Float64Array) => number,
  { logDetRegularizationMatrix, chiSquared0, noiseNormalization }: EvidenceScalars,
): EvidenceTerms {
  const { order } = factor;
  const s = solve(engine, factor, dataVector);
  const fit = quadraticForm(engine, order, curvatureMatrix, s);
  const chiSquared = chiSquared0 - 2 * s.reduce((sum, value, i) => sum + value * dataVector[i], 0) + fit;
  const regularizationTerm = regularizationForm(s);
  const logDetCurvatureRegMatrix = logDeterminant(engine, factor);
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

/** x^t A x of a symmetric (S, S) matrix in the memory, from its lower triangle. */
export function quadraticForm(engine: Engine, order: number, matrix: number, x: Float64Array): number {
  return engine.scoped((arena) => engine.call('quadraticForm', order, matrix, 8 * order, arena.putF64(x)));
}
