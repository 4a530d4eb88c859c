import type { NdArray } from '@wtilde/core-types';

/** One thing for each of the three files of an interferometer dataset. */
export interface VisibilityTriple<T> {
  readonly data: T;
  readonly noiseMap: T;
  readonly uvWavelengths: T;
}

/** K visibilities: complex data and noise of shape [K], u and v in wavelengths of shape [K, 2]. */
export interface Visibilities {
  readonly data: NdArray<'complex'>;
  readonly noiseMap: NdArray<'complex'>;
  readonly uvWavelengths: NdArray<'real'>;
  /**
   * (K, 2) the antennas of every visibility, as far as anybody has asked for them: 65536 (subarray - 1) + number. -1 where
   * the data do not tell.
   */
  readonly antennas?: NdArray<'index'> | undefined;
  /** (K) modified Julian dates in seconds, beside `antennas`. */
  readonly times?: NdArray<'real'> | undefined;
}
