import type { NeighborGraph } from '@wtilde/numerics';
import { type CholeskyFactor, logDeterminant, solve } from './cholesky.js';
import { addConstantRegularization, constantRegularizationTerm } from './constantRegularization.js';
import { dot, quadraticForm } from './dot.js';
import { factorPacked } from './factorPacked.js';
import { packLowerTriangle } from './packedTriangle.js';

/** An evidence whose H is the constant regularization of a mesh, which need not be made as a matrix. */
export interface MeshEvidenceInputs {
  readonly graph: NeighborGraph;
  /** c */
  readonly coefficient: number;
  readonly logDetRegularizationMatrix: number;
  /** F (S, S), symmetric; the lower triangle is read. */
  readonly curvatureMatrix: Float64Array;
  /** D (S). */
  readonly dataVector: Float64Array;
  readonly chiSquared0: number;
  readonly noiseNormalization: number;
}

/**
 * The log evidence as in {@link evidenceTerms}, with H added to F in place of a dense sum. S^3 / 3 + 4 S^2 operations.
 *
 * @param workspace `packedLength(S)` numbers for the factor; new when left out
 * @throws NumericalFailure when F + H is not positive definite
 */
export function meshEvidence(inputs: MeshEvidenceInputs, workspace?: Float64Array): number {
  const { graph, coefficient, curvatureMatrix, dataVector } = inputs;
  const { order } = graph;
  const packed = packLowerTriangle(order, [curvatureMatrix], workspace);
  addConstantRegularization(coefficient, graph, packed);
  factorPacked(packed, order);
  const factor: CholeskyFactor = { order, packed };
  const s = solve(factor, dataVector);
  const chiSquared = inputs.chiSquared0 - 2 * dot(s, dataVector) + quadraticForm(order, curvatureMatrix, s);
  return (
    -0.5 *
    (chiSquared +
      constantRegularizationTerm(coefficient, graph, s) +
      logDeterminant(factor) -
      inputs.logDetRegularizationMatrix +
      inputs.noiseNormalization)
  );
}
