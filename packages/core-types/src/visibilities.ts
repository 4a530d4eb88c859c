/** Visibilities in chunks, and what is summed of them. */
import type { NdArray } from './arrays.js';

/** Visibilities that come together. A visibility with infinite noise has no weight: it is flagged. */
export interface VisibilityChunk {
  /** (K) complex. */
  readonly data: NdArray<'complex'>;
  /** (K) complex. */
  readonly noiseMap: NdArray<'complex'>;
  /** (K, 2) in wavelengths. */
  readonly uvWavelengths: NdArray<'real'>;
}

/** The image that the visibilities are summed over. */
export interface AccumulatorSpec {
  /** N, the side of the square that bounds the unmasked pixels. */
  readonly gridSize: number;
  /** Side of a pixel in arcsec. */
  readonly pixelScale: number;
  /** (M, 2) centres (y, x) of the unmasked pixels in radians. */
  readonly gridRadiansSlim: NdArray<'real'>;
  /** (M, 2) row and column of the unmasked pixels in the bounding square. */
  readonly nativeIndexForSlimIndex: NdArray<'index'>;
  /** As the option of the transforms: error relative to the sum of absolute strengths. */
  readonly tolerance?: number | undefined;
  /** About how many visibilities will come: a hint for the choice of the fastest way. */
  readonly expectedVisibilities?: number | undefined;
}

/** What a likelihood needs of a dataset, whatever the number of its visibilities: a plain record. */
export interface PreparedVisibilities extends AccumulatorSpec {
  /** (N, 2N-1) from wCompactCurvatureInterferometerFrom. */
  readonly wCompact: NdArray<'real'>;
  /** (M) from dirtyImageInterferometerFrom. */
  readonly dirtyImage: NdArray<'real'>;
  readonly chiSquared0: number;
  readonly noiseNormalization: number;
  /** Visibilities that went in. */
  readonly visibilityCount: number;
  /** Visibilities that were skipped because they have no weight. */
  readonly flaggedCount: number;
}

/**
 * Sums over visibilities, chunk by chunk.
 *
 * Every chunk is summed on its own and added to the whole. So one pass over some chunks gives, bit for bit, what
 * accumulators of one chunk each give when they are merged in the order of the chunks.
 */
export interface VisibilityAccumulator {
  add(chunk: VisibilityChunk): void;
  /** Adds what another accumulator of the same backend and spec has. */
  merge(other: VisibilityAccumulator): void;
  /** The sums so far; more chunks may follow. */
  finish(): PreparedVisibilities;
}

/** {@link VisibilityAccumulator} of an asynchronous backend. */
export interface AsyncVisibilityAccumulator {
  add(chunk: VisibilityChunk): Promise<void>;
  merge(other: AsyncVisibilityAccumulator): Promise<void>;
  finish(): Promise<PreparedVisibilities>;
}
