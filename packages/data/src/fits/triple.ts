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
}
