import { type KernelResult, type KernelRunArgs, real } from '@wtilde/core-types';
import { logDetPositiveDefinite, solvePositiveDefinite } from './cholesky.js';
import { chiSquared0, noiseNormalization } from './dataTerms.js';
import { logDetRegularizationMatrix, regularizationMatrix } from './regularization.js';
import { curvatureMatrix, entriesOf } from './sparseMapping.js';

/** The float64 end of every evidence: F, D and H as plain data. */
export interface EvidenceInputs {
  readonly curvatureMatrix: Float64Array;
  readonly dataVector: Float64Array;
  readonly regularizationMatrix: Float64Array;
  readonly logDetRegularizationMatrix: number;
  readonly chiSquared0: number;
  readonly noiseNormalization: number;
}

/**
 * s = (F+H)^-1 D, chi^2 = chi2_0 - 2 s^t D + s^t F s, and
 * log evidence = -1/2 [chi^2 + s^t H s + logdet(F+H) - logdet(H) + noise normalization].
 */
export function evidenceTerms(inputs: EvidenceInputs): KernelResult<'evidenceTermsFrom'> {
  const { curvatureMatrix: F, dataVector: D, regularizationMatrix: H } = inputs;
  const curvatureRegMatrix = F.map((value, at) => value + H[at]);
  const s = solvePositiveDefinite(curvatureRegMatrix, D);
  const chiSquared = inputs.chiSquared0 - 2 * dot(s, D) + quadraticForm(F, s);
  const regularizationTerm = quadraticForm(H, s);
  const logDetCurvatureRegMatrix = logDetPositiveDefinite(curvatureRegMatrix, D.length);
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
    reconstruction: real(s),
  };
}

type LogLikelihoodArgs = Omit<KernelRunArgs<'logLikelihoodFunctionViaWTildeFrom'>, 'wTilde'>;

/** The log evidence for a given way to look up W_ij. */
export function logLikelihood(args: LogLikelihoodArgs, wTilde: (i: number, j: number) => number): number {
  const { pixels, coefficient, neighbors, neighborsSizes } = args;
  const entries = entriesOf(args.pixIndexesForSubSlimIndex, args.pixWeightsForSubSlimIndex);
  const dataVector = new Float64Array(pixels);
  for (const { row, column, weight } of entries) dataVector[column] += weight * args.dirtyImage.data[row];
  return evidenceTerms({
    curvatureMatrix: curvatureMatrix(entries, wTilde, pixels),
    dataVector,
    regularizationMatrix: regularizationMatrix(coefficient, neighbors, neighborsSizes),
    logDetRegularizationMatrix: logDetRegularizationMatrix(coefficient, neighbors, neighborsSizes),
    chiSquared0: chiSquared0(args.data, args.noiseMap),
    noiseNormalization: noiseNormalization(args.noiseMap),
  }).logEvidence;
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i], 0);
}

/** s^t A s */
function quadraticForm(a: Float64Array, s: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < s.length; i++) {
    for (let j = 0; j < s.length; j++) sum += s[i] * a[i * s.length + j] * s[j];
  }
  return sum;
}
