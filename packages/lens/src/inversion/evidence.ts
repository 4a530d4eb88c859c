import type { KernelResult, NdArray } from '@wtilde/core-types';
import type { DispatchEvent, ErrorEstimate } from '@wtilde/dispatch';
import type { Mapper } from '../mapper/mapper.js';
import type { Warning } from '../warnings/warning.js';
import type { EvidenceGradient } from './gradient.js';

/** What an evidence consists of: log evidence = -1/2 [chiSquared + regularizationTerm + ...]. See kernel #23. */
export type EvidenceTerms = Omit<KernelResult<'evidenceTermsFrom'>, 'reconstruction' | 'logEvidence'> & {
  /** Of an empty source. */
  readonly chiSquared0: number;
};

/** Milliseconds that each part of an evaluation took. */
export interface Timings {
  readonly rayTrace: number;
  readonly mapper: number;
  readonly curvatureMatrix: number;
  readonly dataVector: number;
  readonly regularization: number;
  readonly evidence: number;
}

/** The evidence of one lens model and the source that goes with it. */
export interface Evidence {
  /** -1/2 [chi-squared + s^t H s + log det(F + H) - log det H + noise normalization], in natural logarithms. */
  readonly logEvidence: number;
  /** What it is made of. */
  readonly terms: EvidenceTerms;
  /** (S) brightness of the source pixels. */
  readonly reconstruction: NdArray<'real'>;
  /** The source pixels, their neighbours, and how image pixels map to them. */
  readonly mapper: Mapper;
  /**
   * How far the log evidence may be off: by the rounding of every step, by the tolerance of the transforms, and by what
   * was made in float32. Worked out when it is first read: O(S^3 / 3).
   */
  readonly errorBound: number;
  /** The part of `errorBound` that F and the data vector bring in when they were made in float32; else absent. */
  readonly errorEstimate?: ErrorEstimate;
  /** What makes this number doubtful: the warnings of the dataset, and those of this model. */
  readonly warnings: readonly Warning[];
  readonly ms: Timings;
  /** What ran each kernel last: backend, method, and why. Evaluations of one operator that overlap share this. */
  readonly ran: readonly DispatchEvent[];
  /**
   * (S) standard deviations of the reconstruction, the square roots of the diagonal of (F + H)^-1. Cost: O(S^3), on the
   * first call.
   */
  reconstructionNoiseMap(): NdArray<'real'>;
  /**
   * The derivatives of the log evidence by the path of each parameter as lens.json writes it (mass.0.einsteinRadius,
   * mass.0.centre.0, mass.0.angle per degree, ...) and by `regularization.coefficient`. Not by differences: see
   * `lensGradient` and the adjoints of the mappers. Costs what `evidenceAndGradient` costs, on the first call.
   */
  gradient(): Promise<EvidenceGradient>;
  /** (M) the reconstruction as it is seen through the lens, T s. */
  mappedReconstructedImage(): NdArray<'real'>;
  /** (K) complex: the visibilities of that image at any baselines (K, 2) in wavelengths, before noise. */
  mappedReconstructedVisibilities(uvWavelengths: NdArray<'real'>): Promise<NdArray<'complex'>>;
}
