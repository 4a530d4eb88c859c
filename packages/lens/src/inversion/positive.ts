import { type NdArray, real, WtildeError } from '@wtilde/core-types';
import { type factorEvidence, positiveEvidence } from '@wtilde/numerics';
import { checkArray } from '../arguments/checkArguments.js';
import { shown } from '../arguments/shown.js';
import type { EvidenceTerms, PositiveCertificate } from './evidence.js';

/** Which source is taken. */
export interface SourceChoice {
  /** `unrestricted`, which is the default: of any sign. `positive`: the best one of which no pixel is negative. */
  readonly solve?: 'unrestricted' | 'positive' | undefined;
  /**
   * (S) the reconstruction of a similar lens model, to start the search for a positive one from. It saves time and changes
   * no bit of the result.
   */
  readonly similarReconstruction?: NdArray<'real'> | undefined;
}

/** True where a positive source is asked for. Throws InvalidOption for a choice that there is not. */
export function isPositive({ solve = 'unrestricted', similarReconstruction }: SourceChoice): boolean {
  if (solve !== 'unrestricted' && solve !== 'positive') {
    throw new WtildeError('InvalidOption', {
      what: 'there is no such source',
      where: 'evidence solve',
      expected: 'unrestricted or positive',
      actual: shown(solve),
      remedy: 'choose one of these, or leave it out',
    });
  }
  if (similarReconstruction !== undefined) {
    checkArray(similarReconstruction, ['real'], ['S'], 'evidence similarReconstruction');
  }
  return solve === 'positive';
}

/** The evidence with the positive source in the place of the unrestricted one; see `positiveEvidence` of numerics. */
export function withPositiveSource(
  terms: EvidenceTerms,
  curvatureMatrix: NdArray<'real'>,
  dataVector: NdArray<'real'>,
  factored: ReturnType<typeof factorEvidence>,
  similar: NdArray<'real'> | undefined,
): EvidenceTerms & {
  readonly logEvidence: number;
  readonly reconstruction: NdArray<'real'>;
  readonly positive: PositiveCertificate;
} {
  // A reconstruction on another mesh is similar to nothing here.
  const start = similar?.data.length === dataVector.data.length ? similar.data : undefined;
  const found = positiveEvidence({ ...terms, dataVector: dataVector.data }, factored, curvatureMatrix.data, {
    similar: start,
  });
  const {
    logEvidence,
    reconstruction,
    violation,
    iterations,
    chiSquared,
    regularizationTerm,
    logDetCurvatureRegMatrix,
  } = found;
  return {
    ...terms,
    logEvidence,
    chiSquared,
    regularizationTerm,
    logDetCurvatureRegMatrix,
    reconstruction: real(reconstruction),
    positive: { violation, iterations, pixels: reconstruction.filter((value) => value > 0).length },
  };
}
