import {
  type EvidenceData,
  evidenceTerms,
  type FactoredEvidence,
  type SolvedEvidence,
} from '../evidence/evidenceTerms.js';
import { factorEvidence } from '../evidence/factorEvidence.js';
import type { RegularizationForm } from '../evidence/regularizationForm.js';
import { denseSystem } from './denseSystem.js';
import { Optimality } from './optimality.js';
import { type PositiveSolution, type PositiveStart, positiveSolution } from './positiveSolution.js';
import type { PositiveSystem } from './positiveSystem.js';
import { restrictedForm } from './restrictedForm.js';
import { supportFactor } from './supportFactor.js';

/** The evidence of a positive source, its terms, and what shows that the source is the best one. */
export type PositiveEvidence = SolvedEvidence & Omit<PositiveSolution, 'reconstruction'>;

/**
 * The evidence of the positive source s+, the least chi^2 + s^t H s over s >= 0:
 *
 *   log evidence = -1/2 [chi^2_0 - 2 s+^t D + s+^t F s+ + s+^t H s+ + log det(F + H) - log det H + noise normalization],
 *
 * with both determinants of the whole matrices, zeroed pixels included, as PyAutoLens has them. So it differs from the
 * unrestricted evidence by what the data lose when the source may not be negative, and is the same, bit for bit, where
 * the unrestricted source is positive.
 *
 * It is once continuously differentiable: what s+ changes is of second order, and a pixel that turns on or off does so
 * from 0. Its derivatives are those of `evidenceDerivatives` with s+ for the reconstruction and (F + H)^-1 of the whole
 * matrix; the second derivatives jump where a pixel turns.
 *
 * Cost besides the factorization: P^3 / 3 operations once or twice for P positive pixels.
 *
 * @param factored F + H
 * @param curvatureMatrix F (S, S), symmetric; the lower triangle is read
 * @param systemFrom makes the system of F + H and D, where the unknowns are the pixels themselves; that of a backend
 *   which factors faster than `denseSystem` does
 * @throws NumericalFailure as `evidenceTerms` and `positiveSolution` do
 */
export function positiveEvidence(
  data: EvidenceData,
  factored: FactoredEvidence,
  curvatureMatrix: Float64Array,
  { zeroedPixels, similar }: PositiveStart = {},
  systemFrom: (matrix: Float64Array, dataVector: Float64Array) => PositiveSystem = denseSystem,
): PositiveEvidence {
  const unrestricted = evidenceTerms(data, factored);
  const system = systemOf(curvatureMatrix, factored, data.dataVector, systemFrom);
  const { reconstruction } = unrestricted;
  if (!zeroedPixels?.includes(1)) {
    const everything = new Uint8Array(system.order).fill(1);
    const found = new Optimality(system, system.diagonal.map(Math.sqrt), reconstruction);
    if (found.infeasible(everything, everything).length === 0) {
      return { ...unrestricted, violation: found.violation(everything, everything), iterations: 1, factorizations: 0 };
    }
  }
  const { reconstruction: s, ...certificate } = positiveSolution(system, {
    zeroedPixels,
    similar: similar ?? reconstruction,
  });
  const { basis } = factored;
  const given = {
    ...basis,
    project: (b: Float64Array) => b,
    sourceOf: (source: Float64Array) => ({ source, relative: source }),
  };
  return { ...evidenceTerms(data, { ...factored, basis: given, solve: () => s }), ...certificate };
}

/** Where H outweighs F a support is factored in levels and differences of its own, as the whole is. */
function systemOf(
  curvatureMatrix: Float64Array,
  { basis, regularization }: FactoredEvidence,
  dataVector: Float64Array,
  systemFrom: (matrix: Float64Array, dataVector: Float64Array) => PositiveSystem,
): PositiveSystem {
  const { order } = regularization;
  const matrix = Float64Array.from(curvatureMatrix);
  regularization.visitLower((row, column, value) => {
    matrix[row * order + column] += value;
  });
  if (!basis.levels) return systemFrom(matrix, dataVector);
  const system = denseSystem(matrix, dataVector, (pixels) => {
    const inner = supportOf(curvatureMatrix, order, pixels);
    const support = factorEvidence(inner, restrictedForm(regularization, pixels));
    return supportFactor(support.factor, support.basis, support.diagonal);
  });
  const curvature = denseSystem(curvatureMatrix, dataVector, system.factor);
  const residual = (s: Float64Array) => subtractForm(regularization, s, curvature.residual(s));
  const weight = curvature.diagonal.reduce((sum, value) => sum + value, 0);
  if (regularization.trace < 1e6 * weight) return { ...system, residual };
  // Beside a factor, pixels of one level could not be told apart any more: every set is factored.
  return { ...system, mostChanges: 0, residual };
}

/** The rows and columns of some pixels, which rise, as a matrix of its own; the lower triangle is good. */
function supportOf(matrix: Float64Array, order: number, pixels: Int32Array): Float64Array {
  const size = pixels.length;
  const inner = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      inner[row * size + column] = matrix[pixels[row] * order + pixels[column]];
    }
  }
  return inner;
}

/** rest - H s by differences, which loses nothing where s is level. */
function subtractForm(form: RegularizationForm, s: Float64Array, rest: Float64Array): Float64Array {
  for (let i = 0; i < s.length; i++) rest[i] -= form.excess[i] * s[i];
  form.visitLower((row, column, value) => {
    if (row === column) return;
    const pull = value * (s[row] - s[column]);
    rest[row] += pull;
    rest[column] -= pull;
  });
  return rest;
}
