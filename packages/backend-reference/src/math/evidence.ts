import { type KernelResult, type KernelRunArgs, real, WtildeError } from '@wtilde/core-types';
import { substitute } from './cholesky.js';
import { chiSquared0, noiseNormalization } from './dataTerms.js';
import { boundOf, type KnownErrors } from './errorBound.js';
import { factorInLevels, mirrored } from './factorInLevels.js';
import { projectOnLevels, rowSums } from './levels.js';
import {
  constantGraph,
  logDetWeightedGraph,
  regularizationMatrix,
  ridge,
  weightedRegularizationMatrix,
} from './regularization.js';
import { curvatureMatrix, type Entry, entriesOf } from './sparseMapping.js';

/** The float64 end of every evidence: F, D and H as plain data; of F and H the lower triangles count. */
export interface EvidenceInputs extends KnownErrors {
  readonly curvatureMatrix: Float64Array;
  readonly dataVector: Float64Array;
  readonly regularizationMatrix: Float64Array;
  /** The row sums of H where they are known better than from H itself. */
  readonly regularizationRowSums?: Float64Array | undefined;
  readonly logDetRegularizationMatrix: number;
  readonly chiSquared0: number;
  readonly noiseNormalization: number;
  /** Rows M and entries of T, where they are known. */
  readonly mapping?: { readonly rows: number; readonly entries: readonly Entry[] } | undefined;
  readonly sumOfWeights: number;
}

/** A log evidence of which rounding may move more than this part is refused. */
const trustworthy = 1e-6;

/**
 * s = (F+H)^-1 D, chi^2 = chi2_0 - 2 s^t D + s^t F s, and
 * log evidence = -1/2 [chi^2 + s^t H s + logdet(F+H) - logdet(H) + noise normalization].
 *
 * Where H outweighs F, F + H is factored in levels and differences (see levels.ts); s^t H s is always the sum over pairs
 * of -H_ij (s_i - s_j)^2 and over pixels of the row sums of H times s_i^2.
 */
export function evidenceTerms(inputs: EvidenceInputs): KernelResult<'evidenceTermsFrom'> {
  const { dataVector: D } = inputs;
  const S = D.length;
  const F = mirrored(inputs.curvatureMatrix, S);
  const H = mirrored(inputs.regularizationMatrix, S);
  const excess = inputs.regularizationRowSums ?? rowSums(H, S);
  const { levels, roots, A, L } = factorInLevels(F, H, excess);
  const solved = (b: Float64Array): Float64Array => substitute(L, projectOnLevels(b, roots));
  const inPixels = (z: Float64Array): Float64Array =>
    z.map((value, i) => (roots[i] === i ? value : value + z[roots[i]]));
  const z = solved(D);
  const relative = z.map((value, i) => (levels && roots[i] === i ? 0 : value));
  const s = inPixels(z);

  const chiSquared = inputs.chiSquared0 - 2 * dot(s, D) + quadraticForm(F, s);
  let regularizationTerm = 0;
  let logDetCurvatureRegMatrix = 0;
  let lost = 0;
  for (let i = 0; i < S; i++) {
    const pivot = L[i * S + i];
    regularizationTerm += excess[i] * s[i] ** 2;
    logDetCurvatureRegMatrix += 2 * Math.log(pivot);
    lost += A[i * S + i] / pivot ** 2;
    for (let j = 0; j < i; j++) regularizationTerm -= H[i * S + j] * (relative[i] - relative[j]) ** 2;
  }
  const { logDetRegularizationMatrix, noiseNormalization } = inputs;
  const logEvidence =
    -0.5 *
    (chiSquared + regularizationTerm + logDetCurvatureRegMatrix - logDetRegularizationMatrix + noiseNormalization);
  // A pivot is what is left of a diagonal element after subtractions that round at its size.
  const roundingOfLogDet = 8 * Number.EPSILON * lost;
  refuseSingular(roundingOfLogDet / 2, trustworthy * (1 + Math.abs(logEvidence)), levels);
  const scalars = [inputs.chiSquared0, noiseNormalization, logDetRegularizationMatrix, logDetCurvatureRegMatrix];
  return {
    logEvidence,
    chiSquared,
    regularizationTerm,
    logDetCurvatureRegMatrix,
    logDetRegularizationMatrix,
    noiseNormalization,
    errorBound: boundOf({
      ...inputs,
      reconstruction: s,
      inverseTimes: (b) => inPixels(solved(b)),
      curvatureDiagonal: s.map((_, i) => F[i * S + i]),
      scalars,
      roundingOfLogDet,
    }),
    reconstruction: real(s),
  };
}

