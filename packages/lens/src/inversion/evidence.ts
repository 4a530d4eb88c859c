import type { KernelResult, NdArray } from '@wtilde/core-types';
import type { DispatchEvent, ErrorEstimate } from '@wtilde/dispatch';
import type { GainEstimates } from '../gains/gainEstimates.js';
import type { Mapper } from '../mapper/mapper.js';
import type { Warning } from '../warnings/warning.js';
import type { EvidenceGradient } from './gradient.js';
import type { Timings } from './timings.js';

/** What an evidence consists of: log evidence = -1/2 [chiSquared + regularizationTerm + ...]. See kernel #23. */
export type EvidenceTerms = Omit<KernelResult<'evidenceTermsFrom'>, 'reconstruction' | 'logEvidence' | 'errorBound'> & {
  /** Of an empty source. */
  readonly chiSquared0: number;
};

/** What shows that a positive source is the best one. */
export interface PositiveCertificate {
  /** Source pixels that are above 0. */
  readonly pixels: number;
  /** The largest violation of the conditions of the best source, relative: see the kernel `reconstructionPositiveOnlyFrom`. */
  readonly violation: number;
  /** Sets of pixels that were looked at. */
  readonly iterations: number;
}

/** The evidence of one lens model and the source that goes with it. */
export interface Evidence {
  /** -1/2 [chi-squared + s^t H s + log det(F + H) - log det H + noise normalization], in natural logarithms. */
  readonly logEvidence: number;
  /** What it is made of. */
  readonly terms: EvidenceTerms;
  /** (S) brightness of the source pixels. */
  readonly reconstruction: NdArray<'real'>;
  /** Of a positive source; else absent. */
  readonly positive?: PositiveCertificate;
  /** The source pixels, their neighbours, and how image pixels map to them. */
  readonly mapper: Mapper;
  /** (S, 2) the source pixels in the image plane, (y, x) in arcsec, where the mesh is one of points. */
  readonly imageMesh?: NdArray<'real'> | undefined;
  /**
   * How far the log evidence may be off: by the rounding of every step, by the tolerance of the transforms, and by what
   * was made in float32.
   */
  readonly errorBound: number;
  /** The part of `errorBound` that F and the data vector bring in when they were made in float32; else absent. */
  readonly errorEstimate?: ErrorEstimate;
  /** What makes this number doubtful: the warnings of the dataset, and those of this model. */
  readonly warnings: readonly Warning[];
  readonly ms: Timings;
  /** What ran it: backend, method, and why; the steps where it ran along its route. Of this evaluation alone. */
  readonly ran: readonly DispatchEvent[];
  /**
   * (S) standard deviations of the reconstruction, the square roots of the diagonal of (F + H)^-1: those of a source of
   * any sign, for a positive one too. Cost: O(M^2 B + S^3), on the first call.
   */
  reconstructionNoiseMap(): NdArray<'real'>;
  /** (S) the covariance (F + H)^-1 of the reconstruction times a vector (S). Cost: O(S^2), and O(S^3) on the first call. */
  reconstructionCovarianceTimes(vector: NdArray<'real'>): NdArray<'real'>;
  /**
   * The derivatives of the log evidence by the path of each parameter as lens.json writes it (mass.0.einsteinRadius,
   * mass.0.centre.0, mass.0.angle per degree, ...) and by `regularization.coefficient`. Not by differences: see
   * `lensGradient` and the adjoints of the mappers. In float64; costs what `evidenceAndGradient` costs, on the
   * first call.
   */
  gradient(): Promise<EvidenceGradient>;
  /**
   * The gains of the antennas that go with this source, where the dataset was prepared with `gainErrors`: most probable, and
   * their standard deviations, those that the source leaves included. Cost: O(S^2 Q), and O(S^3) on the first call.
   */
  antennaGains?(): GainEstimates;
  /** (M) the reconstruction as it is seen through the lens, T s. */
  mappedReconstructedImage(): NdArray<'real'>;
  /** (K) complex: the visibilities of that image at any baselines (K, 2) in wavelengths, before noise. */
  mappedReconstructedVisibilities(uvWavelengths: NdArray<'real'>): Promise<NdArray<'complex'>>;
}
