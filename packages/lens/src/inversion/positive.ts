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
  /** Numbers of the source pixels that a positive source has at 0, such as those of a rim; none when left out. */
  readonly zeroedPixels?: readonly number[] | undefined;
}

/** True where a positive source is asked for. Throws InvalidOption for a choice that there is not. */
export function isPositive({ solve = 'unrestricted', similarReconstruction, zeroedPixels }: SourceChoice): boolean {
  if (solve !== 'unrestricted' && solve !== 'positive') {
    throw new WtildeError('InvalidOption', {
      what: 'there is no such source',
      where: 'evidence solve',
      expected: 'unrestricted or positive',
      actual: shown(solve),
      remedy: 'choose one of these, or leave it out',
    });
  }
  if (zeroedPixels !== undefined && solve !== 'positive') {
    throw new WtildeError('InvalidOption', {
      what: 'only a positive source has zeroed pixels',
      where: 'evidence zeroedPixels',
      expected: "solve: 'positive' beside it",
      actual: `solve: ${shown(solve)}`,
      remedy: 'ask for a positive source, or leave the pixels out',
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
  { curvatureMatrix, dataVector }: { readonly curvatureMatrix: NdArray<'real'>; readonly dataVector: Float64Array },
  factored: ReturnType<typeof factorEvidence>,
  { similarReconstruction: similar, zeroedPixels }: SourceChoice,
): EvidenceTerms & {
  readonly logEvidence: number;
  readonly reconstruction: NdArray<'real'>;
  readonly positive: PositiveCertificate;
} {
  // A reconstruction on another mesh is similar to nothing here.
  const start = similar?.data.length === dataVector.length ? similar.data : undefined;
  const found = positiveEvidence({ ...terms, dataVector }, factored, curvatureMatrix.data, {
    similar: start,
    zeroedPixels: maskOfZeroed(zeroedPixels, dataVector.length),
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

/** (S) 1 for the numbered pixels. */
export function maskOfZeroed(numbers: readonly number[] | undefined, pixels: number): Uint8Array | undefined {
  if (numbers === undefined) return undefined;
  const mask = new Uint8Array(pixels);
  for (const pixel of numbers) {
    if (!(Number.isInteger(pixel) && pixel >= 0 && pixel < pixels)) {
      throw new WtildeError('IndexOutOfRange', {
        what: 'no source pixel has this number',
        where: 'evidence zeroedPixels',
        expected: `whole numbers from 0 to ${pixels - 1}`,
        actual: shown(pixel),
        remedy: 'count from 0, in the order of mapper.vertices',
      });
    }
    mask[pixel] = 1;
  }
  return mask;
}