function refuseSingular(uncertainty: number, allowed: number, levels: boolean): void {
  if (uncertainty <= allowed) return;
  throw new WtildeError('NumericalFailure', {
    what: 'F + H is so nearly singular that rounding decides the log evidence',
    where: 'logdet(F+H)',
    expected: `an uncertainty of at most ${allowed.toPrecision(2)}`,
    actual: `about ${uncertainty.toPrecision(2)}`,
    remedy: levels
      ? 'H outweighs F and is nearly singular itself: use a smaller regularization coefficient'
      : 'F outweighs H: use a larger regularization coefficient, and look for visibilities of far too small noise',
  });
}

type MappedArgs = Pick<
  KernelRunArgs<'evidenceViaWTildeFrom'>,
  'dirtyImage' | 'pixIndexesForSubSlimIndex' | 'pixWeightsForSubSlimIndex' | 'pixels'
>;

/** F, D and the mapping for a given way to look up W_ij, whose elements are sums with terms of the size of `largest`. */
function linear(args: MappedArgs, wTilde: (i: number, j: number) => number, largest = wTilde) {
  const { pixels, dirtyImage } = args;
  const entries = entriesOf(args.pixIndexesForSubSlimIndex, args.pixWeightsForSubSlimIndex);
  const dataVector = new Float64Array(pixels);
  for (const { row, column, weight } of entries) dataVector[column] += weight * dirtyImage.data[row];
  const rows = dirtyImage.data.length;
  return {
    curvatureMatrix: curvatureMatrix(entries, wTilde, pixels),
    dataVector,
    mapping: { rows, entries },
    sumOfWeights: rows === 0 ? 0 : largest(0, 0),
  };
}

/** The log evidence from the visibilities and the constant regularization. */
export function logLikelihood(
  args: Omit<KernelRunArgs<'logLikelihoodFunctionViaWTildeFrom'>, 'wTilde'>,
  wTilde: (i: number, j: number) => number,
): number {
  const { pixels, coefficient, neighbors, neighborsSizes } = args;
  return evidenceTerms({
    ...linear(args, wTilde),
    regularizationMatrix: regularizationMatrix(coefficient, neighbors, neighborsSizes),
    regularizationRowSums: new Float64Array(pixels).fill(ridge),
    logDetRegularizationMatrix: logDetWeightedGraph(constantGraph(coefficient, neighbors, neighborsSizes)),
    chiSquared0: chiSquared0(args.data, args.noiseMap),
    noiseNormalization: noiseNormalization(args.noiseMap),
    rmsErrorOfW: 0,
    largestErrorOfW: 0,
    rmsErrorOfDirtyImage: 0,
  }).logEvidence;
}

/**
 * The record of an evidence whose regularization is a weighted graph.
 *
 * @param largest W before anything was taken from it
 */
export function evidence(
  args: Omit<KernelRunArgs<'evidenceViaWTildeFrom'>, 'wTilde'>,
  wTilde: (i: number, j: number) => number,
  largest = wTilde,
): KernelResult<'evidenceTermsFrom'> {
  return evidenceTerms({
    ...args,
    ...linear(args, wTilde, largest),
    regularizationMatrix: weightedRegularizationMatrix(args),
    regularizationRowSums: args.diagonal.data,
    logDetRegularizationMatrix: logDetWeightedGraph(args),
  });
}

/** The record of an evidence whose regularization is a matrix; `largest` as of `evidence`. */
export function evidenceOfMatrix(
  args: Omit<KernelRunArgs<'evidenceViaWCompactOfMatrixFrom'>, 'wCompact'>,
  wTilde: (i: number, j: number) => number,
  largest = wTilde,
): KernelResult<'evidenceTermsFrom'> {
  return evidenceTerms({
    ...args,
    ...linear(args, wTilde, largest),
    regularizationMatrix: args.regularizationMatrix.data,
  });
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
